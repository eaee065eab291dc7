import ArgumentParser
import QHostReport
import QHostRuntime

/// Makes a page with figures and charts from journals.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Make a page with figures, tests and charts from the journal of a comparison.",
    discussion: """
      Takes folders of 'qhost compare', or journal files; shards of one plan are put together, comparisons of
      several plans make one report. With names, as in 'qhost report new=A old=B', optimizers are called by
      them, and problems that differ in data or budget stand side by side. The page is one HTML file that
      needs no network. Markdown, LaTeX and CSV have the tables of the same figures.
      Journals may be read while they are being written; --watch makes the page anew when they grow, until
      the comparison ends or Ctrl-C.
      """)

  @Argument(
    help: "Folders of 'qhost compare', or journal files; NAME=FOLDER gives one a name.",
    completion: .directory)
  var journals: [String]

  @Option(
    help: ArgumentHelp(
      "The file (default: report.html in the first folder; other formats: standard output).",
      valueName: "FILE"),
    completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp(
      "\(ReportFormat.list) (default: by the end of the file's name, else html).",
      valueName: "NAME"),
    completion: .list(ReportFormat.allCases.map(\.rawValue)), transform: reportFormat)
  var format: ReportFormat?

  @Flag(help: "Make it anew when a journal grows, until the comparison ends or Ctrl-C.")
  var watch = false

  @Flag(help: "Print one JSON object (schema qhost.report/1) with all figures.")
  var json = false

  @Flag(name: .shortAndLong, help: "Show nothing but errors and the result.")
  var quiet = false

  func run() throws {
    let job = try ReportJob(
      journals: journals, output: output, format: format, isJSON: json, isQuiet: quiet)
    if watch { try job.watch() } else { try job.make() }
  }

  /// Refuses to watch what goes to standard output.
  func validate() throws {
    guard watch else { return }
    if json {
      throw ValidationError("--watch makes a file and --json prints; leave one of them out")
    }
    if let format, format != .html, output == nil {
      throw ValidationError("--watch needs a file to make anew; name one with --output")
    }
  }
}

/// The form that a user names.
private func reportFormat(_ name: String) throws -> ReportFormat {
  guard let format = ReportFormat(rawValue: name) else {
    throw ValidationError("there is no format '\(name)'; name one of \(ReportFormat.list)")
  }
  return format
}
