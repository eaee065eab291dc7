internal import Glibc
package import QHostInterfaces

/// Keeps as many of the last errors as have one mean, and drops the older ones when they have not.
///
/// For each cut of the window into n₀ older and n₁ newer errors whose means differ by at least
/// ε = √(2 σ² ln(2 ln n / δ) / m) + 2 ln(2 ln n / δ) / (3 m), 1/m = 1/n₀ + 1/n₁, the older end of the window goes.
/// Errors are kept in sums over 1, 2, 4, ... of them, at most 5 of each.
///
/// Source: A. Bifet, R. Gavaldà, *Learning from time-changing data with adaptive windowing*, SDM 2007, figures 1 and 2.
/// *Deviations*: cuts are looked at after each 32 errors, as in MOA; a mean that falls shortens the window, and is not a drift; after a
/// drift the window starts again.
package struct ADWIN: DriftDetector {
  /// δ, the probability of a false alarm at a look.
  package static let confidence = 0.002
  private static let stretch = 32
  private static let bucketLimit = 5
  private static let leastPart = 5

  private struct Bucket {
    var sum: Double
    /// Σ (x − mean)².
    var spread: Double
  }

  /// Level i has sums of 2ⁱ errors, the oldest first.
  private var levels: [[Bucket]] = [[]]
  private var sum = 0.0
  private var spread = 0.0
  private var seen = 0
  /// Errors in the window.
  package private(set) var count = 0

  /// Has seen nothing.
  package init() {}

  /// The mean of the window; 0 of an empty one.
  package var mean: Double { count > 0 ? sum / Double(count) : 0 }

  package mutating func add(_ error: Double) -> Int? {
    if count > 0 {
      let difference = error - mean
      spread += difference * difference * Double(count) / Double(count + 1)
    }
    levels[0].append(Bucket(sum: error, spread: 0))
    sum += error
    count += 1
    seen += 1
    merge()
    guard seen % Self.stretch == 0, count > 2 * Self.leastPart else { return nil }
    var isDrift = false
    while let newerIsHigher = cut() { if newerIsHigher { isDrift = true } }
    guard isDrift else { return nil }
    // What is left still holds rows of both concepts: it would be cut again and again, each time as a new drift.
    let rows = count
    self = ADWIN()
    return rows
  }

  private mutating func merge() {
    var level = 0
    while levels[level].count > Self.bucketLimit {
      let (first, second) = (levels[level][0], levels[level][1])
      levels[level].removeFirst(2)
      let size = Double(1 << level)
      let difference = (first.sum - second.sum) / size
      if level + 1 == levels.count { levels.append([]) }
      levels[level + 1].append(
        Bucket(
          sum: first.sum + second.sum,
          spread: first.spread + second.spread + difference * difference * size / 2))
      level += 1
    }
  }

  /// Drops the oldest sum where any cut shows two means.
  ///
  /// - Returns: whether the newer mean is the higher one; `nil`: there is one mean.
  private mutating func cut() -> Bool? {
    let (n, variance) = (Double(count), spread / Double(count))
    guard count > 2 * Self.leastPart, log(n) > 0 else { return nil }
    let term = log(2 * log(n) / Self.confidence)
    var (older, olderSum) = (0, 0.0)
    for level in levels.indices.reversed() {
      for bucket in levels[level] {
        older += 1 << level
        olderSum += bucket.sum
        let newer = count - older
        guard older >= Self.leastPart, newer >= Self.leastPart else { continue }
        let part = 1 / Double(older) + 1 / Double(newer)
        let bound = (2 * part * variance * term).squareRoot() + 2 / 3 * part * term
        let difference = (sum - olderSum) / Double(newer) - olderSum / Double(older)
        if abs(difference) > bound {
          dropOldest()
          return difference > 0
        }
      }
    }
    return nil
  }

  private mutating func dropOldest() {
    guard let level = levels.indices.last(where: { !levels[$0].isEmpty }) else { return }
    let bucket = levels[level].removeFirst()
    let size = 1 << level
    count -= size
    sum -= bucket.sum
    guard count > 0 else {
      (sum, spread) = (0, 0)
      return
    }
    let difference = bucket.sum / Double(size) - mean
    let between = difference * difference * Double(size) * Double(count) / Double(size + count)
    spread = max(0, spread - bucket.spread - between)
    while levels.count > 1, levels[levels.count - 1].isEmpty { levels.removeLast() }
  }

  package func save(_ writer: inout StateWriter) {
    writer.write([sum, spread])
    writer.write([seen, count, levels.count])
    for level in levels { writer.write(level.flatMap { [$0.sum, $0.spread] }) }
  }

  package mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    let sums = try reader.readReals(count: 2)
    let counts = try reader.readIntegers(count: 3)
    guard counts.allSatisfy({ $0 >= 0 }), (1...62).contains(counts[2]) else {
      throw ComponentError("the saved state of ADWIN is damaged; start a new run")
    }
    (sum, spread, seen, count) = (sums[0], sums[1], counts[0], counts[1])
    levels = []
    for _ in 0..<counts[2] {
      let numbers = try reader.readReals()
      levels.append(
        stride(from: 0, to: numbers.count - 1, by: 2).map {
          Bucket(sum: numbers[$0], spread: numbers[$0 + 1])
        })
    }
  }
}
