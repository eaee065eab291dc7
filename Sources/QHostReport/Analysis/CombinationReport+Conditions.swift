internal import QHostComparing
internal import QHostRuntime

extension CombinationReport.Conditions {
  /// What runs say of themselves.
  init(_ results: [CellResult]) {
    priors = Set(results.map { $0.run.prior ?? 0 }).sorted()
    batchRows = Set(results.map(\.run.cost.batchRows)).sorted()
    monitoredRows = Set(results.compactMap(\.run.monitoredRows)).sorted()
  }
}

extension CombinationReport.Excess {
  /// What a clock may be late by before a run counts as too long: a tenth of a second.
  private static let slackSeconds = 0.1

  /// The excess of runs over each limit of a budget.
  static func all(_ results: [CellResult], _ budget: Budget) -> [Self] {
    let limits: [(effort: Effort, limit: Double?)] = [
      (.evaluations, budget.maxEvaluations.map(Double.init)),
      (.passes, budget.maxForwardEquivalents), (.seconds, budget.maxSeconds),
    ]
    return limits.compactMap { effort, limit in
      limit.flatMap { Self(results, effort, limit: $0) }
    }
  }

  private init?(_ results: [CellResult], _ effort: Effort, limit: Double) {
    let spent = results.map { result in
      let cost = result.run.cost
      let (value, point) =
        switch effort {
        case .evaluations: (Double(cost.evaluations), 1.0)
        case .passes: (result.trainingPasses, result.passesOfPoint)
        case .processorSeconds: (cost.cpuSeconds, 0)
        case .seconds: (cost.seconds, Self.slackSeconds + result.secondsOfPoint)
        }
      // Sums of passes are rounded.
      return (value: value, isTooMuch: value > (limit + point) * (1 + 1e-9))
    }
    let excessive = spent.filter(\.isTooMuch).map(\.value)
    guard let most = excessive.max() else { return nil }
    self.effort = effort
    runCount = excessive.count
    self.most = most
    self.limit = limit
  }
}

extension CellResult {
  /// What a single point costs at most, in passes: a loss on the whole split, or what a gradient costs
  /// by the mean of the run.
  fileprivate var passesOfPoint: Double {
    let gradients = run.cost.gradientEvaluations
    return gradients > 0 ? max(1, trainingPasses / Double(gradients)) : 1
  }

  /// The seconds that a point took, on average.
  fileprivate var secondsOfPoint: Double {
    run.cost.seconds / Double(max(run.cost.evaluations, 1))
  }
}
