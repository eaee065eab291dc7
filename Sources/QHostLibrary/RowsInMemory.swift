import CLibQHost
import QHostInterfaces
import QHostRuntime

/// Rows in the caller's memory, for as long as a call lasts.
final class RowsInMemory {
  let task: Task
  let input: Shape
  let outputCount: Int
  let splits: [Split: libqhost_rows]
  var featureNames: [String] = []
  var outputNames: [String] = []
  /// T; 0 where nothing is known of targets.
  var targetWidth: Int { task == .classification ? 1 : outputCount }

  /// Reads what rows there are.
  ///
  /// - Throws: kind `usage` or `data`.
  init(_ raw: libqhost_data) throws(RunError) {
    let size = UInt64(MemoryLayout<libqhost_data>.size)
    guard raw.struct_size >= size else {
      throw RunError(
        .usage, "libqhost_data has struct_size \(raw.struct_size), and \(size) are needed")
    }
    guard raw.extent_count >= 1, let extents = raw.extents else {
      throw RunError(.usage, "the rows have no shape; give the extents of one input")
    }
    let shape = (0..<Int(raw.extent_count)).map { Int(extents[$0]) }
    guard shape.allSatisfy({ $0 > 0 }), raw.output_count > 0 else {
      throw RunError(
        .data,
        "inputs of \(Shape(shape)) and \(raw.output_count) outputs; both need at least one number")
    }
    task = raw.is_classification != 0 ? .classification : .regression
    input = Shape(shape)
    outputCount = Int(raw.output_count)
    splits = [.train: raw.train, .validation: raw.validation, .test: raw.test].filter {
      $0.value.row_count > 0
    }
    guard splits[.train] != nil else {
      throw RunError(.data, "there are no rows to train on; give at least one")
    }
  }

  /// Rows that a model is to predict.
  init(
    _ inputs: UnsafePointer<Float>, count: Int, _ description: ModelFile.Description
  ) throws(RunError) {
    task = description.task == "classification" ? .classification : .regression
    input = Shape(description.input)
    outputCount = Shape(description.output).count
    splits = [.train: libqhost_rows(inputs: inputs, targets: nil, row_count: Int64(count))]
    featureNames = description.featureNames ?? []
    outputNames = description.outputNames
  }
}

/// Them as a dataset.
final class MemoryDataset: DatasetComponent {
  static let descriptor = ComponentDescriptor(
    name: "memory", summary: "Rows of the calling program.",
    parameters: [.integer("number", default: nil, "Of the rows, among those of the library.")])

  let datasetDescription: DatasetDescription
  private let rows: RowsInMemory

  init(request: ComponentRequest) throws(ComponentError) {
    guard
      let rows = Registry.shared.object(
        request.configuration.integer("number"), as: RowsInMemory.self)
    else {
      throw .data(
        "the rows that the model was trained on were in the memory of a program; give it rows to predict"
      )
    }
    self.rows = rows
    var description = DatasetDescription(
      task: rows.task, input: rows.input, output: Shape([rows.outputCount]),
      targetWidth: rows.targetWidth, rowCounts: rows.splits.mapValues { Int($0.row_count) })
    description.scaling = .standardize
    description.featureNames = rows.featureNames
    description.outputNames = rows.outputNames
    datasetDescription = description
  }

  func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    guard let raw = self.rows.splits[split], let from = raw.inputs else {
      throw .data("there are no \(split) rows")
    }
    let (width, targetWidth) = (self.rows.input.count, self.rows.targetWidth)
    for (place, row) in rows.enumerated() {
      inputs.baseAddress?.advanced(by: place * width)
        .update(from: from + row * width, count: width)
      guard let known = raw.targets else { continue }
      targets.baseAddress?.advanced(by: place * targetWidth)
        .update(from: known + row * targetWidth, count: targetWidth)
    }
    if raw.targets == nil { targets.update(repeating: .nan) }
  }
}
