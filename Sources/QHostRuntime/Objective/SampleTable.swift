internal import QHostBridging
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

  /// Steps of an input of rank 2, of which it has the most where rows are series; of others 1.
  public let stepCount: Int
  /// Of the series in the rows, [N]; empty where rows are no series.
  public private(set) var lengths: [Int] = []
  /// Whether the rows are series that follow one another in time.
  public let isStream: Bool

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
    let bytes = rowCount * (inputCount + targetWidth) * MemoryLayout<Float>.stride
    guard bytes < MachineMemory.bytes else {
      throw ComponentError(
        "dataset '\(name)' says that it has \(rowCount) \(split) rows of \(inputCount + targetWidth) numbers, "
          + "\(MachineMemory.text(bytes)), and this machine has \(MachineMemory.text(MachineMemory.bytes)) of "
          + "memory; take fewer rows, or report it to its author")
    }
    inputs = .allocate(capacity: rowCount * inputCount)
    inputs.initialize(repeating: 0)
    targets = .allocate(capacity: rowCount * targetWidth)
    targets.initialize(repeating: 0)
    let extents = description.input.extents
    stepCount = extents.count == 2 ? extents[0] : 1
    isStream = description.streams.contains(split)
    guard rowCount > 0 else { return }
    try dataset.read(split, rows: Array(0..<rowCount), inputs: inputs, targets: targets)
    if description.isSeries {
      lengths = try Self.lengths(split, of: dataset, name: name)
      clearPadding()
    }
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
    guard !lengths.isEmpty else { return }
    (lengths + [isStream ? 1 : 0]).withUnsafeBytes { digest.update($0) }
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
