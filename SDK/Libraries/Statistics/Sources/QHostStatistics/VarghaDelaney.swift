/// The effect size A over pairs: how likely the first value of a pair is greater than the second, equal
/// ones as half.
///
/// A = (|{a > b}| + ½ |{a = b}|) / number of pairs; ½ is not an effect. Where less is better, such as for
/// losses, below ½ speaks for the first. Source: A. Vargha, H. D. Delaney, J. Educ. Behav. Stat. 25
/// (2000) 101. *Deviation*: theirs is over all pairs of a first and a second value, A₁₂; here only
/// values that belong together are compared, as in the test of pairs that it goes with. The names of
/// magnitudes are theirs for A₁₂.
public struct VarghaDelaney: Sendable, Equatable {
  /// How large an effect is called, by the source.
  public enum Magnitude: String, Sendable {
    /// Nearer to ½ than 0.06.
    case negligible
    /// From 0.06 on.
    case small
    /// From 0.14 on.
    case medium
    /// From 0.21 on.
    case large
  }

  /// A, 0 to 1.
  public let value: Double

  /// The effect over pairs that belong together, by problem and seed; `nil` when there are none.
  ///
  /// - Parameters:
  ///   - first: the first values of the pairs.
  ///   - second: the second ones, as many.
  /// - Throws: ``StatisticsError/notANumber(place:)`` for a pair with a NaN.
  public init?(paired first: [Double], _ second: [Double]) throws(StatisticsError) {
    precondition(first.count == second.count, "pairs need as many first values as second ones")
    guard !first.isEmpty else { return nil }
    var wins = 0.0
    for (place, (a, b)) in zip(first, second).enumerated() {
      if a.isNaN || b.isNaN { throw .notANumber(place: place) }
      wins += a > b ? 1 : a == b ? 0.5 : 0
    }
    value = wins / Double(first.count)
  }

  /// How large it is called.
  public var magnitude: Magnitude {
    // 0.56 and 0.5 + 0.06 need not be the same number.
    switch abs(value - 0.5) + 1e-12 {
    case 0.21...: .large
    case 0.14...: .medium
    case 0.06...: .small
    default: .negligible
    }
  }
}
