import Glibc
import QHostReport
import QHostComparing
import QHostRuntime

/// A report as a command makes it.
struct ReportJob {
  /// The name of a page in the folder of its journal.
  static let fileName = "report.html"

  private static let reloadSeconds = 5
  private static let pauseMicroseconds: UInt32 = 250_000

  private let source: ReportSource
  private let format: ReportFormat
  /// The file; `nil`: standard output.
  private let output: String?
  private let isJSON: Bool
  private let isQuiet: Bool

  /// Decides what is made where.
  ///
  /// - Parameters:
  ///   - source: the journals.
  ///   - output: the file that the user named.
  ///   - format: the form that the user named.
  ///   - isJSON: whether the figures are printed as JSON.
  ///   - isQuiet: whether nothing is said of what was made.
  /// - Throws: kind `usage` when the file's name has no form and none was named.
  init(
    _ source: ReportSource, output: String?, format: ReportFormat?, isJSON: Bool, isQuiet: Bool
  ) throws(RunError) {
    self.source = source
    self.isJSON = isJSON
    self.isQuiet = isQuiet
    if let format {
      self.format = format
    } else {
      let form = try output.map { (name) throws(RunError) in try ReportForm(fileName: name) }
      self.format = form?.page ?? .html
    }
    let isPage = self.format == .html && !isJSON
    self.output = output ?? (isPage ? Self.page(beside: source.paths[0]) : nil)
  }

  /// Writes the page that goes with a journal into its folder.
  static func writePage(of union: JournalUnion, beside journal: String) throws(RunError) {
    let report = try ComparisonReport(union, baseline: nil, metric: nil)
    try FileAccess.write(
      Array(ReportFormat.html.text(of: report, reloadSeconds: nil).utf8),
      to: page(beside: journal))
  }

  /// The page that goes with a journal.
  static func page(beside journal: String) -> String {
    let folder = journal.lastIndex(of: "/").map { String(journal[...$0]) } ?? ""
    return folder + fileName
  }

  /// Makes it once.
  func make() throws(RunError) {
    try write(try source.report(), isWatched: false)
    if isJSON { return }
    if let output, !isQuiet { print(output) }
  }

  /// Makes it whenever a journal grows, until nobody writes one any more or the user interrupts.
  func watch() throws(RunError) {
    let cancellation = Session.cancellingOnInterrupt()
    var sizes: [Int] = []
    while true {
      let isLast =
        cancellation.isRequested || !source.paths.contains(where: { JournalContents.isInUse($0) })
      let present = source.paths.map(FileAccess.size)
      if present != sizes || isLast {
        sizes = present
        try write(try source.report(), isWatched: !isLast)
      }
      if isLast { break }
      usleep(Self.pauseMicroseconds)
    }
    if let output, !isQuiet { print(output) }
  }

  private func write(_ report: ComparisonReport, isWatched: Bool) throws(RunError) {
    if isJSON { print(try JSONText.of(report)) }
    guard output != nil || !isJSON else { return }
    let text = format.text(of: report, reloadSeconds: isWatched ? Self.reloadSeconds : nil)
    guard let output else { return print(text, terminator: "") }
    try FileAccess.write(Array(text.utf8), to: output)
  }
}
