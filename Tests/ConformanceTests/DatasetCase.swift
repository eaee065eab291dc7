import QHostBridging
import QHostInterfaces
import QHostPluginTesting

/// A dataset of a library, and its rows.
struct DatasetCase {
  let dataset: ForeignDataset
  let settings: [String]
  var description: DatasetDescription { dataset.datasetDescription }

  /// Whether what a dataset needs is here: values for its parameters, and its files.
  static func isPresent(_ component: BenchComponent) -> Bool {
    guard component.hasDefaults else { return false }
    return (try? DatasetCase(component)) != nil
  }

  /// Datasets that can be read here.
  static let present = Bench.all(.dataset).filter(isPresent)
  /// The names of the others that could be read elsewhere.
  static let absent = Bench.all(.dataset).filter { component in
    component.hasDefaults && !present.contains { $0.name == component.name }
  }.map(\.name)

  /// Makes a dataset; of one that simulates as many samples as it is told to, a few.
  init(_ component: BenchComponent, _ settings: [String] = []) throws {
    dataset = try ForeignDataset(
      component.component, request: try component.request(Self.few(component) + settings))
    self.settings = settings
  }

  /// What makes a dataset that simulates, or trains, as long as it is told to end soon.
  static func few(_ component: BenchComponent) -> [String] {
    [("samples", 7000), ("teacher_steps", 200)].compactMap { name, value in
      component.descriptor.parameters.contains { $0.name == name }
        ? "dataset.\(name)=\(value)" : nil
    }
  }

  /// Every variant of a dataset but those that refuse the data that is here, or one parameter with the others' defaults.
  static func all(_ component: BenchComponent) throws -> [DatasetCase] {
    try component.variants.compactMap { settings in
      do {
        return try DatasetCase(component, settings)
      } catch let error as ComponentError
        where [.data, .parameter].contains(error.kind) && !settings.isEmpty
      {
        return nil
      }
    }
  }

  /// Inputs [B × F] and targets [B × T].
  func read(_ split: Split, _ rows: [Int]) throws -> (inputs: [Float], targets: [Float]) {
    var inputs = [Float](repeating: .nan, count: rows.count * description.input.count)
    var targets = [Float](repeating: .nan, count: rows.count * description.targetWidth)
    try inputs.withUnsafeMutableBufferPointer { inputs in
      try targets.withUnsafeMutableBufferPointer { targets in
        try dataset.read(split, rows: rows, inputs: inputs, targets: targets)
      }
    }
    return (inputs, targets)
  }

  /// At most 2000 rows of a split, evenly spread.
  func sample(_ split: Split) -> [Int] {
    let count = description.rowCount(split)
    return Array(stride(from: 0, to: count, by: max(1, count / 2000)))
  }

  /// The losses [P] of outputs [P × C] of one row.
  func score(_ points: [[Double]], row: Int = 0) throws -> [Double] {
    var losses = [Double](repeating: .nan, count: points.count)
    try points.flatMap { $0 }.withUnsafeBufferPointer { outputs in
      try losses.withUnsafeMutableBufferPointer {
        try dataset.score(
          .train, rows: [row], outputs: outputs, pointCount: points.count, losses: $0)
      }
    }
    return losses
  }

  /// Whether an output is an integer or a category.
  func isWhole(_ output: Int) -> Bool {
    !description.outputKinds.isEmpty && description.outputKinds[output] != .real
  }

  /// Offsets of a cut of an output from where it is, within the domain where it is whole.
  func offsets(_ output: Int, from value: Double) -> [Double] {
    guard isWhole(output) else { return [-0.25, 0, 0.125, 0.5] }
    let (lower, upper) = (description.outputLower[output], description.outputUpper[output])
    return [lower - value, 0, ((lower + upper) / 2).rounded() - value, upper - value]
  }

  /// Outputs within a scenario's domain, different for each number.
  func outputs(_ number: Int) -> [Double] {
    (0..<description.output.count).map { index in
      let lower = description.outputLower.isEmpty ? -1 : description.outputLower[index]
      let upper = description.outputUpper.isEmpty ? 1 : description.outputUpper[index]
      let part = Double((number * 71 + index * 29 + 7) % 101) / 101
      let value = lower + part * (upper - lower)
      return isWhole(index) ? value.rounded() : value
    }
  }
}
