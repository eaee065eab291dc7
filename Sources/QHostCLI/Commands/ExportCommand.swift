import ArgumentParser
import QHostComparing
import QHostRuntime

/// Writes the runs of a comparison for other programs.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the runs of a comparison in the form of another program.",
    discussion: """
      coco: archives for cocopp, of test functions that are in COCO's suite bbob
      ioh: archives for IOHanalyzer and iohinspector
      tensorboard: event files
      npz, safetensors: one file of arrays
      csv: two tables, runs.csv and improvements.csv
      """)

  private static let formats = ExportFormat.allCases.map(\.rawValue)

  @Argument(
    help: "The folder of 'qhost compare' or 'qhost merge', or a journal file.",
    completion: .directory)
  var journal: String

  @Option(
    help: ArgumentHelp(
      "The form: \(Self.formats.joined(separator: ", ")).", valueName: "NAME"),
    completion: .list(Self.formats))
  var format: String

  @Option(
    help: ArgumentHelp("A new folder for the files.", valueName: "DIR"), completion: .directory)
  var output: String

  @Flag(name: .shortAndLong, help: "Show nothing but errors and the result.")
  var quiet = false

  func run() throws {
    guard let format = ExportFormat(rawValue: format) else {
      throw RunError(
        .usage,
        "there is no format '\(format)'" + Suggestion.sentence(for: format, among: Self.formats))
    }
    let contents = try JournalContents(reading: JournalContents.path(in: journal))
    let runs = try ExportedRuns(contents)
    let export = try format.export(of: runs)
    try export.write(to: output)
    if !quiet { for note in runs.notes + export.notes { Terminal.line("note: \(note)") } }
    print(
      "\(runs.finished.count) runs in \(export.files.count) files, "
        + "\(Numbers.bytes(export.byteCount)): \(FileAccess.absolute(output))")
  }
}
