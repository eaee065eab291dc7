internal import QHostInterfaces

/// The training split of a dataset in its own order, read as it is needed.
final class DatasetStream: OnlineStream {
  let dataset: any Dataset
  let name: String
  private var next = 0
  let notes = OnlineRecord.Notes()

  /// Takes a dataset.
  ///
  /// - Throws: kind `usage` for one whose rows are not each an input and a label of its own.
  init(_ dataset: any Dataset, name: String) throws(RunError) {
    self.dataset = dataset
    self.name = name
    let description = dataset.datasetDescription
    guard description.task != .scenario, !description.isSeries else {
      throw RunError(
        .usage,
        "--online takes rows with a label each, and dataset '\(name)' is of "
          + (description.isSeries ? "series" : "outputs that it scores itself")
          + "; name another dataset")
    }
    guard description.task == .classification || description.targetWidth == 1 else {
      throw RunError(
        .usage,
        "--online takes one number as label, and dataset '\(name)' has \(description.targetWidth); name another "
          + "dataset")
    }
  }

  var drifts: [Drift] { dataset.datasetDescription.drifts[.train] ?? [] }
  var rowCount: Int? { dataset.datasetDescription.rowCount(.train) }
  /// The rows are the dataset's own, which its settings and files decide.
  var fingerprint: UInt64 { UInt64(next) }

  func read(_ count: Int, into block: inout OnlineBlock) throws(RunError) {
    let description = dataset.datasetDescription
    let rows = Array(next..<min(next + count, description.rowCount(.train)))
    guard !rows.isEmpty else { return }
    let (f, t) = (description.input.count, description.targetWidth)
    let (inputStart, targetStart) = (block.inputs.count, block.targets.count)
    block.inputs.append(contentsOf: repeatElement(0, count: rows.count * f))
    block.targets.append(contentsOf: repeatElement(0, count: rows.count * t))
    let dataset = dataset
    try translating { () throws(ComponentError) in
      try block.inputs.withUnsafeMutableBufferPointer { (inputs) throws(ComponentError) in
        try block.targets.withUnsafeMutableBufferPointer { (targets) throws(ComponentError) in
          try dataset.read(
            .train, rows: rows, inputs: UnsafeMutableBufferPointer(rebasing: inputs[inputStart...]),
            targets: UnsafeMutableBufferPointer(rebasing: targets[targetStart...]))
        }
      }
    }
    for (place, row) in rows.enumerated() {
      let numbers = block.inputs[inputStart + place * f..<inputStart + (place + 1) * f]
      if !numbers.allSatisfy(\.isFinite) { block.gapRows.append(block.rowCount + place) }
      let target = block.targets[targetStart + place * t]
      let isClass = description.task == .classification
      guard
        target.isNaN || !isClass
          || (target >= 0 && target < Float(description.output.count) && target == target.rounded())
      else {
        throw RunError(
          .data,
          "dataset '\(name)', train row \(row + 1) has the target \(target), not a class of "
            + "\(description.output.count); remove or correct that row")
      }
    }
    block.rowCount += rows.count
    next += rows.count
  }

  func skip(to row: Int, fingerprint: UInt64) throws(RunError) {
    guard row <= dataset.datasetDescription.rowCount(.train) else {
      throw RunError(
        .data,
        "dataset '\(name)' has \(dataset.datasetDescription.rowCount(.train)) rows, and the run had come to row "
          + "\(row); restore the data, or start a new run")
    }
    next = row
  }
}
