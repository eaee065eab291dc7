import ArgumentParser
import QHostComparing
import QHostRuntime

/// Does an element of a campaign, on the machine where a scheduler has started it.
struct ElementCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "campaign-element",
    abstract: "Do an element of a campaign of 'qhost compare --on'.", shouldDisplay: false)

  @Argument(help: "The folder of the comparison.")
  var folder: String

  @Option(help: "The number of the element, from 1.")
  var element: Int

  @OptionGroup var work: WorkOptions

  func run() throws {
    let journal = "\(folder)/\(JournalContents.fileName)"
    guard let campaign = try Campaign.read(in: folder) else {
      throw RunError(
        .data, "'\(folder)' has no \(Campaign.fileName); name the folder of 'qhost compare --on'")
    }
    let open = try campaign.openCells(of: element, in: folder)
    guard !open.isEmpty else { return }
    let contents = try JournalContents(skimming: journal)
    let session = try work.session(for: contents.header.plan)
    let grid = try Grid(contents.header.plan, catalogue: session.catalogue)
    session.handleInterrupts()
    let crew = work.crew(for: contents.header.plan)
    let survey = try Survey(grid, crew: crew, isStrict: false)
    let header = try JournalHeader(
      grid, survey: survey, shard: .whole, arguments: CommandLine.arguments)
    let attempt = Campaign.attempt(at: element, in: folder)
    let comparison = try Comparison(
      open, of: contents, grid, survey: survey, header: header, folder: attempt, jobs: work.jobCount
    )
    let running = RunningCells.Writer(beside: "\(attempt)/\(JournalContents.fileName)")
    defer { running.finish() }
    try comparison.run(
      crew, isStopped: { session.common.cancellation.isRequested },
      show: { if let note = running.note($0) { work.note("note: \(note)") } },
      failed: {
        work.note("failed: cell \($0.cell), \($0.labels.text), seed \($0.seed): \($0.message)")
      })
    guard comparison.isComplete else { throw ExitCode(RunError.Kind.resumable.rawValue) }
  }
}
