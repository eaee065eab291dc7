internal import QHostRuntime
internal import QHostStatistics

/// What all combinations of a problem are measured by.
struct ProblemContext {
  let scale: ProblemReport.LossScale?
  let targets: [Double]
  let horizon: PerEffort<Double>
  /// Whether the plan sets a target.
  let hasTarget: Bool
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
    stopReasons = Dictionary(
      results.map { ($0.run.stopReason.rawValue, 1) }, uniquingKeysWith: +)
    metric = Distribution(traces.compactMap(\.metric))
    bestLoss = Distribution(traces.compactMap(\.bestLoss))
    evaluations = Distribution(costs.map { Double($0.evaluations) })
    passes = Distribution(results.map(\.trainingPasses))
    seconds = Distribution(costs.map(\.seconds))
    cpuSeconds = Distribution(costs.map(\.cpuSeconds))
    optimizerSeconds = Distribution(costs.map(\.optimizerSeconds))
    objectiveSeconds = Distribution(costs.map { $0.seconds - $0.optimizerSeconds })
    optimizerMicrosecondsPerEvaluation = Distribution(
      costs.filter { $0.evaluations > 0 }.map {
        $0.optimizerSeconds * 1e6 / Double($0.evaluations)
      })
    deployment = Deployment(results)
    let areas = PerEffort { effort in
      traces.map { trace in
        context.scale.flatMap { $0.area(of: trace, effort, to: context.horizon[effort]) }
      }
    }
    anytime = PerEffort { Distribution(areas[$0].compactMap(\.self)) }
    convergence = PerEffort { ConvergenceBand(traces, $0) }
    reached = PerEffort { effort in
      FractionCurve(
        traces.map { ($0.curves[effort], context.targets) }, failureCount: failureCount,
        targetCount: context.targets.count)
    }
    runs = zip(traces, areas.passes).map { trace, area in
      Run(
        seed: trace.result.seed, metric: trace.metric, bestLoss: trace.bestLoss, anytime: area)
    }
    if context.hasTarget {
      success = Success(traces, failureCount: failureCount)
      expectedTime = ExpectedTime.toTarget(traces)
    }
  }
}

extension CombinationReport.Deployment {
  /// Sums up what was deployed; `nil` when nothing was.
  fileprivate init?(_ results: [CellResult]) {
    let deployments = results.compactMap(\.run.deployment)
    guard !deployments.isEmpty else { return nil }
    accuracy = Distribution(deployments.compactMap(\.accuracy))
    agreement = Distribution(deployments.compactMap(\.agreement))
    bytes = Distribution(deployments.map { Double($0.bytes) })
    cycles = Distribution(deployments.compactMap(\.cycles?.mean))
  }
}

extension CombinationReport.Success {
  /// The runs that reached the target; `nil` of none.
  fileprivate init?(_ traces: [RunTrace], failureCount: Int) {
    let successes = traces.count { $0.result.run.stopReason == .targetReached }
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
  fileprivate static func toTarget(_ traces: [RunTrace]) -> PerEffort<Self>? {
    guard !traces.isEmpty else { return nil }
    return PerEffort { effort in
      let time = ExpectedRunningTime(
        traces.map {
          ExpectedRunningTime.Run(
            cost: $0.spent[effort], isSuccess: $0.result.run.stopReason == .targetReached)
        })
      return Self(value: time.value ?? .infinity, interval: time.interval())
    }
  }
}

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
      from: first, to: end, perTenfold: max(1, Int(Self.placeCount / decades)))
    guard let band = CurveBand(curves, at: grid) else { return nil }
    // Before half of the runs have a loss there is no median.
    let begun = band.median.firstIndex { $0.isFinite } ?? grid.endIndex
    self.effort = Array(band.places[begun...])
    lower = Array(band.lower[begun...])
    median = Array(band.median[begun...])
    upper = Array(band.upper[begun...])
  }
}

extension FractionCurve {
  /// Steps at most, so that a page stays small.
  private static let stepCount = 60

  /// The part of pairs of runs and targets that is reached.
  ///
  /// - Parameters:
  ///   - runs: the curve of each run, and its targets.
  ///   - failureCount: runs that failed, which reach none.
  ///   - targetCount: the targets of each of these.
  init(
    _ runs: [(curve: StepCurve, targets: [Double])], failureCount: Int, targetCount: Int
  ) {
    let times = runs.flatMap { run in
      run.targets.map { run.curve.place(reaching: $0) ?? .infinity }
    }
    let never = [Double](repeating: .infinity, count: failureCount * targetCount)
    self.init(EmpiricalDistribution(times + never))
  }

  /// A distribution, with as many of its steps as can be told apart.
  init(_ distribution: EmpiricalDistribution) {
    var places: [Double] = []
    for time in distribution.times where time != places.last { places.append(time) }
    let every = max(1, (places.count + Self.stepCount - 1) / Self.stepCount)
    x = places.indices.filter { $0 % every == 0 || $0 == places.count - 1 }.map { places[$0] }
    fraction = x.map { distribution.fraction(at: $0) }
  }
}
