/// Friedman's test of several algorithms over several problems, with Nemenyi's critical difference.
///
/// Algorithms are ranked on each problem, and R_j is the mean rank of algorithm j of k over N problems.
/// χ² = 12N/(k(k + 1)) Σ (R_j − (k + 1)/2)², divided by 1 − Σ(t³ − t)/(N(k³ − k)) for ties, says
/// whether there is a difference at all; F = (N − 1)χ²/(N(k − 1) − χ²) with k − 1 and (k − 1)(N − 1)
/// degrees of freedom says it better. Two algorithms differ when their mean ranks do by CD = q √(k(k +
/// 1)/6N), q the quantile of the range of k normal values divided by √2. Sources: M. Friedman, J. Am.
/// Stat. Assoc. 32 (1937) 675; R. L. Iman, J. M. Davenport, Commun. Stat. A9 (1980) 571; J. Demšar,
/// JMLR 7 (2006) 1, sections 3.2.2 and 3.2.3.
public struct Friedman: Sendable, Equatable {
  /// The fewest problems: fewer say nothing about others.
  public static let problemsNeeded = 10
  /// The fewest algorithms; two are for a test of pairs.
  public static let algorithmsNeeded = 3

  /// The mean rank of each algorithm, 1 for the least values throughout.
  public let meanRanks: [Double]
  /// N, the number of problems.
  public let problemCount: Int
  /// χ², 0 when no problem tells the algorithms apart.
  public let chiSquared: Double

  /// Tests figures.
  ///
  /// - Parameter figures: [problems][algorithms], one figure of each, for example the median over seeds;
  ///   less is better, infinity a failure.
  /// - Throws: ``StatisticsError``: fewer than 10 problems or 3 algorithms, or a figure that is no
  ///   number, its place counted over algorithms first.
  public init(_ figures: [[Double]]) throws(StatisticsError) {
    let k = figures.first?.count ?? 0
    precondition(
      figures.allSatisfy { $0.count == k }, "each problem has a figure of each algorithm")
    guard figures.count >= Self.problemsNeeded else {
      throw .tooFewProblems(figures.count, needed: Self.problemsNeeded)
    }
    guard k >= Self.algorithmsNeeded else {
      throw .tooFewAlgorithms(k, needed: Self.algorithmsNeeded)
    }
    if let place = figures.joined().enumerated().first(where: { $0.element.isNaN })?.offset {
      throw .notANumber(place: place)
    }
    var sums = [Double](repeating: 0, count: k)
    var tieTerm = 0.0
    for row in figures {
      let ranks = try Ranks(row)
      for algorithm in 0..<k { sums[algorithm] += ranks.ranks[algorithm] }
      tieTerm += ranks.tieTerm
    }
    problemCount = figures.count
    let size = Double(k)
    let problems = Double(figures.count)
    meanRanks = sums.map { $0 / problems }
    let middle = (size + 1) / 2
    let spread = meanRanks.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
    let untied = 1 - tieTerm / (problems * (size * size * size - size))
    chiSquared = untied > 0 ? 12 * problems / (size * (size + 1)) * spread / untied : 0
  }

  private var freedom: Double { Double(meanRanks.count - 1) }

  /// The F of Iman and Davenport; infinity when all problems rank the algorithms alike.
  public var fStatistic: Double {
    let problems = Double(problemCount)
    let rest = problems * freedom - chiSquared
    return rest > 0 ? (problems - 1) * chiSquared / rest : .infinity
  }

  /// How likely such an F or a greater one is when all algorithms do the same.
  public var pValue: Double {
    FisherDistribution.above(
      fStatistic, over: freedom, under: freedom * Double(problemCount - 1))
  }

  /// Nemenyi's CD: mean ranks that are at least so far apart differ.
  ///
  /// - Parameter level: the confidence for all pairs together.
  /// - Returns: CD, in ranks.
  public func criticalDifference(level: Double = Interval.usualLevel) -> Double {
    Interval.check(level)
    let k = meanRanks.count
    let q = RangeDistribution.quantile(level, count: k) / 2.0.squareRoot()
    return q * (Double(k * (k + 1)) / Double(6 * problemCount)).squareRoot()
  }

  /// The largest groups of algorithms that do not differ: the bars of a diagram of critical differences.
  ///
  /// - Returns: groups of places, each from the best, of two or more; none lies within another.
  public func groups(level: Double = Interval.usualLevel) -> [[Int]] {
    let difference = criticalDifference(level: level)
    let order = meanRanks.indices.sorted { meanRanks[$0] < meanRanks[$1] }
    var groups: [[Int]] = []
    var reached = 0
    for first in order.indices {
      let end =
        order[first...].firstIndex { meanRanks[$0] - meanRanks[order[first]] >= difference }
        ?? order.count
      if end > reached, end - first > 1 { groups.append(Array(order[first..<end])) }
      reached = max(reached, end)
    }
    return groups
  }
}
