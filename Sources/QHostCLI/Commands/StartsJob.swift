import QHostRuntime

/// Several runs that differ in their seed alone, of which the best is kept.
struct StartsJob {
  /// The most of them.
  static let most = 1000

  let count: Int
  /// The first of them; its folder is that of all.
  let job: RunJob

  /// - Throws: kind `usage` for a number of starts that is none, and for seeds beyond the largest.
  init(count: Int, job: RunJob) throws(RunError) {
    guard (1...Self.most).contains(count) else {
      throw RunError(.usage, "--starts cannot be \(count): it must be 1 to \(Self.most)")
    }
    guard !job.specification.seed.addingReportingOverflow(UInt64(count - 1)).overflow else {
      throw RunError(
        .usage,
        "--starts \(count) needs the seeds after \(job.specification.seed), and the largest is \(UInt64.max); lower --seed"
      )
    }
    self.count = count
    self.job = job
  }

  /// Trains from all of them, copies the best model to the folder and prints the best one's result.
  ///
  /// - Throws: what a start throws; where the best model of those before it is, is said first.
  func run(_ session: Session, command: RunCommand) throws {
    let jobs = try jobs()
    var starts: [RunRecord.SeededRun] = []
    var best: RunJob.Made?
    for own in jobs {
      let made: RunJob.Made
      do {
        made = try train(own, session, command)
      } catch {
        say(best, after: starts.count, command)
        throw error
      }
      guard made.outcome.reason != .cancelled else {
        say(best, after: starts.count, command)
        return try job.show(made, command)
      }
      let start = made.record.asSeededRun
      starts.append(start)
      if !command.host.quiet { Terminal.line(line(start, starts.count)) }
      if best.map({ start.isBetter(than: $0.record.asSeededRun) }) ?? true { best = made }
    }
    guard var best else { return }
    best.record.starts = starts
    if let folder = job.folder {
      try best.record.copyModel(from: best.folder.path, to: folder.path)
    }
    try job.show(best, command)
  }

  /// The runs, each in a folder of its own; one that is taken is known before any of them begins.
  private func jobs() throws -> [RunJob] {
    try (0..<count).map { index in
      var specification = job.specification
      specification.seed += UInt64(index)
      let folder = try job.folder.map { (folder) throws(RunError) in
        try RunFolder(named: "\(folder.path)/start-\(index + 1)")
      }
      return RunJob(specification: specification, folder: folder, isResumed: false)
    }
  }

  private func train(
    _ own: RunJob, _ session: Session, _ command: RunCommand
  ) throws -> RunJob.Made {
    var session = session
    session.common.seed = own.specification.seed
    let made = try command.startNear(own, session).train(session, command)
    if let failure = made.failure { throw failure }
    return made
  }

  /// Says what is there already where a start does not come to its end.
  private func say(_ best: RunJob.Made?, after number: Int, _ command: RunCommand) {
    guard let best, !command.host.quiet else { return }
    Terminal.line(
      "\(number) of \(count) starts are complete; the best model is '\(best.folder.path)/\(TrainingRun.modelName)'"
    )
  }

  /// What a start has come to; the test split chooses nothing and is not shown.
  private func line(_ start: RunRecord.SeededRun, _ number: Int) -> String {
    let loss = start.loss.map { Numbers.short($0) } ?? "not finite"
    let violation = start.violation.map { $0 > 0 ? ", violation \(Numbers.short($0))" : "" } ?? ""
    return
      "start \(number) of \(count), seed \(start.seed): \(start.split) loss \(loss)\(violation), "
      + Numbers.duration(start.cost.seconds)
  }
}
