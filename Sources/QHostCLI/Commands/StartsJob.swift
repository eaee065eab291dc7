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
  func run(_ session: Session, command: RunCommand) throws {
    var starts: [RunRecord.SeededRun] = []
    var best: RunJob.Made?
    for index in 0..<count {
      let made = try train(index, session, command)
      if let failure = made.failure { throw failure }
      guard made.outcome.reason != .cancelled else {
        if let best, !command.host.quiet {
          Terminal.line(
            "\(index) of \(count) starts are complete; the best model is '\(best.folder.path)/\(TrainingRun.modelName)'"
          )
        }
        return try job.show(made, command)
      }
      starts.append(made.record.asSeededRun)
      if !command.host.quiet { Terminal.line(line(starts)) }
      if best.map({ made.record.isBetterStart(than: $0.record) }) ?? true { best = made }
    }
    guard var best else { return }
    best.record.starts = starts
    if let folder = job.folder {
      try best.record.copyModel(from: best.folder.path, to: folder.path)
    }
    try job.show(best, command)
  }

  /// One run, in a folder of its own.
  private func train(
    _ index: Int, _ session: Session, _ command: RunCommand
  ) throws -> RunJob.Made {
    var specification = job.specification
    specification.seed += UInt64(index)
    var session = session
    session.common.seed = specification.seed
    let folder = try job.folder.map { (folder) throws(RunError) in
      try RunFolder(named: "\(folder.path)/start-\(index + 1)")
    }
    let own = RunJob(specification: specification, folder: folder, isResumed: false)
    return try command.startNear(own, session).train(session, command)
  }

  /// What the last of some starts has come to; the test split chooses nothing and is not shown.
  private func line(_ starts: [RunRecord.SeededRun]) -> String {
    guard let last = starts.last else { return "" }
    let loss = last.loss.map { Numbers.short($0) } ?? "not finite"
    return "start \(starts.count) of \(count), seed \(last.seed): \(last.split) loss \(loss), "
      + Numbers.duration(last.cost.seconds)
  }
}
