internal import Foundation

/// The best sum of rates that is known of an instance, and a bound that none exceeds.
struct KnownOptimum: Sendable, Equatable {
  /// Of a feasible allocation.
  var sumRate: Double
  /// Proved; of what nobody proved a bound of, infinite.
  var bound: Double

  /// Computed for user-cap, looked up for the others; `nil`: not recorded.
  static func of(_ problem: AllocationProblem) -> KnownOptimum? {
    guard !problem.settings.hasObjectives else { return nil }
    guard case (.userCap, .linear(let rates)) = (problem.settings.mode, problem.rule) else {
      return recorded(problem)
    }
    let users = Hungarian.assignment(rates, columnCount: problem.settings.userCount)
    let sum = users.enumerated().reduce(0) {
      $0 + rates[$1.offset * problem.settings.userCount + $1.element]
    }
    return KnownOptimum(sumRate: sum, bound: sum)
  }

  /// A line of the table is for a mode, sizes, cells, seed, correlation, floor and the very numbers that channels were drawn to.
  private static func recorded(_ problem: AllocationProblem) -> KnownOptimum? {
    let settings = problem.settings
    let key =
      "\(settings.mode.rawValue),\(settings.userCount),\(settings.subBandCount),\(settings.cellCount),"
      + "\(settings.seed),\(settings.correlation),\(settings.floor),\(checksum(problem.shown)),"
    for line in RecordedOptima.table.split(separator: "\n") where line.hasPrefix(key) {
      let numbers = line.dropFirst(key.count).split(separator: ",").compactMap { Double($0) }
      guard numbers.count == 2 else { continue }
      return KnownOptimum(sumRate: numbers[0], bound: numbers[1])
    }
    return nil
  }

  /// Adler's checksum of the numbers in single precision, little-endian.
  static func checksum(_ numbers: [Double]) -> UInt32 {
    var (a, b): (UInt32, UInt32) = (1, 0)
    for number in numbers {
      let bits = Float(number).bitPattern
      for shift in [0, 8, 16, 24] as [UInt32] {
        a = (a + (bits >> shift & 0xFF)) % 65_521
        b = (b + a) % 65_521
      }
    }
    return b << 16 | a
  }
}
