/// The median and the quartiles over the curves of several runs, place by place.
public struct CurveBand: Sendable, Equatable {
  /// The places.
  public let places: [Double]
  /// The lower quartile at each.
  public let lower: [Double]
  /// The median at each.
  public let median: [Double]
  /// The upper quartile at each.
  public let upper: [Double]

  /// Sums up curves; `nil` when there are none.
  ///
  /// A run that has no loss yet counts as infinity, and one that has ended with its last loss.
  ///
  /// - Parameters:
  ///   - curves: one of each run.
  ///   - grid: the places.
  public init?(_ curves: [StepCurve], at grid: [Double]) {
    guard !curves.isEmpty else { return nil }
    let samples = grid.compactMap { place in Sample(curves.map { $0.value(at: place) }) }
    places = grid
    lower = samples.map { $0.quantile(0.25) }
    median = samples.map(\.median)
    upper = samples.map { $0.quantile(0.75) }
  }
}
