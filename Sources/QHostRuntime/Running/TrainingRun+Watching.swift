internal import QHostInterfaces

extension TrainingRun {
  /// Nanoseconds between two messages to the observer.
  static let updateInterval: UInt64 = 100_000_000
  /// Nanoseconds between two computations of an accuracy that is only shown.
  static let accuracyInterval: UInt64 = 2_000_000_000
  /// Forward-equivalents between two looks at a target that needs a whole split.
  static let monitorInterval = 50.0

  /// Whether the loss or the accuracy that was asked for is reached.
  ///
  /// On minibatches both are computed on whole splits, every fifty forward-equivalents: by counts, not
  /// by time, so that runs repeat.
  func isTargetReached() throws(ComponentError) -> Bool {
    if isBestLossReached { return true }
    guard needsSplit else { return false }
    let turn = Int(objective.cost.forwardEquivalents / Self.monitorInterval)
    guard turn > monitored else { return false }
    monitored = turn
    defer { now = Clock.nanoseconds() }
    return try isReachedOnSplit()
  }

  /// Whether what the run ends with reaches a target that needs a whole split.
  func isTargetReachedInTheEnd() throws(ComponentError) -> Bool {
    needsSplit ? try isReachedOnSplit() : false
  }

  /// Whether the current parameters reach a target; those that do are what the run ends with.
  private func isReachedOnSplit() throws(ComponentError) -> Bool {
    let parameters = try currentParameters()
    var isReached = false
    if let target = budget.untilAccuracy {
      let accuracy = try evaluation(parameters, on: monitoredSplit).metrics["accuracy"]
      isReached = accuracy.map { $0 >= target } ?? false
    }
    if let target = budget.untilLoss, hasMinibatches, !isReached {
      let loss = try evaluation(parameters, on: .train).metrics["loss"]
      isReached = loss.map { $0 <= target } ?? false
    }
    if isReached { reachedBy = parameters }
    return isReached
  }

  private var needsSplit: Bool {
    budget.untilAccuracy != nil || (budget.untilLoss != nil && hasMinibatches)
  }

  /// Whether the best loss is as low as asked for; on minibatches that says nothing.
  var isBestLossReached: Bool {
    guard let target = budget.untilLoss, !hasMinibatches else { return false }
    return best.loss <= target
  }

  private var hasMinibatches: Bool { objective.batchRows < assembly.parts.table.rowCount }

  /// Tells the observer how the run is doing.
  func update(_ now: UInt64, _ seconds: Double) throws(ComponentError) {
    lastUpdate = now
    guard let observer else { return }
    if observer.wantsAccuracy, now - lastAccuracy > Self.accuracyInterval {
      lastAccuracy = now
      accuracy = try evaluation(try currentParameters(), on: monitoredSplit).metrics["accuracy"]
    }
    observer.update(
      RunProgress(
        fraction: budget.progress(objective.cost, seconds: seconds), seconds: seconds,
        cost: objective.cost, bestLoss: best.loss, accuracy: accuracy))
    self.now = Clock.nanoseconds()
  }

  private var monitoredSplit: Split {
    assembly.data.table(.validation) == nil ? .train : .validation
  }

  private func currentParameters() throws(ComponentError) -> [Double] {
    if let recommended = try optimizer.recommendation() { return recommended }
    return best.point.isEmpty ? assembly.problem.initial : best.point
  }

  private func evaluation(
    _ parameters: [Double], on split: Split
  ) throws(ComponentError) -> Evaluation {
    guard let table = assembly.data.table(split) else {
      preconditionFailure("split \(split) has no rows")
    }
    return try Evaluation(of: parameters, on: split, table: table, parts: assembly.parts)
  }
}
