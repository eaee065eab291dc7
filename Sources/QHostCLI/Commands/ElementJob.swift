import QHostComparing
import QHostRuntime

/// What does elements of a campaign on some machine, one after the other; plugins and workers are made once.
struct ElementJob {
  private let folder: String
  private let work: WorkOptions
  private let contents: JournalContents
  private let session: Session
  private let grid: Grid
  private let crew: WorkerCrew
  private let survey: Survey

  /// Looks up what the journal's plan names, as it is on this machine.
  ///
  /// - Parameters:
  ///   - folder: that of the comparison.
  ///   - work: how many cells at a time, and with what.
  /// - Throws: kind `data` without a journal, kind `usage` for what is not there on this machine.
  init(folder: String, work: WorkOptions) throws {
    self.folder = folder
    self.work = work
    contents = try JournalContents(skimming: "\(folder)/\(JournalContents.fileName)")
    session = try work.session(for: contents.header.plan)
    grid = try Grid(contents.header.plan, catalogue: session.catalogue)
    session.handleInterrupts()
    crew = work.crew(for: contents.header.plan)
    survey = try Survey(grid, crew: crew, isStrict: false)
  }

  /// Whether the user, or who started this process, wants it to end.
  var isStopped: Bool { session.common.cancellation.isRequested }

  /// Does what no attempt at an element has done yet, in a folder of its own.
  ///
  /// - Parameters:
  ///   - element: the number of the element, from 1.
  ///   - attempt: the folder.
  /// - Returns: whether all of it is done.
  /// - Throws: kind `usage` when qhost, a plugin or a dataset is another one here; kind `data` when nothing can be written.
  func perform(_ element: Int, in attempt: String) throws -> Bool {
    let open = try Self.campaign(in: folder).openCells(of: element, in: folder)
    guard !open.isEmpty else { return true }
    let header = try JournalHeader(
      grid, survey: survey, shard: .whole, arguments: CommandLine.arguments)
    let comparison = try Comparison(
      open, of: contents, grid, survey: survey, header: header, folder: attempt, jobs: work.jobCount
    )
    let running = RunningCells.Writer(beside: "\(attempt)/\(JournalContents.fileName)")
    defer { running.finish() }
    try comparison.run(
      crew, isStopped: { isStopped },
      show: { if let note = running.note($0) { work.note("note: \(note)") } },
      failed: {
        work.note("failed: cell \($0.cell), \($0.labels.text), seed \($0.seed): \($0.message)")
      })
    return comparison.isComplete
  }

  /// The campaign of a folder.
  ///
  /// - Throws: kind `data` when there is none.
  static func campaign(in folder: String) throws(RunError) -> Campaign {
    guard let campaign = try Campaign.read(in: folder) else {
      throw RunError(
        .data, "'\(folder)' has no \(Campaign.fileName); name the folder of 'qhost compare --on'")
    }
    return campaign
  }
}
