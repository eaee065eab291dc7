import ArgumentParser
import QHostComparing
import QHostRuntime

/// A comparison as a command does it: look the plan up, do its cells, sum them up.
struct CompareJob {
  let plan: ComparisonPlan
  let origins: PlanOrigins
  /// The part to do; `nil`: all, or what the journal is of.
  let shard: Shard?
  let folder: CompareFolder
  let work: WorkOptions
  var isStrict = false
  var resumes = false
  var retriesFailures = false
  /// What does the cells; by itself, this machine.
  var engineOptions: EngineOptions?
  /// This process among others under `mpirun`; `nil`: there are none.
  var ranks: MessagePassing?

  /// Shows what would be done.
  ///
  /// - Parameters:
  ///   - isJSON: whether as one JSON object.
  ///   - triesCells: whether cells are tried for two seconds, to say how long all may take.
  /// - Throws: what the comparison would throw before its first cell.
  func dryRun(isJSON: Bool, triesCells: Bool) throws {
    let begun = Clock.nanoseconds()
    let session = try work.session(for: plan)
    let grid = try Grid(plan, catalogue: session.catalogue, origins: origins)
    let crew = work.crew(for: plan)
    let survey = try survey(grid, crew)
    let contents = try contents()
    let shard = contents?.header.shard ?? shard ?? .whole
    let open = grid.cells(in: shard).filter { cell in
      switch contents?.entries[cell] {
      case .finished: false
      case .failed: retriesFailures
      case nil: true
      }
    }
    var estimate: Estimate?
    if triesCells {
      work.warnOfLoad()
      estimate = try Estimate(
        grid, survey: survey, cells: open, crew: crew, jobs: work.jobCount, folder: folder.path,
        setupSeconds: Double(Clock.nanoseconds() - begun) * 1e-9)
    }
    let dryRun = try DryRun(
      grid, survey: survey, shard: shard, open: open, estimate: estimate, jobs: work.jobCount)
    print(isJSON ? try JSONText.of(dryRun) : dryRun.text)
  }

  /// Does every cell that is open.
  ///
  /// - Returns: all that the journal has, and whether every cell has ended.
  func run() throws -> (comparison: Comparison, summary: ComparisonSummary) {
    let engine = try engineOptions?.engine(
      folder: folder.path, work: work, ranks: ranks)
    let session = try work.session(for: plan)
    let grid = try Grid(plan, catalogue: session.catalogue, origins: origins)
    let contents = try contents()
    session.handleInterrupts()
    let crew = work.crew(for: plan)
    let survey = try session.preparing { try self.survey(grid, crew) }
    work.warnOfLoad()
    let header = try JournalHeader(
      grid, survey: survey, shard: contents?.header.shard ?? shard ?? .whole,
      arguments: CommandLine.arguments)
    let comparison = try begin(grid, survey, header, contents)
    if let engine {
      try perform(comparison, on: engine, grid, survey, crew)
      if comparison.isComplete { try comparison.end() }
    } else {
      try perform(comparison, crew, session.common.cancellation)
    }
    let summary = ComparisonSummary(
      comparison.header, comparison.entries, journal: folder.journalPath)
    return (comparison, summary)
  }

  /// Writes the page that goes with the journal; a shard has none, as it says little by itself.
  ///
  /// A page that cannot be written is not a failure of the comparison: 'qhost report' makes it later.
  ///
  /// - Parameters:
  ///   - comparison: the comparison.
  ///   - union: its journal, with what was imported.
  func writeReport(of comparison: Comparison, _ union: JournalUnion) {
    guard comparison.header.shard == .whole else { return }
    do throws(RunError) {
      try ReportJob.writePage(of: union, beside: folder.journalPath)
      work.note("report: \(ReportJob.page(beside: folder.journalPath))")
    } catch let error {
      work.note("note: there is no report: \(error.message)")
    }
  }

  /// Ends a command whose comparison was interrupted.
  ///
  /// - Parameters:
  ///   - comparison: the comparison.
  ///   - command: how to continue.
  /// - Throws: the exit code, when there are cells left.
  func stopUnlessComplete(_ comparison: Comparison, goOn command: String) throws {
    guard !comparison.isComplete else { return }
    work.note("resume with: \(command)")
    throw ExitCode(RunError.Kind.resumable.rawValue)
  }

  private func survey(_ grid: Grid, _ crew: WorkerCrew) throws(RunError) -> Survey {
    for text in grid.notes { work.note("note: \(text)") }
    let survey = try Survey(grid, crew: crew, isStrict: isStrict, origins: origins)
    for text in survey.notes { work.note("note: \(text)") }
    return survey
  }

  /// The journal to continue with; refuses one of something else before anything is started.
  private func contents() throws(RunError) -> JournalContents? {
    guard resumes else { return nil }
    let contents = try folder.contents()
    let header = contents.header
    if let difference = header.plan.difference(from: plan, here: "in the journal", there: "now") {
      throw RunError(
        .usage,
        "'\(folder.journalPath)' is of another plan: \(difference); name another folder with "
          + "--output")
    }
    guard shard == nil || shard == header.shard else {
      throw RunError(
        .usage,
        "'\(folder.journalPath)' is of shard \(header.shard.index)/\(header.shard.count); "
          + "leave --shard out to continue with it")
    }
    return contents
  }

  private func begin(
    _ grid: Grid, _ survey: Survey, _ header: JournalHeader, _ contents: JournalContents?
  ) throws(RunError) -> Comparison {
    guard let contents else {
      try folder.prepare()
      return try Comparison(
        grid, survey: survey, header: header, folder: folder.path, jobs: work.jobCount)
    }
    if contents.isCut {
      work.note("note: the last line of '\(contents.path)' was cut off; its cell is done again")
    }
    return try Comparison(
      resuming: contents, grid, survey: survey, header: header, retriesFailures: retriesFailures,
      jobs: work.jobCount)
  }

  private func perform(
    _ comparison: Comparison, _ crew: WorkerCrew, _ cancellation: Cancellation
  ) throws(RunError) {
    let progress = CompareProgress(isQuiet: work.host.quiet)
    defer { progress.finish() }
    let running = RunningCells.Writer(beside: folder.journalPath)
    defer { running.finish() }
    try comparison.run(
      crew, isStopped: { cancellation.isRequested },
      show: {
        progress.show($0, isStopping: cancellation.isRequested)
        if let note = running.note($0) { work.note("note: \(note)") }
      },
      failed: {
        work.note("failed: cell \($0.cell), \($0.labels.text), seed \($0.seed): \($0.message)")
      })
  }
}
