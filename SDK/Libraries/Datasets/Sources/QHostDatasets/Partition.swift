public import QHostInterfaces

/// Which rows of a table belong to which split.
public struct Partition: Sendable, Equatable {
  /// The rows of the training split.
  public private(set) var train: [Int] = []
  /// The rows of the validation split.
  public private(set) var validation: [Int] = []
  /// The rows of the test split.
  public private(set) var test: [Int] = []

  /// Splits rows at random, each stratum in the same proportions.
  ///
  /// All rows are shuffled once; of each stratum the first ones go to the test split, the next ones
  /// to the validation split. A split has round(fraction · rows) rows, at least one when its
  /// fraction is above zero, shared among the strata by largest remainder; every stratum keeps a
  /// row for training.
  ///
  /// - Parameters:
  ///   - strata: the class of each row, 0 ..< stratumCount; all zero for a plain split.
  ///   - stratumCount: how many classes there are.
  ///   - parameters: the fractions and the seed.
  public init(strata: [Int], stratumCount: Int, parameters: SplitParameters) {
    var sizes = Array(repeating: 0, count: stratumCount)
    for stratum in strata { sizes[stratum] += 1 }
    let testCounts = Self.shares(
      of: parameters.testFraction, sizes: sizes, room: sizes.map { max($0 - 1, 0) })
    let validationCounts = Self.shares(
      of: parameters.validationFraction, sizes: sizes,
      room: zip(sizes, testCounts).map { max($0 - $1 - 1, 0) })

    test.reserveCapacity(testCounts.reduce(0, +))
    validation.reserveCapacity(validationCounts.reduce(0, +))
    train.reserveCapacity(strata.count)
    var generator = SplitMix64(seed: parameters.seed, purpose: "split")
    let order = generator.permutation(of: strata.count)
    // Rows are looked up at random: what is small stays in the cache.
    if stratumCount <= 1 << 16 {
      share(order, strata.map { UInt16(truncatingIfNeeded: $0) }, testCounts, validationCounts)
    } else {
      share(order, strata, testCounts, validationCounts)
    }
  }

  /// Gives rows [N] of strata [N] to the splits, in their order.
  private mutating func share(
    _ order: [Int], _ strata: [some FixedWidthInteger], _ testCounts: [Int],
    _ validationCounts: [Int]
  ) {
    var seen = Array(repeating: 0, count: testCounts.count)
    for row in order {
      let stratum = Int(strata[row])
      let place = seen[stratum]
      seen[stratum] += 1
      if place < testCounts[stratum] {
        test.append(row)
      } else if place < testCounts[stratum] + validationCounts[stratum] {
        validation.append(row)
      } else {
        train.append(row)
      }
    }
  }

  /// Splits rows of a time: the first ones are the training split, the next ones the validation split, the last ones the
  /// test split; of round(fraction · rows) rows, at least one when its fraction is above zero.
  ///
  /// - Parameters:
  ///   - rowCount: the rows there are, at least 1.
  ///   - parameters: the fractions of validation and test, 0 to 1; the seed does not matter.
  public init(ordered rowCount: Int, parameters: SplitParameters) {
    func share(_ fraction: Double, atMost: Int) -> Int {
      fraction > 0
        ? min(max(atMost, 0), max(1, Int((fraction * Double(rowCount)).rounded()))) : 0
    }
    let testCount = share(parameters.testFraction, atMost: rowCount - 1)
    let validationCount = share(
      parameters.validationFraction, atMost: rowCount - testCount - 1)
    let trainCount = rowCount - testCount - validationCount
    train = Array(0..<trainCount)
    validation = Array(trainCount..<trainCount + validationCount)
    test = Array(trainCount + validationCount..<rowCount)
  }

  /// All rows in their order as the training split.
  public init(whole rowCount: Int) { train = Array(0..<rowCount) }

  /// The rows of a split.
  public func rows(_ split: Split) -> [Int] {
    switch split {
    case .train: train
    case .validation: validation
    case .test: test
    }
  }

  /// Rows of each split, as a description wants them.
  public var counts: [Split: Int] {
    [.train: train.count, .validation: validation.count, .test: test.count]
  }

  /// How many rows each stratum gives: the whole parts of the quotas, then the largest remainders.
  private static func shares(of fraction: Double, sizes: [Int], room: [Int]) -> [Int] {
    guard fraction > 0 else { return Array(repeating: 0, count: sizes.count) }
    let total = max(1, Int((fraction * Double(sizes.reduce(0, +))).rounded()))
    let quotas = sizes.map { fraction * Double($0) }
    var counts = zip(quotas, room).map { min(Int($0), $1) }
    let order = sizes.indices.sorted { a, b in
      let (left, right) = (quotas[a] - Double(counts[a]), quotas[b] - Double(counts[b]))
      return left == right ? a < b : left > right
    }
    var missing = total - counts.reduce(0, +)
    for stratum in order where missing > 0 && counts[stratum] < room[stratum] {
      counts[stratum] += 1
      missing -= 1
    }
    return counts
  }
}
