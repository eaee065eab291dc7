internal import QHostInterfaces
internal import QHostRandomness

/// The rows that a model learns from: the last ones, a sample of all, or a sample that fades.
///
/// Reservoir: row k takes a random place with probability W/k (J. S. Vitter, ACM TOMS 11, 1985, algorithm R). Fading: each
/// row takes a random place, so that rows of age a are there with probability (1 − 1/W)^a (C. C. Aggarwal, *On biased
/// reservoir sampling in the presence of stream evolution*, VLDB 2006, with p_in = 1).
package struct RowMemory {
  /// W, the rows that it remembers at most.
  package let capacity: Int
  let inputCount: Int
  let targetWidth: Int
  private let kind: OnlineSettings.MemoryKind
  private let key: UInt64
  /// Rows in use.
  package private(set) var count = 0
  /// The place that the window writes next.
  private var next = 0
  /// Rows that were offered since the last drift, and since the start.
  private var offered = 0
  private var offeredEver = 0
  /// [W × F].
  private(set) var inputs: [Float]
  /// [W × T].
  private(set) var targets: [Float]
  /// When each row was offered, [W].
  private var stamps: [Int]

  /// How many rows were offered after each that is kept, unsorted.
  package var ages: [Int] { stamps[..<count].map { offeredEver - $0 } }
  /// The inputs that are kept, [count × F].
  package var keptInputs: [Float] { Array(inputs[..<(count * inputCount)]) }

  /// Holds nothing.
  ///
  /// - Parameters:
  ///   - kind: which rows it keeps.
  ///   - capacity: W.
  ///   - inputCount: F.
  ///   - targetWidth: T.
  ///   - seed: of the places that rows take.
  package init(
    _ kind: OnlineSettings.MemoryKind, capacity: Int, inputCount: Int, targetWidth: Int,
    seed: UInt64
  ) {
    self.kind = kind
    self.capacity = capacity
    self.inputCount = inputCount
    self.targetWidth = targetWidth
    key = Philox.key(seed: seed, component: "memory")
    inputs = Array(repeating: 0, count: capacity * inputCount)
    targets = Array(repeating: 0, count: capacity * targetWidth)
    stamps = Array(repeating: 0, count: capacity)
  }

  /// Offers a row.
  package mutating func offer(_ rowInputs: ArraySlice<Float>, _ rowTargets: ArraySlice<Float>) {
    offered += 1
    offeredEver += 1
    guard let place = place() else { return }
    inputs.replaceSubrange(place * inputCount..<(place + 1) * inputCount, with: rowInputs)
    targets.replaceSubrange(place * targetWidth..<(place + 1) * targetWidth, with: rowTargets)
    stamps[place] = offeredEver
  }

  private mutating func place() -> Int? {
    if count < capacity {
      count += 1
      next = count % capacity
      return count - 1
    }
    switch kind {
    case .window:
      defer { next = (next + 1) % capacity }
      return next
    case .reservoir:
      let place = Int(word(offeredEver) % UInt64(offered))
      return place < capacity ? place : nil
    case .fading: return Int(word(offeredEver) % UInt64(capacity))
    }
  }

  private func word(_ step: Int) -> UInt64 {
    var word: UInt64 = 0
    withUnsafeMutablePointer(to: &word) {
      RandomFill.bits(
        key: key, step: UInt64(step), index: 0, UnsafeMutableBufferPointer(start: $0, count: 1))
    }
    return word
  }

  /// Drops all rows but those of the last `rows` that were offered.
  package mutating func forget(allBut rows: Int) {
    let kept = (0..<count).filter { stamps[$0] > offeredEver - rows }
      .sorted { stamps[$0] < stamps[$1] }
    let oldInputs = kept.flatMap { inputs[$0 * inputCount..<($0 + 1) * inputCount] }
    let oldTargets = kept.flatMap { targets[$0 * targetWidth..<($0 + 1) * targetWidth] }
    inputs.replaceSubrange(..<oldInputs.count, with: oldInputs)
    targets.replaceSubrange(..<oldTargets.count, with: oldTargets)
    stamps.replaceSubrange(..<kept.count, with: kept.map { stamps[$0] })
    count = kept.count
    next = count % capacity
    offered = count
  }

  /// Copies rows to a table: all of them, again from the first where they are fewer than it has, or a random choice.
  ///
  /// - Parameters:
  ///   - table: of B rows.
  ///   - number: of the choice.
  func fill(_ table: SampleTable, number: Int) {
    guard count > 0 else { return }
    guard count > table.rowCount else {
      for start in stride(from: 0, to: table.rowCount, by: count) {
        copy(0, min(count, table.rowCount - start), to: start, of: table)
      }
      return
    }
    let words = [UInt64](unsafeUninitializedCapacity: table.rowCount) { buffer, filled in
      filled = table.rowCount
      RandomFill.bits(
        key: key, step: UInt64(number), index: 1,
        UnsafeMutableBufferPointer(rebasing: buffer[..<table.rowCount]))
    }
    // The first places of a shuffle by Fisher and Yates.
    var order = Array(0..<count)
    for place in 0..<table.rowCount {
      order.swapAt(place, place + Int(words[place] % UInt64(count - place)))
      copy(order[place], 1, to: place, of: table)
    }
  }

  /// Copies rows that follow one another.
  private func copy(_ first: Int, _ rows: Int, to start: Int, of table: SampleTable) {
    inputs.withUnsafeBufferPointer { inputs in
      for index in 0..<rows * inputCount {
        table.inputs[start * inputCount + index] = inputs[first * inputCount + index]
      }
    }
    targets.withUnsafeBufferPointer { targets in
      for index in 0..<rows * targetWidth {
        table.targets[start * targetWidth + index] = targets[first * targetWidth + index]
      }
    }
  }

  func save(_ writer: inout StateWriter) {
    writer.write([count, next, offered, offeredEver])
    writer.write(Array(stamps[..<count]))
    writer.write(inputs[..<(count * inputCount)].map { Double($0) })
    writer.write(targets[..<(count * targetWidth)].map { Double($0) })
  }

  mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    let numbers = try reader.readIntegers(count: 4)
    guard (0...capacity).contains(numbers[0]), (0..<max(1, capacity)).contains(numbers[1]) else {
      throw ComponentError("the saved memory of rows is damaged; start a new run")
    }
    (count, next, offered, offeredEver) = (numbers[0], numbers[1], numbers[2], numbers[3])
    stamps.replaceSubrange(..<count, with: try reader.readIntegers(count: count))
    inputs.replaceSubrange(
      ..<(count * inputCount),
      with: try reader.readReals(count: count * inputCount).map { Float($0) })
    targets.replaceSubrange(
      ..<(count * targetWidth),
      with: try reader.readReals(count: count * targetWidth).map { Float($0) })
  }
}
