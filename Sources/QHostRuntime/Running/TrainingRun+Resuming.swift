internal import Logging
internal import QHostInterfaces

extension TrainingRun {
  /// Nanoseconds between two checkpoints.
  static let checkpointInterval: UInt64 = 5_000_000_000
  /// Nanoseconds of a query after which it may be interrupted within the next one.
  static let longQuery: UInt64 = 100_000_000
  /// The run continues for so many times as long as a snapshot took before the next one.
  static let timePerSnapshot: UInt64 = 50

  /// Takes up the run whose checkpoint is in the run's folder.
  ///
  /// - Throws: kind `usage` when there is none, `data` when it is damaged or the dataset has changed.
  public func resume() throws(RunError) {
    guard let folder else { throw RunError(.usage, "a run without a folder cannot be resumed") }
    let checkpoint = try Checkpoint(reading: folder)
    guard checkpoint.state.datasetSHA256 == assembly.data.sha256 else {
      throw RunError(
        .data,
        "dataset '\(assembly.data.name)' has changed since the run was interrupted; "
          + "restore the data, or start a new run")
    }
    let n = assembly.problem.dimension
    guard
      [checkpoint.base, checkpoint.best.point, checkpoint.incumbent].allSatisfy({
        [0, n].contains($0.count)
      }),
      checkpoint.front.members.allSatisfy({ $0.parameters.count == n })
    else {
      throw RunError(
        .data,
        "the checkpoint in '\(folder)' is of a model with \(checkpoint.best.point.count) parameters, "
          + "this one has \(n); use the plugins that the run began with, or start a new run")
    }
    try translating { () throws(ComponentError) in try optimizer.load(checkpoint.optimizer) }
    let state = checkpoint.state
    objective.restore(
      batchNumber: state.batchNumber, isOnFull: state.isOnFull, base: checkpoint.base,
      cost: state.cost)
    objective.worstFeasible = state.worstFeasible.map { Double(bitPattern: $0) }
    best = checkpoint.best
    incumbent = (state.incumbent, checkpoint.incumbent)
    front = checkpoint.front
    events = checkpoint.events
    secondsBefore = state.seconds
    processorSecondsBefore = state.processorSeconds
    optimizerNanoseconds = UInt64(state.optimizerSeconds * 1e9)
    watch.schedule.goOn(at: Double(bitPattern: state.nextLook))
    // Those up to here are in the folder.
    _ = snapshots?.take(at: objective.cost.forwardEquivalents)
  }

  /// Keeps what the run can continue from, at a place where that can be.
  ///
  /// A snapshot is taken where the next such place may be far: at the start, before cuts are opened again, and
  /// where queries take long. Every five seconds it is written too.
  func keepSnapshot() throws(RunError) {
    let wasOpen = objective.cutState.isOpen
    guard objective.isCleanPoint(), folder != nil, canSave else { return }
    if now - lastCheckpoint > Self.checkpointInterval {
      try autosave()
    } else if snapshot == nil
      || (now >= nextSnapshot && (wasOpen || lastQueryNanoseconds > Self.longQuery))
    {
      let begun = Clock.nanoseconds()
      snapshot = try makeCheckpoint()
      let ended = Clock.nanoseconds()
      nextSnapshot = ended + Self.timePerSnapshot * (ended - begun)
    }
  }

  /// Writes the last place that the run can continue from.
  ///
  /// - Parameter isWithinQuery: whether the optimizer waits for an answer.
  /// - Returns: whether there is one.
  /// - Throws: when it cannot be written.
  func writeLastCleanPoint(isWithinQuery: Bool) throws(RunError) -> Bool {
    guard let folder else { return false }
    if !isWithinQuery, objective.isCleanPoint() { snapshot = try makeCheckpoint() }
    guard let snapshot else { return false }
    try snapshot.write(to: folder)
    return true
  }

  /// Writes the last clean point of a run that ends by a component's failure, if there is one.
  func writeSnapshot() {
    guard let folder, let snapshot else { return }
    do throws(RunError) {
      try snapshot.write(to: folder)
    } catch let error {
      assembly.common.logger.warning("there is no new checkpoint: \(error.message)")
    }
  }

  /// Writes a checkpoint because time has passed; a full disk costs a warning, not the run.
  private func autosave() throws(RunError) {
    defer {
      now = Clock.nanoseconds()
      lastCheckpoint = now
    }
    guard let folder, let checkpoint = try makeCheckpoint() else { return }
    snapshot = checkpoint
    do throws(RunError) {
      try checkpoint.write(to: folder)
    } catch let error {
      guard error.kind == .data else { throw error }
      assembly.common.logger.warning("the run continues without a new checkpoint: \(error.message)")
    }
  }

  /// What the run can continue from, at a clean point.
  ///
  /// - Returns: `nil` when the optimizer cannot save its state.
  private func makeCheckpoint() throws(RunError) -> Checkpoint? {
    guard canSave else { return nil }
    let saved: [UInt8]
    do throws(ComponentError) {
      saved = try optimizer.save()
    } catch let error {
      guard error.severity == .unsupported else { throw RunError(error) }
      canSave = false
      return nil
    }
    let cost = objective.cost
    let state = Checkpoint.State(
      specification: assembly.specification, datasetSHA256: assembly.data.sha256,
      batchNumber: objective.batchNumber, isOnFull: objective.isOnFull,
      lossEvaluations: cost.lossEvaluations, lossRows: cost.lossRows,
      gradientEvaluations: cost.gradientEvaluations, gradientRows: cost.gradientRows,
      forwardEquivalents: cost.forwardEquivalents.bitPattern, discarded: cost.discarded,
      bestLoss: best.standing.loss.bitPattern, bestViolation: best.standing.violation.bitPattern,
      incumbentLoss: incumbent.standing.loss.bitPattern,
      incumbentViolation: incumbent.standing.violation.bitPattern,
      worstFeasible: objective.worstFeasible?.bitPattern, prunedCount: front.prunedCount,
      seconds: seconds,
      processorSeconds: processorSeconds,
      optimizerSeconds: Double(optimizerNanoseconds) * 1e-9,
      nextLook: watch.schedule.next.bitPattern)
    return Checkpoint(
      state: state, optimizer: saved, base: objective.cutState.base, best: best,
      incumbent: incumbent.point, front: front, events: events)
  }
}

extension Checkpoint.State {
  fileprivate var cost: Cost {
    var cost = Cost()
    cost.lossEvaluations = lossEvaluations
    cost.lossRows = lossRows
    cost.gradientEvaluations = gradientEvaluations
    cost.gradientRows = gradientRows
    cost.forwardEquivalents = Double(bitPattern: forwardEquivalents)
    cost.discarded = discarded
    return cost
  }
}

extension Objective {
  /// Puts the objective where it was at a clean point.
  func restore(batchNumber: Int, isOnFull: Bool, base: [Double], cost: Cost) {
    self.batchNumber = batchNumber
    self.isOnFull = isOnFull
    cutState = CutState()
    cutState.base = base
    self.cost = cost
  }
}
