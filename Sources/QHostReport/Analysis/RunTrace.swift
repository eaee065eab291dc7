internal import QHostRuntime
internal import QHostStatistics

/// A run as it is analysed: its curves, what it spent, and what came out.
struct RunTrace {
  let result: CellResult
  let curves: PerEffort<StepCurve>
  let spent: PerEffort<Double>

  init(_ result: CellResult) {
    self.result = result
    let steps = result.improvements
    let count = steps.bestLoss.count
    let kept = steps.bestLoss.indices.filter { steps.bestLoss[$0].isFinite }
    func curve(_ places: [Double]) -> StepCurve {
      guard places.count == count else { return StepCurve(places: [], values: []) }
      var last = -Double.infinity
      // A clock may stand still or be set back; what was spent never falls.
      let rising = kept.map { place in
        last = max(last, places[place])
        return last
      }
      return StepCurve(places: rising, values: kept.map { steps.bestLoss[$0] })
    }
    curves = PerEffort { effort in
      switch effort {
      case .evaluations: curve(steps.evaluations.map(Double.init))
      case .passes: curve(steps.forwardEquivalents)
      case .seconds: curve(steps.seconds)
      }
    }
    let cost = result.run.cost
    spent = PerEffort { effort in
      switch effort {
      case .evaluations: Double(cost.evaluations)
      case .passes: result.trainingPasses
      case .seconds: cost.seconds
      }
    }
  }

  /// The first loss.
  var firstLoss: Double? { curves.evaluations.values.first }
  /// The best loss.
  var bestLoss: Double? { curves.evaluations.values.last }
  /// The figure that runs are compared by, if it is a number.
  var metric: Double? {
    result.run.finalMetric.flatMap { $0.value.isNaN ? nil : $0.value }
  }
}
