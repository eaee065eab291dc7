import ArgumentParser
import QHostRuntime

/// A comparison as a command does it: look the plan up, do its cells, print the figures.
struct CompareJob {
  let plan: ComparisonPlan
  let origins: PlanOrigins
  let shard: Shard?
  let folder: CompareFolder
  let command: CompareCommand

  func run() throws {
    var host = command.host
    let threads = host.threads ?? 1
    host.threads = 1
    let session = try Session(host)
    let jobs = command.jobs ?? Processor.count
    guard (1...1024).contains(jobs) else {
      throw RunError(.usage, "--jobs cannot be \(jobs): it must be at least 1 and at most 1024")
    }
    let grid = try Grid(plan, catalogue: session.catalogue, origins: origins)
    let contents = command.resume ? try folder.contents() : nil
    try check(contents)
    session.handleInterrupts()
    let crew = WorkerCrew(
      jobs: jobs, program: Environment.executable,
      settings: WorkerSettings(
        pluginFolders: host.plugins, threads: threads, callTimeout: command.callTimeout),
      note: note)
    for text in grid.notes { note("note: \(text)") }
    let survey = try Survey(grid, crew: crew, isStrict: command.strict)
    for skipped in survey.skipped {
      note("note: skipped \(skipped.labels.text): \(skipped.reason)")
    }
    let shard = contents?.header.shard ?? shard ?? .whole
    if command.dryRun {
      let estimate = try Estimate(grid, survey: survey, cells: grid.cells(in: shard), crew: crew)
      print(DryRun(grid, survey: survey, shard: shard, estimate: estimate, jobs: jobs).text)
      return
    }
    if !host.quiet { warn(jobs: jobs, threads: threads) }
    let header = try JournalHeader(
      grid, survey: survey, shard: shard, arguments: CommandLine.arguments)
    let comparison = try begin(grid, survey, header, contents, jobs)
    try perform(comparison, crew, session)
  }

  private func begin(
    _ grid: Grid, _ survey: Survey, _ header: JournalHeader, _ contents: JournalContents?,
    _ jobs: Int
  ) throws(RunError) -> Comparison {
    guard let contents else {
      try folder.prepare()
      return try Comparison(grid, survey: survey, header: header, folder: folder.path, jobs: jobs)
    }
    if contents.isCut {
      note("note: the last line of '\(contents.path)' was cut off; its cell is done again")
    }
    return try Comparison(
      resuming: contents, grid, survey: survey, header: header,
      retriesFailures: command.retryFailures, jobs: jobs)
  }

  private func perform(_ comparison: Comparison, _ crew: WorkerCrew, _ session: Session) throws {
    let progress = CompareProgress(isQuiet: command.host.quiet)
    let cancellation = session.common.cancellation
    do throws(RunError) {
      try comparison.run(
        crew, isStopped: { cancellation.isRequested },
        show: { progress.show($0, isStopping: cancellation.isRequested) })
    } catch let error {
      progress.finish()
      throw error
    }
    progress.finish()
    let summary = ComparisonSummary(
      comparison.header, comparison.entries, journal: folder.journalPath)
    print(command.json ? try JSONText.of(summary) : ComparisonTable(summary).text)
    try finish(comparison, summary)
  }

  private func finish(_ comparison: Comparison, _ summary: ComparisonSummary) throws {
    guard comparison.isComplete else {
      if !command.host.quiet {
        Terminal.line("go on with: qhost compare --resume --output '\(folder.path)'")
      }
      throw ExitCode(RunError.Kind.resumable.rawValue)
    }
    if let first = summary.failed.first {
      throw RunError(
        first.kind == "data" ? .data : first.kind == "usage" ? .usage : .plugin,
        "\(summary.failed.count) of \(summary.cells) cells failed; the first is cell \(first.cell), "
          + "\(first.labels.text), seed \(first.seed): \(first.message)")
    }
    let missed = summary.rows.reduce(0) { $0 + $1.runs - ($1.successes ?? $1.runs) }
    if command.budget.require, missed > 0 {
      throw RunError(
        .targetMissed,
        "\(missed) runs did not reach the target; raise the budget or lower the target")
    }
  }

  /// Refuses a journal of something else before anything is started.
  private func check(_ contents: JournalContents?) throws(RunError) {
    guard let header = contents?.header else { return }
    if let difference = header.plan.difference(from: plan, here: "in the journal", there: "now") {
      throw RunError(
        .usage,
        "'\(folder.journalPath)' is of another plan: \(difference); name another folder with --output"
      )
    }
    guard shard == nil || shard == header.shard else {
      throw RunError(
        .usage,
        "'\(folder.journalPath)' is of shard \(header.shard.index)/\(header.shard.count); "
          + "leave --shard out to go on with it")
    }
  }

  private func note(_ text: String) {
    guard !command.host.quiet else { return }
    Terminal.line(CompareProgress.eraser + text)
  }

  private func warn(jobs: Int, threads: Int) {
    let warning = Terminal.styled("warning:", .yellow, .bold)
    let load = Machine.currentLoad()
    if load > Double(Processor.count) {
      Terminal.line(
        "\(warning) the machine is busy (load \(Numbers.short(load, 3)) on \(Processor.count) "
          + "processors); seconds will mean little, counts are not affected")
    }
    if jobs * threads > Processor.count {
      Terminal.line(
        "\(warning) \(jobs) jobs of \(threads) threads share \(Processor.count) processors; "
          + "seconds will mean little")
    }
  }
}
