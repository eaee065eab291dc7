internal import QHostBridging
internal import QHostInterfaces

/// The numbers of the draws that candidates of a stochastic objective have.
///
/// A number is a step of the host's streams: together with a row's key it gives that row its random numbers, on any
/// thread, in any order, and after a resume. What draws are for is told apart by where they begin.
struct Draws {
  /// For candidates that share them, whatever the query.
  static let common = Draws(first: 0, step: 0)
  /// Draws of a final evaluation, whose mean and error are reported.
  static let reportCount = StreamFacts.reportDraws
  /// Draws of a look at a run.
  static let lookCount = 4
  private static let reportStart: UInt64 = 1 << 62
  private static let lookStart: UInt64 = 1 << 61

  private let first: UInt64
  private let step: UInt64

  private init(first: UInt64, step: UInt64) {
    self.first = first
    self.step = step
  }

  /// New ones for each of a query's candidates.
  ///
  /// - Parameters:
  ///   - cost: what the run had cost before; its rows tell queries apart.
  ///   - rowCount: rows that a candidate is evaluated on.
  init(after cost: Cost, rowCount: Int) {
    first = UInt64(cost.lossRows + cost.gradientRows) + 1
    step = UInt64(rowCount)
  }

  /// A draw of a final evaluation, 0 ..< ``reportCount``.
  static func report(_ number: Int) -> Draws {
    Draws(first: reportStart + UInt64(number), step: 0)
  }

  /// A draw of a look, 0 ..< ``lookCount``.
  static func look(_ number: Int) -> Draws { Draws(first: lookStart + UInt64(number), step: 0) }

  /// That of a candidate of the query.
  subscript(candidate: Int) -> UInt64 { first + step * UInt64(candidate) }

  /// Those of the candidates from `start` on.
  func dropping(_ start: Int) -> Draws { Draws(first: self[start], step: step) }
}

extension Split {
  /// What rows of a split are keyed by, below 2³².
  func key(ofRow row: Int) -> UInt64 { UInt64(rawValue) << 30 + UInt64(row) }
}
