/// The names of a chart's curves with their looks, below it.
public struct Legend: Sendable {
  /// What is drawn before a name.
  public enum Key: Sendable {
    /// A line with a mark on it.
    case markedLine
    /// A line.
    case line
    /// A mark.
    case mark
  }

  /// A name and how it is drawn.
  public struct Entry: Sendable {
    /// What it is called.
    public let name: String
    /// How it is drawn.
    public let look: Look
    /// What is drawn before its name.
    public let key: Key

    /// Makes an entry.
    public init(_ name: String, _ look: Look, key: Key = .markedLine) {
      self.name = name
      self.look = look
      self.key = key
    }
  }

  /// What stands in it.
  public let entries: [Entry]

  /// Makes a legend, whose entries are read in their order.
  public init(entries: [Entry]) { self.entries = entries }

  private static let keyWidth = 20.0
  /// Between a key and its name.
  private static let keyGap = 3.0
  /// Between columns.
  private static let gap = 8.0
  private static let rowHeight = 10.5
  private static let left = 4.0
  private static let room = Sheet.width - 2 * left

  /// How high it is.
  public var height: Double {
    Double(arrangement.rows.reduce(0) { $0 + $1.height }) * Self.rowHeight
  }

  /// The legend.
  ///
  /// - Parameters:
  ///   - pen: how it is drawn.
  ///   - top: where it begins.
  /// - Returns: SVG elements.
  public func drawn(_ pen: Pen, top: Double) -> String {
    let (columnWidth, rows) = arrangement
    var result = ""
    var y = top
    for row in rows {
      for cell in row.cells {
        let x = Self.left + Double(cell.column) * columnWidth
        result += Self.key(pen, cell.entry.look, x: x, y: y + 6, cell.entry.key)
        for (number, line) in cell.lines.enumerated() {
          let base = y + 8.5 + Double(number) * Self.rowHeight
          result += pen.text(line, x: x + Self.keyWidth + Self.keyGap, y: base, as: .name)
        }
      }
      y += Double(row.height) * Self.rowHeight
    }
    return result
  }

  /// A look's line and mark.
  ///
  /// - Parameters:
  ///   - pen: how it is drawn.
  ///   - look: the look.
  ///   - x: where its left end lies.
  ///   - y: where its middle lies.
  ///   - key: which of them.
  /// - Returns: SVG elements.
  public static func key(
    _ pen: Pen, _ look: Look, x: Double, y: Double, _ key: Key = .markedLine
  ) -> String {
    let line = "M\(Markup.number(x)) \(Markup.number(y))h\(Markup.number(keyWidth))"
    return (key == .mark ? "" : pen.path(line, .curve, look))
      + (key == .line ? "" : pen.marks(look, at: [(x + keyWidth / 2, y)]))
  }

  /// An entry at its place: how many columns it has, and its name's lines.
  private typealias Cell = (column: Int, lines: [String], entry: Entry)
  private typealias Row = (cells: [Cell], height: Int)

  /// The arrangement with the fewest lines, and of these that with the fewest columns.
  private var arrangement: (columnWidth: Double, rows: [Row]) {
    let all = (1...4).map { count in
      let width = (Self.room + Self.gap) / Double(count)
      return (columnWidth: width, rows: rows(count, width))
    }
    func height(_ rows: [Row]) -> Int { rows.reduce(0) { $0 + $1.height } }
    return all.min { height($0.rows) < height($1.rows) } ?? all[0]
  }

  /// Entries in columns; one that is too wide for a column has several.
  private func rows(_ columnCount: Int, _ columnWidth: Double) -> [Row] {
    var rows: [Row] = []
    var next = columnCount
    for entry in entries {
      let width = TextWidth.of(entry.name, size: Pen.Writing.name.size)
      let needed = width + Self.keyWidth + Self.keyGap + Self.gap
      let span = min(columnCount, Int((needed / columnWidth).rounded(.up)))
      if next + span > columnCount {
        rows.append(([], 1))
        next = 0
      }
      let room = Double(span) * columnWidth - Self.keyWidth - Self.keyGap - Self.gap
      let lines = TextWidth.lines(entry.name, size: Pen.Writing.name.size, width: room)
      let row = rows.endIndex - 1
      rows[row].cells.append((next, lines, entry))
      rows[row].height = max(rows[row].height, lines.count)
      next += span
    }
    return rows
  }
}
