import ArgumentParser
import QHostComparing
import QHostRuntime

/// Puts the journals of shards together.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Put the journals of a comparison's shards together.",
    discussion: """
      The merged journal has the cells in the plan's order, as if one 'qhost compare' had done all of
      them. Cells that no shard has yet can be done by 'qhost compare --resume --output DIR'.
      """)

  @Argument(help: "Folders of 'qhost compare --shard', or journal files.", completion: .directory)
  var journals: [String]

  @Option(
    help: ArgumentHelp("Folder for the merged journal.", valueName: "DIR"), completion: .directory)
  var output: String

  @Flag(help: "Print one JSON object (schema qhost.compare/1) instead of text.")
  var json = false

  @Flag(name: .shortAndLong, help: "Show nothing but errors and the result.")
  var quiet = false

  func run() throws {
    let merge = try JournalMerge(journals.map { JournalContents.path(in: $0) })
    let path = FileAccess.absolute(output) + "/" + JournalContents.fileName
    try FileAccess.makeFolder(output)
    try merge.write(to: path)
    if !quiet { for note in notes(merge) { Terminal.line("note: \(note)") } }
    let summary = ComparisonSummary(merge.header, merge.entries, journal: path)
    print(json ? try JSONText.of(summary) : ComparisonTable(summary).text)
  }

  private func notes(_ merge: JournalMerge) -> [String] {
    let missing = merge.missing
    guard let first = missing.first else { return merge.notes }
    return merge.notes + [
      "\(missing.count) cells are missing, the first is cell \(first); "
        + "'qhost compare --resume --output \(output)' does them"
    ]
  }
}
