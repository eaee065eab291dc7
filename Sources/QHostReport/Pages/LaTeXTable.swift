import QHostDrawing

/// A table of a report as one or more tables of LaTeX, each with its caption and label.
///
/// One that is too wide for a line is split between columns, and each part begins with the first column; one that
/// is too long for a page is split between rows. Type is never made smaller.
struct LaTeXTable {
  /// A column as it is set.
  private struct Column {
    let source: ReportTable.Column
    /// In points.
    let width: Double
    /// Whether its text has lines of that width.
    let isParagraph: Bool

    init(_ source: ReportTable.Column) {
      self.source = source
      let size = LaTeXTable.typeSize
      let texts = source.cells.map(\.text)
      let widest = texts.map { TextWidth.of($0, size: size) }.max() ?? 0
      isParagraph = source.isText && widest > LaTeXTable.widestText
      let lines = texts.flatMap {
        TextWidth.lines($0, size: size, width: LaTeXTable.widestText)
      }
      let longestLine = lines.map { TextWidth.of($0, size: size) }.max() ?? 0
      let words = source.heading.split(separator: " ").map { TextWidth.of($0, size: size) }
      width = max(isParagraph ? longestLine + 1 : widest, words.max() ?? 0)
    }
  }

  /// Points of a line of text in `article`.
  private static let lineWidth = 345.0
  /// Points between two columns.
  private static let gap = 8.0
  /// The type of `\small` has 9 points; TeX's is narrower than what widths are estimated by.
  private static let typeSize = 9 * 0.9
  /// Points of a column of text that is broken into lines.
  private static let widestText = 120.0
  /// Lines that a page has room for.
  private static let pageLines = 38

  /// Not `\\`, which means something else after `\raggedright`.
  private static let rowEnd = " \\tabularnewline"

  private let table: ReportTable
  private let section: String
  private let name: String

  /// Takes a table.
  ///
  /// - Parameters:
  ///   - table: the table.
  ///   - section: what it is of.
  ///   - name: the name of its label.
  init(_ table: ReportTable, section: String, name: String) {
    self.table = table
    self.section = section
    self.name = name
  }

  /// Its parts; none of a table without rows.
  var text: [String] {
    let columns = table.columns.map(Column.init)
    guard let first = columns.first, !table.rows.isEmpty else { return [] }
    let parts = Self.groups(first, Array(columns.dropFirst())).flatMap { group in
      Self.pages(group).map { (group, $0) }
    }
    return parts.enumerated().map { place, part in environment(part.0, part.1, place) }
  }

  private func environment(_ columns: [Column], _ rows: Range<Int>, _ place: Int) -> String {
    let label = "tab:\(name)"
    let title = LaTeXText.escaped("\(section): \(table.title)")
    let note = table.note.map { " " + LaTeXText.escaped($0) } ?? ""
    let caption =
      place == 0 ? "\(title).\(note)" : "\(title), continued from Table~\\ref{\(label)}."
    let layout = columns.map { column in
      column.isParagraph ? "p{\(Int(column.width))pt}" : column.source.isText ? "l" : "r"
    }
    var lines = [
      "", "\\begin{table}", "\\centering\\small",
      "\\setlength{\\tabcolsep}{\(Int(Self.gap / 2))pt}",
      "\\caption{\(caption)}", "\\label{\(label)\(place == 0 ? "" : "-\(place + 1)")}",
      "\\smallskip",
      "\\begin{tabular}{\(layout.joined())}", "\\toprule",
      columns.map(Self.heading).joined(separator: " & ") + Self.rowEnd, "\\midrule",
    ]
    for row in rows {
      lines.append(columns.map { Self.cell($0, row) }.joined(separator: " & ") + Self.rowEnd)
    }
    lines += ["\\bottomrule", "\\end{tabular}", "\\end{table}"]
    return lines.joined(separator: "\n")
  }

  /// A heading in as many lines as make it no wider than its column.
  private static func heading(_ column: Column) -> String {
    let lines = TextWidth.lines(
      column.source.heading, size: typeSize, width: max(column.width, 48))
    let texts = lines.map { LaTeXText.escaped($0.trimmed) }
    guard texts.count > 1 else { return texts[0] }
    return "\\shortstack[\(column.source.isText ? "l" : "r")]{\(texts.joined(separator: "\\\\"))}"
  }

  private static func cell(_ column: Column, _ row: Int) -> String {
    let cell = column.source.cells[row]
    let text = LaTeXText.escaped(cell.text, breaks: column.isParagraph)
    let shown = cell.isBest ? "\\textbf{\(text)}" : text
    return column.isParagraph ? "\\raggedright \(shown)" : shown
  }

  /// Columns that fit into a line, each group with the first.
  private static func groups(_ first: Column, _ others: [Column]) -> [[Column]] {
    var groups: [[Column]] = []
    var group = [first]
    var width = first.width + gap
    for column in others {
      if group.count > 1, width + column.width + gap > lineWidth {
        groups.append(group)
        group = [first]
        width = first.width + gap
      }
      group.append(column)
      width += column.width + gap
    }
    return groups + [group]
  }

  /// Rows that fit onto a page.
  private static func pages(_ columns: [Column]) -> [Range<Int>] {
    var pages: [Range<Int>] = []
    var (start, lines) = (0, 0)
    let count = columns[0].source.cells.count
    for row in 0..<count {
      let own =
        columns.map { column in
          column.isParagraph
            ? TextWidth.lines(column.source.cells[row].text, size: typeSize, width: column.width)
              .count : 1
        }.max() ?? 1
      if row > start, lines + own > pageLines {
        pages.append(start..<row)
        (start, lines) = (row, 0)
      }
      lines += own
    }
    return pages + [start..<count]
  }
}

extension String {
  /// Without the space that a line was broken at.
  fileprivate var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}
