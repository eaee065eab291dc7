public import QHostInterfaces

/// All rows of one split, in memory.
public final class SampleTable: @unchecked Sendable {
  /// N.
  public let rowCount: Int
  /// F.
  public let inputCount: Int
  /// T.
  public let targetWidth: Int
  /// [N × F], row-major.
  public let inputs: UnsafeMutableBufferPointer<Float>
  /// [N × T], row-major.
  public let targets: UnsafeMutableBufferPointer<Float>

  /// Reads a split, and checks every number in it.
  ///
  /// - Throws: the dataset's own error, or kind `data` when a number is not finite or a class is not
  ///   one of the dataset's.
  public init(
    reading split: Split, of dataset: any Dataset, name: String
  ) throws(ComponentError) {
    let description = dataset.datasetDescription
    rowCount = description.rowCount(split)
    inputCount = description.input.count
    targetWidth = description.targetWidth
    inputs = .allocate(capacity: rowCount * inputCount)
    inputs.initialize(repeating: 0)
    targets = .allocate(capacity: rowCount * targetWidth)
    targets.initialize(repeating: 0)
    guard rowCount > 0 else { return }
    try dataset.read(split, rows: Array(0..<rowCount), inputs: inputs, targets: targets)
    try check(description, split, name)
  }

  deinit {
    inputs.deallocate()
    targets.deallocate()
  }

  /// Adds the rows, as read, to a digest.
  func digest(into digest: inout SHA256Digest) {
    digest.update(UnsafeRawBufferPointer(inputs))
    digest.update(UnsafeRawBufferPointer(targets))
  }

  private func check(
    _ description: DatasetDescription, _ split: Split, _ name: String
  ) throws(ComponentError) {
    if let place = inputs.firstIndex(where: { !$0.isFinite }) {
      throw .data(
        "dataset '\(name)', \(split) row \(place / inputCount + 1), feature "
          + "\(place % inputCount + 1) is \(inputs[place]); remove or mend that row")
    }
    let classCount = Float(description.output.count)
    let isClass = description.task == .classification
    let place = targets.firstIndex { value in
      !value.isFinite
        || (isClass && !(value >= 0 && value < classCount && value == value.rounded()))
    }
    if let place {
      throw .data(
        "dataset '\(name)', \(split) row \(place / max(targetWidth, 1) + 1) has the target "
          + "\(targets[place])\(isClass ? ", not a class of \(Int(classCount))" : ""); "
          + "remove or mend that row")
    }
  }
}
