/// A report as LaTeX tables, to be included in a paper: it needs the package `booktabs`.
public struct LaTeXPage {
  private let report: ComparisonReport

  /// Takes a report.
  public init(_ report: ComparisonReport) { self.report = report }

  /// The tables.
  public var text: String {
    let outline = ReportOutline(report)
    var lines = [
      "% \(comment(outline.title)): \(comment(outline.summary))",
      "% It needs \\usepackage{booktabs}, and \\usepackage[utf8]{inputenc} with a LaTeX before 2018.",
      "% Tables are as wide as a line of 345 pt has room for, in the type of \\small: that of article.",
    ]
    for warning in report.warnings { lines.append("% Note: \(comment(warning.text)).") }
    var names = StableNames()
    for section in outline.sections where section.isOfFigures {
      for table in section.tables {
        let name = names.make(section.title, table.name)
        lines += LaTeXTable(table, section: section.title, name: name).text
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func comment(_ text: String) -> String {
    text.replacing("\n", with: " ").replacing("\r", with: " ")
  }
}
