internal import QHostRandomness

/// Which rows make which minibatch.
///
/// Each epoch is a new random order of all rows, cut into batches of equal size; rows left over wait
/// for the next epoch. Rows in order are not shuffled: batches are windows of rows that follow one another, the last
/// of which begins earlier where it would be too short. Batch b depends on the run's seed and b alone.
package struct BatchSchedule {
  /// Rows of the training split.
  package let rowCount: Int
  /// Rows of a batch.
  package let batchRows: Int
  /// Whether rows follow one another.
  private let isInOrder: Bool
  private let key: UInt64
  private let variantKey: UInt64
  private var epoch = -1
  private var order: [Int] = []

  /// Makes the schedule of a run.
  package init(rowCount: Int, batchRows: Int, seed: UInt64, isInOrder: Bool = false) {
    self.isInOrder = isInOrder
    self.rowCount = rowCount
    self.batchRows = min(batchRows, rowCount)
    key = Philox.key(seed: seed, component: "batches")
    variantKey = Philox.key(seed: seed, component: "variants")
  }

  /// The rows of batch `number`.
  package mutating func rows(ofBatch number: Int) -> ArraySlice<Int> {
    if batchRows == rowCount {
      if order.isEmpty { order = Array(0..<rowCount) }
      return order[...]
    }
    if isInOrder {
      let windowCount = (rowCount + batchRows - 1) / batchRows
      let start = min(number % windowCount * batchRows, rowCount - batchRows)
      return Array(start..<start + batchRows)[...]
    }
    let batchesPerEpoch = rowCount / batchRows
    if number / batchesPerEpoch != epoch { shuffle(epoch: number / batchesPerEpoch) }
    let start = number % batchesPerEpoch * batchRows
    return order[start..<start + batchRows]
  }

  /// Which of `count` variants each row of batch `number` takes part as, [batch rows].
  package func variants(ofBatch number: Int, count: Int) -> [Int] {
    words(batchRows, key: variantKey, step: number).map { Int($0 % UInt64(count)) }
  }

  /// Fisher and Yates, with the remainder of a 64-bit word: its bias is below rowCount / 2⁶⁴.
  private mutating func shuffle(epoch: Int) {
    self.epoch = epoch
    order = Array(0..<rowCount)
    let words = words(rowCount, key: key, step: epoch)
    for place in stride(from: rowCount - 1, to: 0, by: -1) {
      order.swapAt(place, Int(words[place] % UInt64(place + 1)))
    }
  }

  private func words(_ wordCount: Int, key: UInt64, step: Int) -> [UInt64] {
    [UInt64](unsafeUninitializedCapacity: wordCount) { buffer, count in
      count = wordCount
      RandomFill.bits(
        key: key, step: UInt64(step), index: 0,
        UnsafeMutableBufferPointer(rebasing: buffer[..<wordCount]))
    }
  }
}
