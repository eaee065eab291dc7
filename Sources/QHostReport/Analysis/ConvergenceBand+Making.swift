import QHostDrawing
internal import QHostStatistics

extension ConvergenceBand {
  /// Places at most, so that a page stays small.
  private static let placeCount = 48.0

  /// The band of runs; `nil` when none has a loss after something was spent.
  init?(_ traces: [RunTrace], _ effort: Effort) {
    let curves = traces.map { $0.curves[effort] }
    let firsts = curves.compactMap { $0.places.first { $0 > 0 } }
    guard let first = firsts.min(), let spent = Sample(traces.map { $0.spent[effort] }) else {
      return nil
    }
    // One slow run would stretch the curve of all.
    let end = max(spent.quartiles.upper, first)
    let decades = max(NumberText.decades(from: first, to: end), 0.1)
    let grid = StepCurve.grid(
      from: first, to: end, perDecade: max(1, Int(Self.placeCount / decades)))
    guard let band = CurveBand(curves, at: grid) else { return nil }
    // Before half of the runs have a loss there is no median.
    let begun = band.median.firstIndex { $0.isFinite } ?? grid.endIndex
    self.effort = Array(band.places[begun...])
    lower = Array(band.lower[begun...])
    median = Array(band.median[begun...])
    upper = Array(band.upper[begun...])
  }
}
