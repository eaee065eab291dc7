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

  /// The figure of values; `nil` of too few.
  func callAsFunction(_ values: [Double]) -> Double? {
    guard let figure = ComparisonSummary.Figure(values), let least = values.min(),
      let greatest = values.max()
    else { return nil }
    switch self {
    case .median: return figure.median
    case .mean: return figure.mean
    case .min: return least
    case .max: return greatest
    case .range: return greatest - least
    case .deviation:
      guard values.count > 1 else { return nil }
      let sum = values.reduce(0) { $0 + ($1 - figure.mean) * ($1 - figure.mean) }
      return (sum / Double(values.count - 1)).squareRoot()
    }
  }
}
