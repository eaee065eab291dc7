internal import QHostRuntime
internal import QHostStatistics

/// The runs of a problem, before they are summed up.
struct ProblemRuns {
  let model: String
  let dataset: String
  let target: String?
  /// Its combinations, in the plan's order.
  let combinations: [CellLabels]
  var traces: [CellLabels: [RunTrace]] = [:]
  var failures: [CellLabels: [FailureRecord]] = [:]

  /// All runs, in the order of combinations.
  var all: [RunTrace] { combinations.flatMap { traces[$0] ?? [] } }

  /// Whether more of the compared figure is better.
  var isMoreBetter: Bool { metric?.hasSuffix("accuracy") ?? false }

  /// The name of the compared figure.
  var metric: String? { all.first?.result.run.finalMetric?.name }

  /// The compared figure with its sign such that less is better, by seed; infinity for runs that failed.
  func outcomes(of labels: CellLabels) -> [UInt64: Double] {
    let sign = isMoreBetter ? -1.0 : 1
    var values: [UInt64: Double] = [:]
    for failure in failures[labels] ?? [] { values[failure.seed] = .infinity }
    for trace in traces[labels] ?? [] {
      if let metric = trace.metric { values[trace.result.seed] = sign * metric }
    }
    return values
  }
}

extension ProblemReport {
  /// Sums up a problem.
  init(_ runs: ProblemRuns, _ roster: Roster, plan: ComparisonPlan, baseline: String?) {
    let all = runs.all
    let scale = LossScale(all)
    model = runs.model
    dataset = runs.dataset
    target = runs.target
    loss = all.first?.result.run.loss
    parameterCount = all.first?.result.run.model.parameterCount
    metric = runs.metric
    isMoreBetter = runs.isMoreBetter
    lossScale = scale
    targets = scale?.targets ?? []
    horizon = PerEffort { effort in all.map { $0.spent[effort] }.max() ?? 0 }
    let context = ProblemContext(
      scale: scale, targets: targets, horizon: horizon,
      hasTarget: plan.budget.untilLoss != nil || plan.budget.untilAccuracy != nil,
      seedCount: plan.seeds.count)
    combinations = runs.combinations.map { labels in
      CombinationReport(
        labels, roster, runs.traces[labels] ?? [],
        failureCount: runs.failures[labels]?.count ?? 0, context)
    }
    pairs = PairReport.all(
      runs.combinations.map { labels in
        OutcomesBySeed(name: roster.name(of: labels), values: runs.outcomes(of: labels))
      }, isMoreBetter: isMoreBetter, baseline: baseline)
    var starts: [UInt64: Set<String>] = [:]
    for trace in all { starts[trace.result.seed, default: []].insert(trace.result.startHash) }
    unpairedSeeds = starts.filter { $0.value.count > 1 }.keys.sorted()
  }
}
