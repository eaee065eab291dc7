/// The test of Mann and Whitney, or Wilcoxon's rank-sum test: whether values of two algorithms differ
/// that are not paired, on one problem.
///
/// U = R − n(n + 1)/2, R the sum of the first one's ranks among all, is the number of pairs whose first
/// value is greater, ties as half. Without ties, and with at most 8 and 300 values, its probability is
/// exact. Else it is normal with mean nm/2 and variance nm/12 (N + 1 − Σ(t³ − t)/(N(N − 1))), N = n +
/// m, with a correction of ½. Source: H. B. Mann, D. R. Whitney, Ann. Math. Stat. 18 (1947) 50.
public struct MannWhitney: Sendable, Equatable {
  /// Up to these numbers of values the ways are whole numbers below 2⁵³.
  private static let exactLimits = (small: 8, large: 300)

  /// U of the first values.
  public let statistic: Double
  /// How likely such a statistic or one further out is when the algorithms do the same; 1 when all
  /// values are equal or one side has none.
  public let pValue: Double
  /// Whether the probability is exact.
  public let isExact: Bool

  /// Tests values.
  ///
  /// - Parameters:
  ///   - first: the values of one algorithm; infinity is one, a failure.
  ///   - second: those of the other.
  ///   - alternative: what is held against the assumption.
  /// - Throws: ``StatisticsError/notANumber(place:)``, the place among the first and then the second
  ///   values.
  public init(
    _ first: [Double], _ second: [Double], alternative: Alternative = .twoSided
  ) throws(StatisticsError) {
    let ranks = try Ranks(first + second)
    let n = Double(first.count)
    let m = Double(second.count)
    statistic = ranks.ranks[..<first.count].reduce(0, +) - n * (n + 1) / 2
    let small = min(first.count, second.count)
    let large = max(first.count, second.count)
    isExact =
      !ranks.hasTies && small <= Self.exactLimits.small && large <= Self.exactLimits.large
    if isExact {
      pValue = alternative.probability(Int(statistic), ways: Self.ways(small, large))
    } else {
      let total = n + m
      let variance =
        n * m / 12 * (total + 1 - ranks.tieTerm / (total * (total - 1)))
      pValue = alternative.probability(
        excess: statistic - n * m / 2, deviation: max(0, variance).squareRoot())
    }
  }

  /// In how many ways n of n + m ranks make each U.
  ///
  /// They are the coefficients of the Gaussian binomial, the product over i to n of (1 − x^(m+i)) / (1
  /// − xⁱ).
  private static func ways(_ n: Int, _ m: Int) -> [Double] {
    var ways = [Double](repeating: 0, count: n * m + 1)
    ways[0] = 1
    guard n > 0, m > 0 else { return ways }
    for i in 1...n {
      if m + i < ways.count {
        for u in stride(from: ways.count - 1, through: m + i, by: -1) { ways[u] -= ways[u - m - i] }
      }
      for u in i..<ways.count { ways[u] += ways[u - i] }
    }
    return ways
  }
}
