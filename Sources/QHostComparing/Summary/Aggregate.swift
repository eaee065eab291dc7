internal import QHostStatistics
internal import QHostRuntime

/// One figure from those of several runs.
enum Aggregate: String, Sendable, CaseIterable {
  /// The middle value, or the mean of the two in the middle.
  case median
  /// The mean.
  case mean
  /// The least.
  case min
  /// The greatest.
  case max
  /// The greatest less the least.
  case range
  /// The standard deviation of a sample: with n − 1.
  case deviation

  /// The figure of values; `nil` of too few, NaN, which satisfies no condition, when one is NaN.
  func callAsFunction(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    guard let sample = Sample(values) else { return .nan }
    switch self {
    case .median: return sample.median
    case .mean: return sample.mean
    case .min: return sample.quantile(0)
    case .max: return sample.quantile(1)
    case .range: return sample.quantile(1) - sample.quantile(0)
    case .deviation: return sample.deviation
    }
  }
}
