internal import QHostStatistics

extension FractionCurve {
  /// Steps at most, so that a page stays small.
  private static let stepCount = 60

  /// A distribution, with as many of its steps as can be told apart; what a step that is left out would
  /// have shown is shown by the next one, later.
  init(_ distribution: EmpiricalDistribution) {
    var places: [Double] = []
    for time in distribution.times where time != places.last { places.append(time) }
    let every = max(1, (places.count + Self.stepCount - 1) / Self.stepCount)
    x = places.indices.filter { $0 % every == 0 || $0 == places.count - 1 }.map { places[$0] }
    fraction = x.map { distribution.fraction(at: $0) }
  }
}
