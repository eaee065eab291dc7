internal import QHostComparing
internal import QHostRuntime
internal import QHostStatistics

/// A run as it is analysed: its events, what it spent, and what came out.
///
/// Its improvements are the one list of events. Curves, targets reached, successes and expected running
/// times are all read from it, so that no event has two dates. Journals keep the last improvement of
/// each hundredth of a decade: what is left out is dated later than it was, never earlier.
struct RunTrace {
  let result: CellResult
  /// The figure that runs are compared by; `nil`: it has none.
  private(set) var figure: ComparedFigure?
  /// The best loss against what was spent.
  let curves: PerEffort<StepCurve>
  /// What the run spent in all.
  let spent: PerEffort<Double>
  /// What the plan's target cost: of a loss what was spent at the event that reached it, the last one; of an
  /// accuracy or a metric, which is reached when it is looked at, and by a run that did not, all that was spent.
  let costOfTarget: PerEffort<Double>

  /// The trace of a run.
  ///
  /// - Parameters:
  ///   - result: the run.
  ///   - untilLoss: the loss that the plan stops at; `nil`: none.
  ///   - metric: the figure that runs are compared by; `nil`: accuracy or loss.
  init(_ result: CellResult, untilLoss: Double?, metric: String? = nil) {
    self.result = result
    figure = result.run.comparedFigure(by: metric)
    let steps = result.improvements
    let cost = result.run.cost
    let spent = PerEffort { effort in
      switch effort {
      case .evaluations: Double(cost.evaluations)
      case .passes: result.trainingPasses
      case .processorSeconds: cost.cpuSeconds
      case .seconds: cost.seconds
      }
    }
    let places = PerEffort { effort in
      switch effort {
      case .evaluations: Self.rising(steps.evaluations.map(Double.init))
      case .passes: Self.rising(steps.forwardEquivalents)
      case .processorSeconds: Self.rising(steps.seconds.map { $0 * cost.processorShare })
      case .seconds: Self.rising(steps.seconds)
      }
    }
    self.spent = spent
    // What others' runs took is not known.
    let isTimed = !result.isImported
    curves = PerEffort { effort in
      isTimed || !effort.isTime
        ? Self.curve(places[effort], steps.bestLoss) : StepCurve(places: [], values: [])
    }
    let isSuccess = result.run.stopReason == .targetReached
    let isEvent = untilLoss.map { (steps.bestLoss.last ?? .infinity) <= $0 } ?? false
    costOfTarget = PerEffort { effort in
      isSuccess && isEvent ? places[effort].last ?? spent[effort] : spent[effort]
    }
  }

  /// The same where runs are compared by a figure: one that was imported may have another, which cannot stand beside it.
  func compared(by name: String?) -> RunTrace {
    guard result.isImported, figure?.name != name else { return self }
    var trace = self
    trace.figure = nil
    return trace
  }

  /// Whether it reached the plan's target.
  var isSuccess: Bool { result.run.stopReason == .targetReached }
  /// The first loss.
  var firstLoss: Double? { curves.evaluations.values.first }
  /// The best loss.
  var bestLoss: Double? { curves.evaluations.values.last }
  /// The figure that runs are compared by, if it is a number, and of a feasible end.
  var metric: Double? {
    figure.flatMap { $0.value.isNaN || !$0.isFeasible ? nil : $0.value }
  }

  /// Places that never fall: a clock may stand still or be set back.
  ///
  /// Lists that are right already are shared, not copied: a report of many long runs consists of little else.
  private static func rising(_ places: [Double]) -> [Double] {
    if zip(places, places.dropFirst()).allSatisfy({ $0 <= $1 }) { return places }
    var last = -Double.infinity
    return places.map { place in
      last = max(last, place)
      return last
    }
  }

  private static func curve(_ places: [Double], _ losses: [Double]) -> StepCurve {
    guard places.count == losses.count else { return StepCurve(places: [], values: []) }
    if losses.allSatisfy(\.isFinite) { return StepCurve(places: places, values: losses) }
    let kept = losses.indices.filter { losses[$0].isFinite }
    return StepCurve(places: kept.map { places[$0] }, values: kept.map { losses[$0] })
  }
}

extension RunRecord.Cost {
  /// Processor seconds of each second of the run.
  fileprivate var processorShare: Double { seconds > 0 ? cpuSeconds / seconds : 0 }
}
