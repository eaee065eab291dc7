internal import QHostRuntime

/// What a cell of a combination takes, from some that were tried.
package struct CellCost: Sendable, Equatable {
  /// A cell that was done for a while, as a comparison does it.
  package struct Trial: Sendable {
    /// Seconds from when the worker was asked to when the line was in the journal.
    package var seconds: Double
    /// Those of the run.
    package var runSeconds: Double
    /// The part of its budget that was spent, 1 for a run that ended by itself.
    package var fraction: Double

    /// Makes a trial.
    package init(seconds: Double, runSeconds: Double, fraction: Double) {
      self.seconds = seconds
      self.runSeconds = runSeconds
      self.fraction = fraction
    }
  }

  /// Seconds of a whole run.
  package var run: Double
  /// Seconds beside it: to make its parts, to measure what came out, to write the line.
  package var beside: Double
  /// Further seconds of the first cell of a dataset in a worker.
  package var first: Double

  /// Of all together.
  var seconds: Double { run + beside }

  /// Makes a cost.
  package init(run: Double, beside: Double, first: Double = 0) {
    self.run = run
    self.beside = beside
    self.first = first
  }

  /// Takes the trials of a combination in one worker, in order: the first has loaded what the others find.
  ///
  /// - Parameter trials: at least one.
  package init(_ trials: [Trial]) {
    let warm = trials.count > 1 ? Array(trials.dropFirst()) : trials
    let fraction = warm.reduce(0) { $0 + $1.fraction }
    run = warm.reduce(0) { $0 + $1.runSeconds } / max(fraction, 1e-9)
    beside =
      warm.reduce(0) { $0 + max(0, $1.seconds - $1.runSeconds) } / Double(max(warm.count, 1))
    first = 0
    if trials.count > 1 { first = max(0, trials[0].seconds - trials[0].runSeconds - beside) }
  }

  /// The mean of several; `nil` of none.
  static func mean(_ costs: [CellCost]) -> CellCost? {
    guard !costs.isEmpty else { return nil }
    let count = Double(costs.count)
    return CellCost(
      run: costs.reduce(0) { $0 + $1.run } / count,
      beside: costs.reduce(0) { $0 + $1.beside } / count,
      first: costs.reduce(0) { $0 + $1.first } / count)
  }
}

extension CellCost.Trial {
  /// A cell that was done.
  ///
  /// - Parameters:
  ///   - result: its line; its run was limited further than the plan wants.
  ///   - budget: what the plan wants.
  ///   - seconds: from when the worker was asked to when the line was in the journal.
  init(_ result: CellResult, of budget: Budget, seconds: Double) {
    self.seconds = seconds
    let cost = result.run.cost
    runSeconds = cost.seconds
    guard result.run.stopReason == .budgetSpent else {
      fraction = 1
      return
    }
    let parts = [
      budget.maxEvaluations.map { Double(cost.evaluations) / Double($0) },
      budget.maxForwardEquivalents.map { result.trainingPasses / $0 },
      budget.maxSeconds.map { cost.seconds / $0 },
    ]
    fraction = min(1, parts.compactMap(\.self).max() ?? 1)
  }
}
