/// Figures of some values, for example of the losses of several seeds.
public struct Sample: Sendable, Equatable {
  /// The values, from the least.
  public let sorted: [Double]

  /// Takes values in any order.
  ///
  /// - Returns: `nil` when there are none, or one is not a number. Infinity is a value: a run that failed.
  public init?(_ values: [Double]) {
    guard !values.isEmpty, !values.contains(where: \.isNaN) else { return nil }
    sorted = values.sorted()
  }

  /// How many there are.
  public var count: Int { sorted.count }

  /// The sum divided by the count.
  public var mean: Double { sorted.reduce(0, +) / Double(count) }

  /// The middle value, or the mean of the two in the middle.
  public var median: Double { quantile(0.5) }

  /// The value below which a part of the sample lies.
  ///
  /// With h = p(n − 1), xₕ between the values at the places ⌊h⌋ and ⌊h⌋ + 1, in proportion. Source: R.
  /// J. Hyndman, Y. Fan, The American Statistician 50 (1996) 361, definition 7.
  ///
  /// - Parameter part: p, 0 to 1.
  /// - Returns: the quantile.
  public func quantile(_ part: Double) -> Double {
    precondition(part >= 0 && part <= 1, "a quantile is of a part from 0 to 1, not \(part)")
    let place = part * Double(count - 1)
    let lower = sorted[Int(place)]
    let upper = sorted[min(Int(place) + 1, count - 1)]
    let fraction = place - place.rounded(.down)
    if fraction == 0 || lower == upper { return lower }
    if fraction == 0.5 { return (lower + upper) / 2 }
    return lower + fraction * (upper - lower)
  }

  /// The quantiles ¼ and ¾.
  public var quartiles: Interval { Interval(lower: quantile(0.25), upper: quantile(0.75)) }

  /// √(Σ(x − x̄)² / (n − 1)); `nil` of a single value.
  public var deviation: Double? {
    guard count > 1 else { return nil }
    let mean = mean
    let sum = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (sum / Double(count - 1)).squareRoot()
  }

  /// Where the mean lies: x̄ ± t s/√n, t the quantile of Student's distribution with n − 1 degrees of
  /// freedom, and no farther than values can be.
  ///
  /// The mean lies in the range of the values for certain, so that an interval that is cut to the range
  /// holds it exactly as often as the whole one. That is as often as the level says where means of
  /// samples are about normal, and less often where few values are skewed. Simulated at 95 %, with 2, 3,
  /// 5, 10 and 30 values: 93, 92, 93, 95, 95 % of uniform ones, 94, 93, 93, 94, 94 % of a beta
  /// distribution (8, 2), 84, 84, 87, 92, 94 % of cubes of uniform ones. Values that are mostly one and
  /// the same are the worst: 36, 52, 71, 92, 94 % of accuracies on 50 rows about 0.995. The interval of
  /// equal values has no width: it says that nothing else was seen, not that there is nothing else.
  ///
  /// - Parameters:
  ///   - level: the confidence.
  ///   - range: where values can be, for example 0...1 for parts; all of the sample's are there.
  /// - Returns: `nil` of a single value.
  public func meanInterval(
    level: Double = Interval.usualLevel,
    within range: ClosedRange<Double> = -Double.infinity...Double.infinity
  ) -> Interval? {
    Interval.check(level)
    guard let deviation else { return nil }
    let t = StudentDistribution.quantile((1 + level) / 2, freedom: Double(count - 1))
    let half = t * deviation / Double(count).squareRoot()
    return Interval(
      lower: max(mean - half, range.lowerBound), upper: min(mean + half, range.upperBound))
  }
}
