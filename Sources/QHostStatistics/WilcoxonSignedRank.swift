/// Wilcoxon's signed-rank test: whether two algorithms differ over pairs of runs that have problem and
/// seed in common.
///
/// The absolute differences are ranked, and W⁺ is the sum of the ranks of those above 0. Without ties
/// and zeros, and with at most 50 pairs, its probability is exact, from the 2ⁿ equally likely choices
/// of signs. Else it is normal with mean n(n + 1)/4 and variance n(n + 1)(2n + 1)/24 − Σ(t³ − t)/48
/// over groups of t equal differences, with a correction of ½. Sources: F. Wilcoxon, Biometrics
/// Bulletin 1 (1945) 80; J. W. Pratt, J. Am. Stat. Assoc. 54 (1959) 655.
public struct WilcoxonSignedRank: Sendable, Equatable {
  /// What becomes of pairs that do not differ.
  public enum Zeros: String, Sendable, CaseIterable {
    /// They are left out, as Wilcoxon did.
    case dropped
    /// They are ranked and their ranks then left out, as Pratt did: many of them make the others count
    /// less.
    case ranked
  }

  private static let exactLimit = 50

  /// W⁺, the sum of the ranks of pairs whose first value is greater.
  public let positiveRankSum: Double
  /// Pairs that differ.
  public let count: Int
  /// How likely such a sum or one further out is when the algorithms do the same; 1 when no pair
  /// differs.
  public let pValue: Double
  /// Whether the probability is exact.
  public let isExact: Bool

  /// Tests pairs of values.
  ///
  /// - Parameters:
  ///   - first: one value of each pair; two equal infinities, two failures, do not differ.
  ///   - second: the other.
  ///   - alternative: what is held against the assumption.
  ///   - zeros: what becomes of pairs that do not differ. The exact probability is of those that differ,
  ///     so that both choices are one when there are no zeros.
  /// - Throws: ``StatisticsError/notANumber(place:)``.
  public init(
    _ first: [Double], _ second: [Double], alternative: Alternative = .twoSided,
    zeros: Zeros = .ranked
  ) throws(StatisticsError) {
    precondition(first.count == second.count, "pairs need as many first values as second ones")
    var differences = zip(first, second).map { $0 == $1 ? 0 : $0 - $1 }
    let hasZeros = differences.contains(0)
    if zeros == .dropped { differences.removeAll { $0 == 0 } }
    let zeroCount = differences.count { $0 == 0 }
    let ranks = try Ranks(differences.map(abs))
    var sum = 0.0
    for (difference, rank) in zip(differences, ranks.ranks) where difference > 0 { sum += rank }
    positiveRankSum = sum
    count = differences.count - zeroCount
    isExact =
      count <= Self.exactLimit && !ranks.hasTies && (zeros == .dropped || !hasZeros)
    if isExact {
      pValue = alternative.probability(Int(sum), ways: Self.ways(count))
    } else {
      let (mean, variance) = Self.moments(
        differences.count, zeroCount: zeroCount, tieTerm: ranks.tieTerm)
      pValue = alternative.probability(excess: sum - mean, deviation: variance.squareRoot())
    }
  }

  /// In how many ways signs of the ranks 1 to n make each sum: the product over i to n of 1 + xⁱ.
  private static func ways(_ count: Int) -> [Double] {
    var ways = [Double](repeating: 0, count: count * (count + 1) / 2 + 1)
    ways[0] = 1
    for rank in 0..<count {
      for sum in stride(from: ways.count - 1, through: rank + 1, by: -1) {
        ways[sum] += ways[sum - rank - 1]
      }
    }
    return ways
  }

  /// Mean and variance of W⁺, where the zeros are the least ranks and do not count.
  private static func moments(
    _ count: Int, zeroCount: Int, tieTerm: Double
  ) -> (mean: Double, variance: Double) {
    let n = Double(count)
    let z = Double(zeroCount)
    let ties = tieTerm - (z * z * z - z)
    return (
      (n * (n + 1) - z * (z + 1)) / 4,
      (n * (n + 1) * (2 * n + 1) - z * (z + 1) * (2 * z + 1) - ties / 2) / 24
    )
  }
}
