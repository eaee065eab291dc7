import ArgumentParser
import QHostReport
import QHostRuntime

/// Options for the figures of a report.
struct FigureOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Make one figure: its name, or the end of it that no other has.", valueName: "NAME"))
  var figure: String?

  @Option(
    help: ArgumentHelp(
      "Write every figure into this folder, as SVG and PDF (--format svg or pdf: as one of them).",
      valueName: "DIR"),
    completion: .directory)
  var figures: String?

  @Flag(help: "List the names of the figures, and end.")
  var listFigures = false

  @Flag(help: "Write its title above each figure.")
  var titles = false

  /// What is to be made of figures; `nil`: it is not figures that are asked for.
  ///
  /// - Parameters:
  ///   - source: the journals.
  ///   - output: the file that the user named.
  ///   - format: the form that the user named.
  ///   - isQuiet: whether nothing is said of what was made.
  /// - Returns: what makes them.
  /// - Throws: kind `usage` when the file's name has no form and none was named.
  func job(
    _ source: ReportSource, output: String?, format: ReportForm?, isQuiet: Bool
  ) throws(RunError) -> FigureJob? {
    func job(_ task: FigureJob.Task) -> FigureJob {
      FigureJob(source: source, task: task, showsTitles: titles, isQuiet: isQuiet)
    }
    if listFigures { return job(.list) }
    if let figures {
      let formats = format?.figure.map { [$0] } ?? FigureFormat.allCases
      return job(.all(folder: figures, formats))
    }
    var form = format
    if form == nil, let output { form = try ReportForm(fileName: output) }
    if form == nil, figure != nil { form = .figure(.svg) }
    guard let kind = form?.figure else {
      guard figure == nil else {
        throw RunError(
          .usage, "--figure makes one figure; end the file's name with .svg or .pdf")
      }
      return nil
    }
    guard output != nil || kind == .svg else {
      throw RunError(.usage, "a PDF is a file; name one with --output")
    }
    return job(.one(named: figure, kind, file: output))
  }

  /// Refuses what does not go together.
  ///
  /// - Parameters:
  ///   - output: the file that the user named.
  ///   - format: the form that the user named.
  ///   - others: an option that has nothing to do with figures.
  /// - Throws: a sentence for the user.
  func check(output: String?, format: ReportForm?, others: String?) throws {
    let asked = [
      listFigures ? "--list-figures" : nil, figures.map { _ in "--figures" },
      figure.map { _ in "--figure" },
    ].compactMap(\.self)
    if asked.count > 1 {
      throw ValidationError("\(asked.joined(separator: " and ")) exclude each other; name one")
    }
    let isFigure =
      format?.figure != nil || format == nil && output.flatMap(FigureFormat.init(fileName:)) != nil
    if let others, let what = asked.first ?? (isFigure ? "a figure" : nil) {
      throw ValidationError("\(others) does not go with \(what); leave one of them out")
    }
    if let output, figures != nil {
      throw ValidationError(
        "--figures writes all figures into its folder; leave --output '\(output)' out")
    }
    if figures != nil, let page = format?.page {
      throw ValidationError(
        "figures are not made as \(page.rawValue); name --format svg or pdf, or neither")
    }
    if titles, asked.first ?? (isFigure ? "" : nil) == nil {
      throw ValidationError("--titles is for figures; name one with --figure, or use --figures")
    }
  }
}
