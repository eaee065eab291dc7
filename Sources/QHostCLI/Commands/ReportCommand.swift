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
      Of the folder of one 'qhost run' it makes a page of its loss and of the figures that its components
      handed over.
      Journals may be read while they are being written; --watch makes the page again when they grow, until
      the comparison ends or Ctrl-C.
      Each chart is also a figure for a paper, 85 mm wide, with its legend:
        qhost report DIR --list-figures
        qhost report DIR --figure convergence-passes --output figure.pdf
        qhost report DIR --figures DIR2
      PDF is made by rsvg-convert (Debian: librsvg2-bin).
      """)

  @Argument(
    help:
      "Folders of 'qhost compare', or journal files; NAME=FOLDER gives one a name. Or one of 'qhost run'.",
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
      "\(ReportForm.list) (default: by the end of the file's name, else html).",
      valueName: "NAME"),
    completion: .list(ReportForm.names), transform: ReportForm.named)
  var format: ReportForm?

  @Option(
    help: ArgumentHelp(
      "Compare all optimizers with this one alone, by the name that it has in the report.",
      valueName: "NAME"))
  var baseline: String?

  @Option(
    help: ArgumentHelp(
      "Compare runs by this figure, such as a metric of the dataset: NAME, or 'SPLIT NAME' (default: what "
        + "the plan says, else accuracy or loss).", valueName: "NAME"))
  var metric: String?

  @Option(
    name: .customLong("import"),
    help: ArgumentHelp(
      "Set others' results beside: an archive of COCO, a folder of IOHprofiler, or a CSV of problem, seed, evaluations "
        + "and loss; may be repeated.", valueName: "[NAME=]PATH"),
    completion: .file())
  var imports: [String] = []

  @OptionGroup(title: "Figures") var figures: FigureOptions

  @Flag(help: "Make it again when a journal grows, until the comparison ends or Ctrl-C.")
  var watch = false

  @Flag(help: "Print one JSON object (schema qhost.report/1) with all figures.")
  var json = false

  @Flag(name: .shortAndLong, help: "Show nothing but errors and the result.")
  var quiet = false

  func run() throws {
    if let folder = journals.first, journals.count == 1, RunPage.isRun(folder) {
      return try makePage(ofRun: folder)
    }
    let source = ReportSource(
      journals: journals, baseline: baseline, metric: metric, imports: imports)
    if let job = try figures.job(source, output: output, format: format, isQuiet: quiet) {
      return try job.make()
    }
    let job = try ReportJob(
      source, output: output, format: format?.page, isJSON: json, isQuiet: quiet)
    if watch { try job.watch() } else { try job.make() }
  }

  /// A run has no journal: its page is its loss and the figures of its components.
  private func makePage(ofRun folder: String) throws {
    let others: [(String, Bool)] = [
      ("--format", format != nil && format?.page != .html), ("--baseline", baseline != nil),
      ("--metric", metric != nil), ("--import", !imports.isEmpty),
      ("--watch", watch), ("--json", json), ("--list-figures", figures.listFigures),
      ("--figure", figures.figure != nil), ("--figures", figures.figures != nil),
    ]
    if let option = others.first(where: { $0.1 }) {
      throw RunError(
        .usage,
        "'\(folder)' is the folder of a run, whose report is one HTML page; leave \(option.0) out")
    }
    let file = output ?? "\(folder)/\(ReportJob.fileName)"
    try FileAccess.write(Array(try RunPage(folder: folder).text().utf8), to: file)
    if !quiet { print(file) }
  }

  /// Refuses what does not go together.
  func validate() throws {
    try figures.check(
      output: output, format: format, others: watch ? "--watch" : json ? "--json" : nil)
    guard watch else { return }
    if json {
      throw ValidationError("--watch makes a file and --json prints; leave one of them out")
    }
    if let format, format.page != .html, output == nil {
      throw ValidationError("--watch needs a file to make again; name one with --output")
    }
  }
}
