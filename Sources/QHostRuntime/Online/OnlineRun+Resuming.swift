internal import Logging
internal import QHostInterfaces

extension OnlineRun {
  /// What an interrupted run was.
  public struct Interrupted: Sendable {
    /// What was asked for.
    public var specification: RunSpecification
    /// How it learned.
    public var settings: OnlineSettings
    /// Where its rows came from.
    public var source: OnlineSource
  }

  /// The name of the file that an interrupted run continues from.
  public static let checkpointName = OnlineCheckpoint.fileName
  /// The name of the file with the model as it stood at the end.
  public static let modelName = TrainingRun.modelName

  private static let stateVersion = 1
  /// Nanoseconds between two checkpoints.
  private static let interval: UInt64 = 5_000_000_000

  /// What a folder's checkpoint says that the run is; `nil`: it has none of an online run.
  ///
  /// - Throws: kind `data` for one that is damaged.
  public static func interrupted(in folder: String) throws(RunError) -> Interrupted? {
    guard FileAccess.exists(folder + "/" + checkpointName) else { return nil }
    let state = try OnlineCheckpoint(reading: folder).state
    return Interrupted(
      specification: state.specification, settings: state.settings, source: state.source)
  }

  /// Takes up the run whose checkpoint is in the run's folder.
  ///
  /// - Throws: kind `data` when it is damaged, or the stream is another one.
  public func resume() throws(RunError) {
    guard let folder else { throw RunError(.usage, "a run without a folder cannot be resumed") }
    let checkpoint = try OnlineCheckpoint(reading: folder)
    guard checkpoint.learners.count == learners.count else {
      throw RunError(.data, "the checkpoint in '\(folder)' is of other models; start a new run")
    }
    try assembly.stream.skip(
      to: checkpoint.state.counts.rows, fingerprint: checkpoint.state.fingerprint)
    try translating { () throws(ComponentError) in
      var reader = try StateReader(checkpoint.run, version: Self.stateVersion)
      try pending.load(&reader)
      try simple.load(&reader)
      lastKnown = try reader.readReals(count: lastKnown.count).map { Float($0) }
      try reader.finish()
      for (learner, bytes) in zip(learners, checkpoint.learners) {
        var reader = try StateReader(bytes, version: Self.stateVersion)
        try learner.load(&reader)
        try reader.finish()
      }
    }
    counts = checkpoint.state.counts
    if settings.writesPredictions {
      predictions = try PredictionLog(folder, keeping: checkpoint.state.predictionBytes)
    }
    snapshot = checkpoint
  }

  /// Makes a place that the run can continue from, keeps it where the last one is old, and writes it now and then.
  func keepPlace() throws(RunError) {
    for learner in learners { learner.clean() }
    try predictions?.writeIfLarge()
    guard let folder, canSave else { return }
    let now = Clock.nanoseconds()
    guard snapshot == nil || now >= nextSnapshot else { return }
    guard let made = try makeCheckpoint() else { return }
    let taken = Clock.nanoseconds() - now
    nextSnapshot = now + taken * TrainingRun.timePerSnapshot
    let isFirst = snapshot == nil
    snapshot = made
    guard isFirst || now - lastWrite > Self.interval else { return }
    lastWrite = now
    // What the checkpoint says is predicted must be there.
    try predictions?.flush()
    do throws(RunError) {
      try made.write(to: folder)
    } catch let error {
      assembly.common.logger.warning("the run continues without a new checkpoint: \(error.message)")
    }
  }

  /// Writes the last place that the run can continue from.
  func writeSnapshot() throws(RunError) {
    guard let folder, let snapshot else { return }
    try predictions?.flush()
    try snapshot.write(to: folder)
  }

  /// Whether it can be resumed.
  public var canResume: Bool { canSave && snapshot != nil && folder != nil }

  private func makeCheckpoint() throws(RunError) -> OnlineCheckpoint? {
    var run = StateWriter(version: Self.stateVersion)
    pending.save(&run)
    simple.save(&run)
    run.write(lastKnown.map { Double($0) })
    var saved: [[UInt8]] = []
    for learner in learners {
      var writer = StateWriter(version: Self.stateVersion)
      do throws(ComponentError) {
        try learner.save(&writer)
      } catch let error {
        guard error.severity == .unsupported else { throw RunError(error) }
        canSave = false
        assembly.common.logger.warning("the run cannot be resumed: \(error.message)")
        return nil
      }
      saved.append(writer.bytes)
    }
    return OnlineCheckpoint(
      state: OnlineCheckpoint.State(
        specification: assembly.specification, settings: settings, source: assembly.source,
        counts: counts, fingerprint: assembly.stream.fingerprint,
        predictionBytes: predictions?.byteCount ?? 0), run: run.bytes, learners: saved)
  }
}
