/// A form of a report.
public enum ReportFormat: String, Sendable, CaseIterable {
  /// A page with charts.
  case html
  /// Tables and warnings.
  case markdown
  /// Tables for a paper.
  case latex
  /// One table for programs.
  case csv

  /// The names as words of a sentence.
  public static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// The form that a file's name has by its end.
  public init?(fileName: String) {
    let end = fileName.split(separator: ".", omittingEmptySubsequences: false).last ?? ""
    switch end.lowercased() {
    case "html", "htm": self = .html
    case "md", "markdown": self = .markdown
    case "tex": self = .latex
    case "csv": self = .csv
    default: return nil
    }
  }

  /// A report in this form.
  ///
  /// - Parameters:
  ///   - report: the report.
  ///   - reloadSeconds: after how long a browser loads a page again; `nil`: never.
  /// - Returns: the text of the file.
  public func text(of report: ComparisonReport, reloadSeconds: Int? = nil) -> String {
    switch self {
    case .html: HTMLPage(report, reloadSeconds: reloadSeconds).text
    case .markdown: MarkdownPage(report).text
    case .latex: LaTeXPage(report).text
    case .csv: CSVPage(report).text
    }
  }
}
