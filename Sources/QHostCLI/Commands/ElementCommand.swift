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
    // Before anything that may take long: whoever follows it waits for a sign of life.
    guard !(try ElementJob.campaign(in: folder).openCells(of: element, in: folder).isEmpty) else {
      return
    }
    let attempt = Campaign.attempt(at: element, in: folder)
    try Heartbeat.begin(in: attempt)
    let isDone = try ElementJob(folder: folder, work: work).perform(element, in: attempt)
    guard isDone else { throw ExitCode(RunError.Kind.resumable.rawValue) }
  }
}
