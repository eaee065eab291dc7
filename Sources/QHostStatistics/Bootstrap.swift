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

  /// The interval of a figure of values.
  ///
  /// - Parameters:
  ///   - values: of one kind, for example of all seeds.
  ///   - figure: the figure; it does not depend on the order.
  /// - Returns: `nil` when there are no values, or a resample's figure is no number.
  public func interval(of values: [Double], _ figure: (Sample) -> Double) -> Interval? {
    interval(ofStrata: [values], figure)
  }

  /// The interval of a figure of values of several kinds, for example the seeds of several datasets.
  ///
  /// Each kind is drawn from by itself, so that a resample has as many of each as there are.
  public func interval(
    ofStrata strata: [[Double]], _ figure: (Sample) -> Double
  ) -> Interval? {
    interval(counts: strata.map(\.count)) { places in
      var values: [Double] = []
      for (stratum, drawn) in zip(strata, places) { values += drawn.map { stratum[$0] } }
      return Sample(values).map(figure) ?? .nan
    }
  }

  /// The interval of a figure of things that are known by their places.
  ///
  /// - Parameters:
  ///   - counts: how many things of each kind there are.
  ///   - figure: the figure of the places that were drawn of each kind; infinity is a figure.
  /// - Returns: `nil` when there is nothing of any kind, or a figure is no number.
  public func interval(counts: [Int], _ figure: ([[Int]]) -> Double) -> Interval? {
    guard counts.contains(where: { $0 > 0 }) else { return nil }
    var generator = SeededGenerator(seed: seed)
    let figures = (0..<resamples).map { _ in
      figure(counts.map { count in (0..<count).map { _ in generator.integer(below: count) } })
    }
    guard let sample = Sample(figures) else { return nil }
    let tail = (1 - level) / 2
    return Interval(lower: sample.quantile(tail), upper: sample.quantile(1 - tail))
  }
}
