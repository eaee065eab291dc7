package import QHostInterfaces

/// How many units of a query are answered at a time, so that a run can be stopped within it.
///
/// The time of a unit is learnt from the piece before, for each kind of query apart; pieces change no result,
/// they only say how often the clock and the user are listened to.
package struct QueryPace {
  /// Nanoseconds that a piece should take at most, unless a single unit takes longer.
  static let pieceNanoseconds = 5e7

  private var perUnit: [Double] = [0, 0, 0, 0, 0]

  /// Knows nothing yet.
  package init() {}

  /// How many units take no longer than a piece should, nor than what is left of the time.
  ///
  /// - Parameters:
  ///   - kind: of the query.
  ///   - rest: nanoseconds that are left; infinity: no limit.
  /// - Returns: 1 or more; 1 as long as no unit has been timed.
  package func units(of kind: Query.Kind, rest: Double) -> Int {
    let time = perUnit[Int(kind.rawValue)]
    guard time > 0 else { return 1 }
    return max(1, Int(min(max(0, min(Self.pieceNanoseconds, rest)) / time, 0x1p52)))
  }

  /// Notes how long a piece took.
  package mutating func note(_ kind: Query.Kind, units: Int, nanoseconds: UInt64) {
    guard units > 0 else { return }
    perUnit[Int(kind.rawValue)] = max(1, Double(nanoseconds) / Double(units))
  }
}
