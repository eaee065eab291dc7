/// A report as Markdown: its tables and warnings.
public struct MarkdownPage {
  private let report: ComparisonReport

  /// Takes a report.
  public init(_ report: ComparisonReport) { self.report = report }

  /// The page.
  public var text: String {
    let outline = ReportOutline(report)
    var parts = ["# \(escaped(outline.title))", escaped(outline.summary)]
    if !report.warnings.isEmpty {
      parts.append(
        report.warnings.map { "- **Note:** \(escaped($0.text))." }.joined(separator: "\n"))
    }
    for section in outline.sections {
      parts.append("## \(escaped(section.title))")
      for block in section.tables {
        if section.tables.count > 1 { parts.append("### \(escaped(block.title))") }
        parts.append(table(block))
        if let note = block.note { parts.append(escaped(note)) }
      }
      parts += section.sentences.map(escaped)
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func table(_ table: ReportTable) -> String {
    var lines = [row(table.columns.map { escaped($0.heading) })]
    lines.append(row(table.columns.map { $0.isText ? "---" : "---:" }))
    for cells in table.rows {
      lines.append(
        row(
          cells.map { cell in
            let text = escaped(cell.text)
            return cell.isBest ? "**\(text)**" : text
          }))
    }
    return lines.joined(separator: "\n")
  }

  private func row(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }

  /// Text in which no character means something to Markdown, on one line.
  private func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "|", "*", "_", "`", "<", ">", "\\", "#", "[", "]": result += "\\\(character)"
      case "\n", "\r", "\t": result += " "
      default: result.append(character)
      }
    }
    return result
  }
}
