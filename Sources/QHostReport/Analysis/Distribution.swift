public import QHostStatistics

/// A figure over the runs of a combination.
public struct Distribution: Sendable, Encodable, Equatable {
  /// Runs that have it.
  public var count: Int
  /// The mean.
  public var mean: Double
  /// Where the mean lies with 95 % confidence, by Student's distribution, and no farther than values can
  /// be; `nil` of a single run.
  public var meanInterval: Interval?
  /// The median.
  public var median: Double
  /// The lower quartile.
  public var lowerQuartile: Double
  /// The upper quartile.
  public var upperQuartile: Double
  /// The least.
  public var minimum: Double
  /// The greatest.
  public var maximum: Double

  /// Sums up values; `nil` when there are none, or one is not a number.
  ///
  /// - Parameters:
  ///   - values: of the runs.
  ///   - range: where values can be.
  init?(_ values: [Double], within range: ClosedRange<Double>) {
    guard let sample = Sample(values) else { return nil }
    count = sample.count
    mean = sample.mean
    meanInterval = mean.isFinite ? sample.meanInterval(within: range) : nil
    median = sample.median
    lowerQuartile = sample.quartiles.lower
    upperQuartile = sample.quartiles.upper
    minimum = sample.sorted.first ?? mean
    maximum = sample.sorted.last ?? mean
  }

  /// Sums up what cannot be below 0: counts, times, sizes.
  init?(amounts values: [Double]) { self.init(values, within: .amounts) }
}

extension ClosedRange<Double> {
  /// Parts: accuracies, areas.
  static let parts = 0.0...1
  /// What cannot be below 0: counts, times, sizes, and all losses but a score.
  static let amounts = 0...Double.infinity
  /// What can be anything: scores.
  static let numbers = -Double.infinity...Double.infinity
}
