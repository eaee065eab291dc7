internal import Glibc

/// Wilcoxon's signed-rank test of two sides: whether two algorithms differ over pairs of runs that have
/// problem and seed in common.
///
/// The absolute differences are ranked, those of 0 among them, equal ones with the mean of their ranks;
/// the ranks of the zeros are then left out (Pratt). W⁺ is the sum of the ranks of differences above 0,
/// W⁻ that of those below. When the algorithms do the same, all 2ⁿ choices of signs of the n ranks rᵢ
/// that are left are equally likely. Changing all signs turns W⁺ into W⁻, so that W⁺ is distributed
/// symmetrically about Σrᵢ/2 whatever ties and zeros there are, and the probability of two sides is that
/// of being at least as far from there:
///
///     p = P(|W⁺ − Σrᵢ/2| ≥ |w⁺ − Σrᵢ/2|) = min(1, 2 P(W⁺ ≤ min(w⁺, w⁻)))
///
/// With at most 50 pairs that differ it is exact, with ties and zeros too: doubled ranks are whole
/// numbers, and the product over i of 1 + x^(2rᵢ) counts the choices, at most 2⁵⁰, which a Double holds.
/// With more W⁺ counts as normal, with mean Σrᵢ/2, variance Σrᵢ²/4 and a correction of ½. Sources: F.
/// Wilcoxon, Biometrics Bulletin 1 (1945) 80; J. W. Pratt, J. Am. Stat. Assoc. 54 (1959) 655.
public struct WilcoxonSignedRank: Sendable, Equatable {
  private static let exactLimit = 50

  /// W⁺, the sum of the ranks of pairs whose first value is greater.
  public let positiveRankSum: Double
  /// W⁻, the sum of the ranks of pairs whose first value is less: where it is the greater of the two,
  /// the first values are the lesser ones.
  public let negativeRankSum: Double
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
  /// - Throws: ``StatisticsError/notANumber(place:)``.
  ///
  /// Complexity: O(n Σrᵢ) up to 50 pairs that differ, then O(n log n).
  public init(_ first: [Double], _ second: [Double]) throws(StatisticsError) {
    precondition(first.count == second.count, "pairs need as many first values as second ones")
    let differences = zip(first, second).map { $0 == $1 ? 0 : $0 - $1 }
    let all = try Ranks(differences.map(abs)).ranks
    var ranks: [Double] = []
    var positive = 0.0
    for (difference, rank) in zip(differences, all) where difference != 0 {
      ranks.append(rank)
      if difference > 0 { positive += rank }
    }
    let total = ranks.reduce(0, +)
    positiveRankSum = positive
    negativeRankSum = total - positive
    count = ranks.count
    isExact = ranks.count <= Self.exactLimit
    let lesser = min(positive, total - positive)
    pValue =
      isExact
      ? Self.exactProbability(lesser, ranks) : Self.normalProbability(lesser, ranks, total)
  }

  /// 2 P(W⁺ ≤ w), at most 1, from the number of choices of signs to each doubled sum.
  private static func exactProbability(_ sum: Double, _ ranks: [Double]) -> Double {
    let last = Int(2 * sum)
    var ways = [Double](repeating: 0, count: last + 1)
    ways[0] = 1
    var reached = 0
    for rank in ranks {
      let doubled = Int(2 * rank)
      reached = min(reached + doubled, last)
      guard doubled <= reached else { continue }
      for place in stride(from: reached, through: doubled, by: -1) {
        ways[place] += ways[place - doubled]
      }
    }
    return min(1, 2 * ways.reduce(0, +) / exp2(Double(ranks.count)))
  }

  private static func normalProbability(
    _ sum: Double, _ ranks: [Double], _ total: Double
  ) -> Double {
    let variance = ranks.reduce(0) { $0 + $1 * $1 } / 4
    return min(1, 2 * NormalDistribution.below((sum - total / 2 + 0.5) / variance.squareRoot()))
  }
}
