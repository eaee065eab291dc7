internal import QHostComparing
internal import QHostRuntime
internal import QHostStatistics

/// What all combinations of a problem are measured by.
struct ProblemContext {
  let scale: ProblemReport.LossScale?
  let targets: [Double]
  let horizon: PerEffort<Double>
  /// Where the compared figure can be.
  let metricRange: ClosedRange<Double>
  /// Where losses can be.
  let lossRange: ClosedRange<Double>
  /// When runs end.
  let budget: Budget

  /// The area over a run's convergence curve; `nil` without a scale or losses.
  func area(of run: RunTrace, _ effort: Effort) -> Double? {
    scale.flatMap { $0.area(of: run, effort, to: horizon[effort]) }
  }
}

extension CombinationReport {
  /// Sums up the runs of a combination.
  init(
    _ labels: CellLabels, _ roster: Roster, _ traces: [RunTrace], failureCount: Int,
    seedCount: Int, _ context: ProblemContext
  ) {
    let results = traces.map(\.result)
    let costs = results.map(\.run.cost)
    self.labels = labels
    name = roster.name(of: labels)
    series = roster.series(of: labels)
    runCount = traces.count
    self.failureCount = failureCount
    missingCount = max(0, seedCount - traces.count - failureCount)
    unmeasuredCount = traces.count { $0.figure?.value.isNaN ?? false }
    let figures = traces.compactMap(\.figure)
    feasibleCount =
      figures.contains { $0.violation != nil } ? figures.count(where: \.isFeasible) : nil
    stopReasons = Dictionary(
      results.map { ($0.run.stopReason.rawValue, 1) }, uniquingKeysWith: +)
    conditions = Conditions(results)
    excess = Excess.all(results, context.budget)
    metric = Distribution(traces.compactMap(\.metric), within: context.metricRange)
    bestLoss = Distribution(traces.compactMap(\.bestLoss), within: context.lossRange)
    evaluations = Distribution(amounts: costs.map { Double($0.evaluations) })
    passes = Distribution(amounts: results.map(\.trainingPasses))
    isImported = results.contains(where: \.isImported)
    let timed = results.filter { !$0.isImported }.map(\.run.cost)
    seconds = Distribution(amounts: timed.map(\.seconds))
    cpuSeconds = Distribution(amounts: timed.map(\.cpuSeconds))
    optimizerSeconds = Distribution(amounts: timed.map(\.optimizerSeconds))
    objectiveSeconds = Distribution(amounts: timed.map { $0.seconds - $0.optimizerSeconds })
    optimizerMicrosecondsPerEvaluation = Distribution(
      amounts: timed.compactMap(\.optimizerMicrosecondsPerEvaluation))
    deployment = Deployment(results)
    anytime = PerEffort { effort in
      let known = effort.isTime ? traces.filter { !$0.result.isImported } : traces
      return Distribution(known.compactMap { context.area(of: $0, effort) }, within: .parts)
    }
    convergence = PerEffort { ConvergenceBand(traces, $0) }
    reached = PerEffort { effort in
      FractionCurve(
        EmpiricalDistribution(
          pairsOf: traces.map { ($0.curves[effort], context.targets) },
          missed: failureCount * context.targets.count))
    }
    runs = traces.map { trace in
      Run(
        seed: trace.result.seed, metric: trace.metric, bestLoss: trace.bestLoss,
        anytime: context.area(of: trace, .passes))
    }
    if context.budget.hasTarget {
      success = Success(traces, failureCount: failureCount)
      expectedTime = ExpectedTime.toTarget(traces, failureCount: failureCount)
    }
  }
}

extension CombinationReport.Deployment {
  /// Sums up what was deployed; `nil` when nothing was.
  fileprivate init?(_ results: [CellResult]) {
    let deployments = results.compactMap(\.run.deployment)
    guard !deployments.isEmpty else { return nil }
    accuracy = Distribution(deployments.compactMap(\.accuracy), within: .parts)
    agreement = Distribution(deployments.compactMap(\.agreement), within: .parts)
    bytes = Distribution(amounts: deployments.map { Double($0.bytes) })
    cycles = Distribution(amounts: deployments.compactMap(\.cycles?.mean))
  }
}

extension CombinationReport.Success {
  /// The runs that reached the target; `nil` of none.
  fileprivate init?(_ traces: [RunTrace], failureCount: Int) {
    let successes = traces.count { $0.isSuccess }
    let rate = SuccessRate(successes: successes, runs: traces.count + failureCount)
    guard let value = rate.value else { return nil }
    count = successes
    outOf = rate.runs
    self.rate = value
    interval = rate.wilson()
  }
}

extension CombinationReport.ExpectedTime {
  /// The time to the plan's target.
  fileprivate static func toTarget(
    _ traces: [RunTrace], failureCount: Int
  ) -> PerEffort<Self>? {
    guard failureCount == 0 else {
      return PerEffort { _ in Self(absence: "\(failureCount) failed") }
    }
    guard !traces.isEmpty else { return nil }
    return PerEffort { effort in
      guard !effort.isTime || !traces.contains(where: \.result.isImported) else {
        return Self(absence: "not known")
      }
      let time = ExpectedRunningTime(
        traces.map {
          ExpectedRunningTime.Run(cost: $0.costOfTarget[effort], isSuccess: $0.isSuccess)
        })
      return Self(value: time.value, interval: time.interval())
    }
  }
}

extension RunRecord.Cost {
  /// What the optimizer itself took of each evaluation; `nil` without any.
  fileprivate var optimizerMicrosecondsPerEvaluation: Double? {
    evaluations > 0 ? optimizerSeconds * 1e6 / Double(evaluations) : nil
  }
}
