/// A table of plain text that keeps within a width.
///
/// As much is done as is needed: what groups rows moves from columns into lines above them, names are broken into
/// several lines, and columns go into further tables below, each of which begins with the names.
struct TextTable {
  /// A column.
  struct Column {
    let heading: String
    let cells: [String]
    /// Whether it is set to the left, and may be broken into lines.
    var isText = false

    /// Characters of its widest cell.
    var width: Int { ([heading] + cells).map(\.count).max() ?? 0 }
  }

  /// A line of the table.
  struct Line: Equatable {
    let text: String
    let isHeading: Bool
  }

  private static let gap = 2
  /// What a line of a name begins with that is not its first.
  private static let indent = "  "
  /// After what a name is broken.
  private static let breaks = ",[("
  /// What groups rows.
  let groups: [Column]
  /// The names of rows.
  let names: Column
  /// What is told of them.
  let columns: [Column]

  /// The table's lines.
  ///
  /// - Parameter width: characters of a line; `nil`: there is no limit.
  /// - Returns: lines without spaces at their ends.
  func lines(width: Int?) -> [Line] {
    let all = groups + [names] + columns
    guard let width, Self.total(all) > width else {
      return block(all, nameWidth: names.width, isGrouped: false)
    }
    let rest = width - Self.total(columns) - Self.gap
    let needed = min(names.width, longestPiece + Self.indent.count)
    if rest >= needed {
      return block([names] + columns, nameWidth: min(names.width, rest), isGrouped: true)
    }
    let nameWidth = min(names.width, max(needed, width / 3), width)
    let blocks = parts(width - nameWidth).map { part in
      block([names] + part, nameWidth: nameWidth, isGrouped: true)
    }
    return Array(blocks.joined(separator: [Line(text: "", isHeading: false)]))
  }

  /// Characters of the longest part of a name that is not broken.
  private var longestPiece: Int {
    names.cells.flatMap { $0.split { Self.breaks.contains($0) } }.map { $0.count + 1 }.max() ?? 0
  }

  /// Columns that fit beside the names, in order.
  private func parts(_ width: Int) -> [[Column]] {
    var parts: [[Column]] = [[]]
    var used = 0
    for column in columns {
      if used > 0, used + column.width + Self.gap > width {
        parts.append([])
        used = 0
      }
      parts[parts.endIndex - 1].append(column)
      used += column.width + Self.gap
    }
    return parts
  }

  private func block(_ columns: [Column], nameWidth: Int, isGrouped: Bool) -> [Line] {
    let widths = columns.map { $0.heading == names.heading ? nameWidth : $0.width }
    var lines = [Line(text: Self.line(columns, widths, columns.map(\.heading)), isHeading: true)]
    var group: String?
    for row in names.cells.indices {
      let own = groups.map { $0.cells[row] }.joined(separator: ", ")
      if isGrouped, !groups.isEmpty, own != group {
        lines.append(Line(text: own, isHeading: false))
        group = own
      }
      let cells = zip(columns, widths).map { Self.broken($0.cells[row], $1) }
      for number in 0..<(cells.map(\.count).max() ?? 1) {
        let texts = cells.map { $0.indices.contains(number) ? $0[number] : "" }
        lines.append(Line(text: Self.line(columns, widths, texts), isHeading: false))
      }
    }
    return lines
  }

  private static func total(_ columns: [Column]) -> Int {
    columns.reduce(0) { $0 + $1.width + gap } - gap
  }

  private static func line(_ columns: [Column], _ widths: [Int], _ texts: [String]) -> String {
    var line = ""
    for (column, (width, text)) in zip(columns, zip(widths, texts)) {
      let space = String(repeating: " ", count: max(0, width - text.count))
      line += (column.isText ? text + space : space + text) + String(repeating: " ", count: gap)
    }
    return line.lastIndex { $0 != " " }.map { String(line[...$0]) } ?? ""
  }

  /// A text as lines of a width, broken after commas and brackets where that is possible.
  private static func broken(_ text: String, _ width: Int) -> [String] {
    var lines: [String] = []
    var rest = text[...]
    while rest.count > width {
      let head = rest.prefix(width)
      let end = head.lastIndex { breaks.contains($0) }.map(head.index(after:)) ?? head.endIndex
      lines.append(String(rest[..<end]))
      // What continues is set in, so that it is not taken for a row of its own.
      rest = (indent + rest[end...])[...]
      if width <= 2 * indent.count { break }
    }
    return lines + [String(rest)]
  }
}
