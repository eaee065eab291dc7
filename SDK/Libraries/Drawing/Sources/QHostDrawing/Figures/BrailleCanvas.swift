/// Dots on lines of text: a character of Unicode's Braille patterns has two columns of four.
struct BrailleCanvas {
  /// Columns of dots.
  let width: Int
  /// Rows of dots.
  let height: Int
  private var cells: [[UInt32]]

  /// An empty canvas.
  ///
  /// - Parameters:
  ///   - columns: characters in a line.
  ///   - rows: lines.
  init(columns: Int, rows: Int) {
    width = 2 * columns
    height = 4 * rows
    cells = [[UInt32]](repeating: [UInt32](repeating: 0, count: columns), count: rows)
  }

  /// The bits of the dots of a character, by row and column.
  private static let bits: [[UInt32]] = [
    [0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80],
  ]

  /// Sets a dot; one beyond the edges is left out.
  mutating func set(_ x: Int, _ y: Int) {
    guard x >= 0, x < width, y >= 0, y < height else { return }
    cells[y / 4][x / 2] |= Self.bits[y % 4][x % 2]
  }

  /// Sets the dots of a straight line.
  mutating func line(from: (x: Double, y: Double), to: (x: Double, y: Double)) {
    let count = max(1, Int(max(abs(to.x - from.x), abs(to.y - from.y)).rounded(.up)))
    for step in 0...count {
      let part = Double(step) / Double(count)
      set(
        Int((from.x + part * (to.x - from.x)).rounded()),
        Int((from.y + part * (to.y - from.y)).rounded()))
    }
  }

  /// The lines of text.
  var lines: [String] {
    cells.map { row in
      String(
        String.UnicodeScalarView(
          row.map { $0 == 0 ? " " : Unicode.Scalar(0x2800 + $0) ?? " " }))
    }
  }
}
