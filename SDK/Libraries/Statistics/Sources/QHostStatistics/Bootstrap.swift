/// Intervals of any figure, by drawing values again from those there are.
///
/// A resample has as many values as the sample, drawn with replacement; the ends are the quantiles α/2
/// and 1 − α/2 of the figures of many resamples. The same seed gives the same interval. Source: B.
/// Efron, R. J. Tibshirani, *An Introduction to the Bootstrap*, 1993, chapter 13. With fewer than about
/// ten values such intervals are too narrow.
public struct Bootstrap: Sendable {
  /// The confidence.
  public var level = Interval.usualLevel
  /// The number of resamples.
  public var resamples = 2_000
  /// The seed.
  public var seed: UInt64 = 1

  /// Makes a bootstrap.
  public init(
    level: Double = Interval.usualLevel, resamples: Int = 2_000, seed: UInt64 = 1
  ) {
    Interval.check(level)
    precondition(resamples > 0, "a bootstrap needs resamples")
    self.level = level
    self.resamples = resamples
    self.seed = seed
  }

  /// The interval of a figure of things that are known by their places, for example of runs.
  ///
  /// - Parameters:
  ///   - count: how many things there are.
  ///   - figure: the figure of the places that were drawn, as many; infinity is a figure.
  /// - Returns: `nil` when there is nothing, or a figure is not a number.
  public func interval(count: Int, _ figure: ([Int]) -> Double) -> Interval? {
    guard count > 0 else { return nil }
    var generator = SeededGenerator(seed: seed)
    let figures = (0..<resamples).map { _ in
      figure((0..<count).map { _ in generator.integer(below: count) })
    }
    guard let sample = Sample(figures) else { return nil }
    let tail = (1 - level) / 2
    return Interval(lower: sample.quantile(tail), upper: sample.quantile(1 - tail))
  }
}
