internal import QHostInterfaces

extension TrainingRun {
  /// Nanoseconds between two messages to the observer.
  static let updateInterval: UInt64 = 100_000_000
  /// Nanoseconds between two computations of an accuracy that is only shown.
  static let accuracyInterval: UInt64 = 2_000_000_000

  /// Looks at where the run starts, with minibatches: all optimizers have that loss in common.
  func lookAtStart() throws(ComponentError) {
    guard objective.isNoisy, events.events.isEmpty else { return }
    let initial = assembly.problem.initial
    note(try watch.look(at: initial), initial)
  }

  /// Looks at what the run would end with now.
  ///
  /// - Returns: whether it reaches what was asked for; then it is what the run ends with.
  func look() throws(ComponentError) -> Bool {
    defer { now = Clock.nanoseconds() }
    let passes = objective.cost.forwardEquivalents
    watch.schedule.advance(beyond: passes)
    let parameters = try currentParameters()
    let look = try watch.look(at: parameters)
    note(look, parameters)
    keepIncumbent(parameters, look)
    let isNear =
      (budget.untilLoss.map { (look.standing?.feasibleLoss ?? .infinity) <= $0 } ?? false)
      || (budget.untilAccuracy.map { (look.accuracy ?? 0) >= $0 } ?? false)
      || watch.isReached(look.metric)
    guard isNear else { return false }
    // A sample may say so by luck.
    if try isReached(by: parameters) { return true }
    watch.schedule.postpone(after: passes)
    return false
  }

  /// Looks at what the run ends with, where it is watched, and whether it reaches a target that needs a whole
  /// split.
  func lookInTheEnd(hasReached: Bool) throws(ComponentError) -> Bool {
    if hasReached, reachedBy == nil { return true }
    var parameters = try currentParameters()
    if let reachedBy { parameters = reachedBy }
    let watches = budget.untilAccuracy != nil || budget.untilMetric != nil
    guard objective.isNoisy || (!hasReached && watches) else {
      return hasReached
    }
    let look = try watch.look(at: parameters)
    note(look, parameters)
    keepIncumbent(parameters, look)
    if hasReached { return true }
    if let accuracy = look.accuracy, let target = budget.untilAccuracy, budget.untilLoss == nil,
      budget.untilMetric == nil, !watch.canBe(accuracy, onTheWhole: target)
    {
      return false
    }
    return try isReached(by: parameters)
  }

  /// Whether parameters reach, on a whole split, a target that cannot be seen in the answers.
  private func isReached(by parameters: [Double]) throws(ComponentError) -> Bool {
    var isReached = false
    if let target = budget.untilAccuracy {
      isReached = try watch.wholeAccuracy(of: parameters).map { $0 >= target } ?? false
    }
    if budget.untilMetric != nil, !isReached {
      isReached = try watch.wholeMetricIsReached(by: parameters)
    }
    if let target = budget.untilLoss, objective.isNoisy, !isReached {
      isReached = try watch.wholeStanding(of: parameters).feasibleLoss <= target
    }
    if isReached { reachedBy = parameters }
    return isReached
  }

  /// Keeps the point that was looked at if it is the best of them, and begins to look for the next one.
  private func keepIncumbent(_ parameters: [Double], _ look: RunWatch.Look) {
    guard objective.isStochastic, let standing = look.standing else { return }
    if standing < incumbent.standing { incumbent = (standing, parameters) }
    best.forgetLoss()
  }

  private func note(_ look: RunWatch.Look, _ parameters: [Double]) {
    guard let standing = look.standing, standing.isFeasible else { return }
    let cost = objective.cost
    noteObjectives(look.objectives, evaluations: cost.evaluations) { parameters }
    events.note(
      LossEvents.Event(
        evaluations: cost.evaluations, forwardEquivalents: cost.forwardEquivalents,
        seconds: seconds, loss: standing.loss))
  }

  /// Tells the observer how the run is doing.
  func update() throws(ComponentError) {
    lastUpdate = now
    guard let observer else { return }
    if observer.wantsAccuracy, now - lastAccuracy > Self.accuracyInterval {
      lastAccuracy = now
      accuracy = try watch.accuracy(of: try currentParameters())
    }
    let seconds = seconds
    observer.update(
      RunProgress(
        fraction: budget.progress(objective.cost, seconds: seconds), seconds: seconds,
        cost: objective.cost, bestLoss: events.bestLoss, accuracy: accuracy))
    now = Clock.nanoseconds()
  }

  /// What the run would end with now.
  func currentParameters() throws(ComponentError) -> [Double] {
    if let recommended = try optimizer.recommendation() { return recommended }
    return best.point.isEmpty ? assembly.problem.initial : best.point
  }
}
