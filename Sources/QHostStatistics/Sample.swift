/// Figures of some values, for example of the losses of several seeds.
public struct Sample: Sendable, Equatable {
  /// The values, from the least.
  public let sorted: [Double]

  /// Takes values in any order.
  ///
  /// - Returns: `nil` when there are none, or one is no number. Infinity is a value: a run that failed.
  public init?(_ values: [Double]) {
    guard !values.isEmpty, !values.contains(where: \.isNaN) else { return nil }
    sorted = values.sorted()
  }

  /// How many there are.
  public var count: Int { sorted.count }

  /// The sum divided by the count.
  public var mean: Double { Self.mean(sorted[...]) }

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

  /// The mean of the middle half: of what is left without the ⌊n/4⌋ least and as many greatest.
  ///
  /// It heeds outliers less than the mean, and uses more of the values than the median. Source:
  /// R. Agarwal et al., *Deep reinforcement learning at the edge of the statistical precipice*, NeurIPS
  /// 2021.
  public var interquartileMean: Double {
    let cut = count / 4
    return Self.mean(sorted[cut..<count - cut])
  }

  /// √(Σ(x − x̄)² / (n − 1)); `nil` of a single value.
  public var deviation: Double? {
    guard count > 1 else { return nil }
    let mean = mean
    let sum = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (sum / Double(count - 1)).squareRoot()
  }

  /// Where the mean lies: x̄ ± t s/√n, t the quantile of Student's distribution with n − 1 degrees of
  /// freedom.
  ///
  /// It assumes that means of samples are about normal, which few seeds with outliers do not make true;
  /// see ``Bootstrap``.
  ///
  /// - Returns: `nil` of a single value.
  public func meanInterval(level: Double = Interval.usualLevel) -> Interval? {
    Interval.check(level)
    guard let deviation else { return nil }
    let t = StudentDistribution.quantile((1 + level) / 2, freedom: Double(count - 1))
    let half = t * deviation / Double(count).squareRoot()
    return Interval(lower: mean - half, upper: mean + half)
  }

  private static func mean(_ values: ArraySlice<Double>) -> Double {
    values.reduce(0, +) / Double(values.count)
  }
}
