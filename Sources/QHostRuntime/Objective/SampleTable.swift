internal import QHostBridging
public import QHostInterfaces

/// All rows of one split, in memory.
public final class SampleTable: @unchecked Sendable {
  /// N, the number of rows.
  public let rowCount: Int
  /// F, the numbers in one input.
  public let inputCount: Int
  /// T, the numbers in one target.
  public let targetWidth: Int
  /// [N × T], row-major.
  public let targets: UnsafeMutableBufferPointer<Float>

  /// Steps of an input of rank 2, of which it has the most where rows are series; of others 1.
  public let stepCount: Int
  /// Of the series in the rows, [N]; empty where rows are not a series.
  public private(set) var lengths: [Int] = []
  /// Whether the rows are series that follow one another in time.
  public let isStream: Bool
  /// [N × F], row-major.
  let storedInputs: PackedReals
  /// Numbers that are read at a time where they are packed: what stays in a core's cache.
  private static let numbersAtATime = 1 << 16

  /// Reads a split, and checks every number in it; see ``init(reading:of:name:mayLackTargets:packs:digest:)``.
  public convenience init(
    reading split: Split, of dataset: any Dataset, name: String, packs: Bool = false
  ) throws(ComponentError) {
    var digest = SHA256Digest()
    try self.init(
      reading: split, of: dataset, name: name, mayLackTargets: false, packs: packs, digest: &digest)
  }

  /// Reads a split, and checks every number in it.
  ///
  /// - Parameters:
  ///   - split: which one.
  ///   - dataset: what has it.
  ///   - name: its name, for messages.
  ///   - mayLackTargets: whether a target may be NaN, for not known; it becomes 0 then.
  ///   - packs: whether inputs of few different values are kept as their places in a list of these, where rows are no
  ///     series; right for what stays as it was read.
  ///   - digest: takes the rows as they were read: inputs, targets, and lengths of series.
  /// - Throws: the dataset's own error, or kind `data` when a number is not finite or a class is not
  ///   one of the dataset's.
  public init(
    reading split: Split, of dataset: any Dataset, name: String, mayLackTargets: Bool, packs: Bool,
    digest: inout SHA256Digest
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
    let packs = packs && !description.isSeries
    guard let inputs = PackedReals(rowCount, width: inputCount, packs: packs),
      let targets = LargeMemory.zeros(rowCount, targetWidth, of: Float.self)
    else { throw Self.lackOfMemory(rowCount, inputCount, split, name) }
    (storedInputs, self.targets) = (inputs, targets)
    let extents = description.input.extents
    stepCount = extents.count == 2 ? extents[0] : 1
    isStream = description.streams.contains(split)
    guard rowCount > 0 else { return }
    if let reals = inputs.reals {
      try dataset.read(split, rows: Array(0..<rowCount), inputs: reals, targets: targets)
    } else {
      try readPacking(split, of: dataset, name: name, &digest)
    }
    if description.isSeries {
      lengths = try Self.lengths(split, of: dataset, name: name)
      clearPadding()
    }
    if mayLackTargets {
      for place in targets.indices where targets[place].isNaN { targets[place] = 0 }
    }
    try check(description, split, name)
    if let reals = inputs.reals, !packs { digest.update(UnsafeRawBufferPointer(reals)) }
    digest.update(UnsafeRawBufferPointer(targets))
    guard !lengths.isEmpty else { return }
    (lengths + [isStream ? 1 : 0]).withUnsafeBytes { digest.update($0) }
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
    guard let inputs = PackedReals(rowCount, width: inputCount, packs: false),
      let targets = LargeMemory.zeros(rowCount, targetWidth, of: Float.self)
    else {
      throw .data(
        "\(rowCount) rows of \(inputCount) inputs need more memory than there is; use fewer")
    }
    (storedInputs, self.targets) = (inputs, targets)
  }

  deinit { targets.deallocate() }

  private static func lackOfMemory(
    _ rowCount: Int, _ inputCount: Int, _ split: Split, _ name: String
  ) -> ComponentError {
    .data(
      "dataset '\(name)': \(rowCount) rows of the \(split) split with \(inputCount) inputs need more memory "
        + "than there is; use fewer rows")
  }

  /// Reads a split some rows at a time, and adds them to the digest while they are in the core's cache.
  private func readPacking(
    _ split: Split, of dataset: any Dataset, name: String, _ digest: inout SHA256Digest
  ) throws(ComponentError) {
    let step = min(rowCount, max(1, Self.numbersAtATime / max(1, inputCount)))
    let block = UnsafeMutableBufferPointer<Float>.allocate(capacity: step * inputCount)
    defer { block.deallocate() }
    for start in stride(from: 0, to: rowCount, by: step) {
      let rows = start..<min(start + step, rowCount)
      let inputs = UnsafeMutableBufferPointer(rebasing: block[..<(rows.count * inputCount)])
      inputs.initialize(repeating: 0)
      let own = start * targetWidth..<rows.upperBound * targetWidth
      try dataset.read(
        split, rows: Array(rows), inputs: inputs,
        targets: UnsafeMutableBufferPointer(rebasing: targets[own]))
      digest.update(UnsafeRawBufferPointer(inputs))
      guard storedInputs.append(UnsafeBufferPointer(inputs)) else {
        throw Self.lackOfMemory(rowCount, inputCount, split, name)
      }
    }
  }

  private func check(
    _ description: DatasetDescription, _ split: Split, _ name: String
  ) throws(ComponentError) {
    if let place = storedInputs.firstNotFinite {
      throw .data(
        "dataset '\(name)', \(split) row \(place / inputCount + 1), feature "
          + "\(place % inputCount + 1) is \(storedInputs[place]); remove or correct that row")
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
          + "remove or correct that row")
    }
  }
}
