internal import Logging
internal import QHostInterfaces

extension TrainingRun {
  /// Nanoseconds between two checkpoints.
  static let checkpointInterval: UInt64 = 5_000_000_000

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
          + "restore the data, or start the run anew")
    }
    let n = assembly.problem.dimension
    guard [0, n].contains(checkpoint.base.count), [0, n].contains(checkpoint.best.point.count)
    else {
      throw RunError(
        .data,
        "the checkpoint in '\(folder)' is of a model with \(checkpoint.best.point.count) parameters, "
          + "this one has \(n); use the plugins that the run began with, or start the run anew")
    }
    try translating { () throws(ComponentError) in try optimizer.load(checkpoint.optimizer) }
    let state = checkpoint.state
    objective.restore(
      batchNumber: state.batchNumber, isOnFull: state.isOnFull, base: checkpoint.base,
      cost: state.cost)
    best = checkpoint.best
    secondsBefore = state.seconds
    processorSecondsBefore = state.processorSeconds
    optimizerNanoseconds = UInt64(state.optimizerSeconds * 1e9)
    monitored = state.monitored
  }

  /// Writes a checkpoint because time has passed; a full disk costs a warning, not the run.
  func autosave() throws(RunError) {
    defer {
      now = Clock.nanoseconds()
      lastCheckpoint = now
    }
    do throws(RunError) {
      _ = try writeCheckpoint()
    } catch let error {
      guard error.kind == .data else { throw error }
      assembly.common.logger.warning("the run goes on without a new checkpoint: \(error.message)")
    }
  }

  /// Writes a checkpoint.
  ///
  /// - Returns: whether there is one now: an optimizer may not be able to save its state.
  func writeCheckpoint() throws(RunError) -> Bool {
    guard let folder, canSave else { return false }
    let saved: [UInt8]
    do throws(ComponentError) {
      saved = try optimizer.save()
    } catch let error {
      guard error.severity == .unsupported else { throw RunError(error) }
      canSave = false
      return false
    }
    let cost = objective.cost
    let state = Checkpoint.State(
      specification: assembly.specification, datasetSHA256: assembly.data.sha256,
      batchNumber: objective.batchNumber, isOnFull: objective.isOnFull,
      lossEvaluations: cost.lossEvaluations, gradientEvaluations: cost.gradientEvaluations,
      forwardEquivalents: cost.forwardEquivalents.bitPattern, discarded: cost.discarded,
      bestLoss: best.loss.bitPattern, seconds: seconds, processorSeconds: processorSeconds,
      optimizerSeconds: Double(optimizerNanoseconds) * 1e-9, monitored: monitored)
    try Checkpoint(
      state: state, optimizer: saved, base: objective.cutState.base, best: best
    ).write(to: folder)
    return true
  }
}

extension Checkpoint.State {
  fileprivate var cost: Cost {
    var cost = Cost()
    cost.lossEvaluations = lossEvaluations
    cost.gradientEvaluations = gradientEvaluations
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
