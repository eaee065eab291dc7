import QHostInterfaces
import QHostRuntime

/// A trained model that a caller holds: the bytes of its file, and what is in them.
final class HeldModel: Sendable {
  /// What messages call it.
  static let name = "the model"

  let bytes: [UInt8]
  let file: ModelFile

  /// Reads a model.
  ///
  /// - Throws: kind `data` for bytes that are none.
  init(_ bytes: [UInt8]) throws(RunError) {
    self.bytes = bytes
    file = try ModelFile(bytes, of: Self.name)
    guard file.description.task != "scenario" else {
      throw RunError(.usage, "the model was trained on a scenario, which has no rows to predict")
    }
  }

  /// Numbers of one input.
  var inputCount: Int { Shape(file.description.input).count }
  /// Numbers of one output.
  var outputCount: Int { Shape(file.description.output).count }

  /// Writes what it says of rows.
  ///
  /// - Throws: what the model throws.
  func predict(
    _ inputs: UnsafePointer<Float>, count: Int, values: UnsafeMutablePointer<Float>,
    classes: UnsafeMutablePointer<Int32>?
  ) throws {
    let session = try LibrarySession.shared()
    let rows = try RowsInMemory(inputs, count: count, file.description)
    let number = Registry.shared.add(rows)
    defer { Registry.shared.remove(number) }
    let settings = try Settings(["dataset.number=\(number)"])
    let common = session.common(
      seed: file.description.specification.seed, threads: nil, stop: Cancellation())
    let predictions = try session.alone { () throws(RunError) in
      try Predictions(
        file, dataset: MemoryDataset.descriptor.name, settings: settings,
        catalogue: session.catalogue, common: common)
    }
    let width = outputCount
    try predictions.forEach { chunk in
      for (place, value) in chunk.values.enumerated() {
        values[chunk.rows.lowerBound * width + place] = value
      }
      guard let classes else { return }
      for (place, value) in chunk.classes.enumerated() {
        classes[chunk.rows.lowerBound + place] = Int32(value)
      }
    }
  }
}

/// What a model is, for the caller.
struct HeldModelText: Encodable {
  var model, task, loss: String
  var input, output: [Int]
  var outputNames: [String]
  var hasProbabilities: Bool

  init(_ description: ModelFile.Description) {
    model = description.specification.model
    task = description.task ?? ""
    loss = description.loss
    input = description.input
    output = description.output
    outputNames = description.outputNames
    hasProbabilities = [Loss.crossEntropy, .crossEntropyAndError].map(\.rawValue).contains(loss)
  }
}
