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
  /// - Parameters:
  ///   - split: which one.
  ///   - dataset: what has it.
  ///   - name: its name, for messages.
  ///   - mayLackTargets: whether a target may be NaN, for not known; it becomes 0 then.
  /// - Throws: the dataset's own error, or kind `data` when a number is not finite or a class is not
  ///   one of the dataset's.
  public init(
    reading split: Split, of dataset: any Dataset, name: String, mayLackTargets: Bool = false
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
    guard let inputs = LargeMemory.zeros(rowCount, inputCount),
      let targets = LargeMemory.zeros(rowCount, targetWidth)
    else {
      throw .data(
        "dataset '\(name)': \(rowCount) rows of the \(split) split with \(inputCount) inputs need more memory "
          + "than there is; use fewer rows")
    }
    (self.inputs, self.targets) = (inputs, targets)
    let extents = description.input.extents
    stepCount = extents.count == 2 ? extents[0] : 1
    isStream = description.streams.contains(split)
    guard rowCount > 0 else { return }
    try dataset.read(split, rows: Array(0..<rowCount), inputs: inputs, targets: targets)
    if description.isSeries {
      lengths = try Self.lengths(split, of: dataset, name: name)
      clearPadding()
    }
    if mayLackTargets {
      for place in targets.indices where targets[place].isNaN { targets[place] = 0 }
    }
    try check(description, split, name)
  }

  /// Makes room for rows that are written later.
  ///
  /// - Throws: kind `data` where there is not enough memory.
  init(rowCount: Int, for description: DatasetDescription) throws(ComponentError) {
    self.rowCount = rowCount
    inputCount = description.input.count
    targetWidth = description.targetWidth
    let extents = description.input.extents
    stepCount = extents.count == 2 ? extents[0] : 1
    isStream = false
    guard let inputs = LargeMemory.zeros(rowCount, inputCount),
      let targets = LargeMemory.zeros(rowCount, targetWidth)
    else {
      throw .data(
        "\(rowCount) rows of \(inputCount) inputs need more memory than there is; use fewer")
    }
    (self.inputs, self.targets) = (inputs, targets)
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

  /// The place of the first number that is not finite; `nil`: all are.
  ///
  /// Most tables have none, which blocks tell without looking at each number by itself.
  private static func firstNotFinite(_ numbers: UnsafeMutableBufferPointer<Float>) -> Int? {
    for start in stride(from: 0, to: numbers.count, by: 4096) {
      let block = start..<min(start + 4096, numbers.count)
      var isOdd = false
      for place in block {
        let exponent = numbers[place].bitPattern & 0x7F80_0000
        isOdd = exponent == 0x7F80_0000 ? true : isOdd
      }
      if isOdd { return block.first { !numbers[$0].isFinite } }
    }
    return nil
  }

  private func check(
    _ description: DatasetDescription, _ split: Split, _ name: String
  ) throws(ComponentError) {
    if let place = Self.firstNotFinite(inputs) {
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
    if let place, targets[place].isNaN {
      throw .data(
        "dataset '\(name)', \(split) row \(place / max(targetWidth, 1) + 1) has no target; fill it in, remove "
          + "that row, or use qhost predict, which needs none")
    }
    if let place {
      throw .data(
        "dataset '\(name)', \(split) row \(place / max(targetWidth, 1) + 1) has the target "
          + "\(targets[place])\(isClass ? ", not a class of \(Int(classCount))" : ""); "
          + "remove or mend that row")
    }
  }
}
