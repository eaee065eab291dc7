internal import QHostComparing
internal import QHostRuntime
internal import QHostStatistics

/// The runs of a problem, before they are summed up.
struct ProblemRuns {
  let model: String
  let dataset: String
  let target: String?
  /// When its runs end.
  let budget: Budget
  /// The seeds of each combination.
  let seedCounts: [Int]
  /// Its combinations, in the plan's order.
  let combinations: [CellLabels]
  var traces: [CellLabels: [RunTrace]] = [:]
  var failures: [CellLabels: [FailureRecord]] = [:]

  /// All runs, in the order of combinations.
  var all: [RunTrace] { combinations.flatMap { traces[$0] ?? [] } }

  /// The compared figure of the first run that has it.
  var figure: ComparedFigure? { all.lazy.compactMap(\.figure).first }

  /// Whether more of the compared figure is better.
  var isMoreBetter: Bool { figure?.facts.isMoreBetter ?? false }

  /// The loss that was minimised.
  var loss: String? { all.first?.result.run.loss }

  /// The worst figure of a feasible end, its sign such that less is better; `nil` without one.
  private var worst: Double? {
    let sign = isMoreBetter ? -1.0 : 1
    return all.compactMap(\.metric).map { sign * $0 }.filter(\.isFinite).max()
  }

  /// The compared figure with its sign such that less is better, by seed.
  ///
  /// Infinity for runs that failed and for a figure that is not a number, which is worse than any, too. Runs that
  /// ended where not all constraints hold are behind all that did, by violation (K. Deb 2000).
  func outcomes(of labels: CellLabels) -> [UInt64: Double] {
    let sign = isMoreBetter ? -1.0 : 1
    var values: [UInt64: Double] = [:]
    for failure in failures[labels] ?? [] { values[failure.seed] = .infinity }
    for trace in traces[labels] ?? [] {
      guard let figure = trace.figure else { continue }
      values[trace.result.seed] = trace.metric.map { sign * $0 } ?? .infinity
      guard let violation = figure.violation, violation > 0 else { continue }
      values[trace.result.seed] = (worst ?? 0) + violation
    }
    return values
  }
}

extension ProblemReport {
  /// Sums up a problem.
  ///
  /// - Parameters:
  ///   - runs: its runs.
  ///   - roster: the combinations.
  ///   - baseline: the combination that the others are compared with; `nil`: all pairs are.
  init(_ runs: ProblemRuns, _ roster: Roster, baseline: String?) {
    let all = runs.all
    let scale = LossScale(all)
    model = runs.model
    dataset = runs.dataset
    target = runs.target
    budget = runs.budget
    seedCount = runs.seedCounts.max() ?? 0
    loss = runs.loss
    isScenario = runs.loss == Loss.score.rawValue
    parameterCount = all.first?.result.run.model.parameterCount
    metric = runs.figure?.name
    unit = runs.figure?.facts.unit
    isMoreBetter = runs.isMoreBetter
    hasOwnMetric = runs.figure?.facts.component != nil
    isPart = runs.figure?.isPart ?? false
    lossScale = scale
    targets = scale?.targets ?? []
    horizon = PerEffort { effort in all.map { $0.spent[effort] }.max() ?? 0 }
    let lossRange: ClosedRange<Double> = isScenario ? .numbers : .amounts
    let context = ProblemContext(
      scale: scale, targets: targets, horizon: horizon,
      metricRange: runs.figure?.range(ofLoss: lossRange) ?? lossRange,
      lossRange: lossRange, budget: budget)
    combinations = zip(runs.combinations, runs.seedCounts).map { labels, seedCount in
      CombinationReport(
        labels, roster, runs.traces[labels] ?? [],
        failureCount: runs.failures[labels]?.count ?? 0, seedCount: seedCount, context)
    }
    pairs = PairReport.all(
      runs.combinations.map { labels in
        OutcomesBySeed(name: roster.name(of: labels), values: runs.outcomes(of: labels))
      }, isMoreBetter: isMoreBetter, baseline: baseline)
    effortRanking = EffortRanking(runs, combinations, hasTarget: budget.hasTarget)
    var starts: [UInt64: Set<String>] = [:]
    for trace in all { starts[trace.result.seed, default: []].insert(trace.result.startHash) }
    unpairedSeeds = starts.filter { $0.value.count > 1 }.keys.sorted()
  }
}

extension ComparedFigure {
  /// Where its values can be; of a component's metric nobody knows.
  ///
  /// - Parameter loss: where losses can be.
  /// - Returns: the range.
  fileprivate func range(ofLoss loss: ClosedRange<Double>) -> ClosedRange<Double> {
    guard facts.component == nil else { return .numbers }
    switch metric {
    case "accuracy": return .parts
    case "loss": return loss
    case "rmse": return .amounts
    default: return .numbers
    }
  }
}
