/// A table of a report, before it becomes HTML, Markdown or LaTeX.
struct ReportTable {
  /// A column.
  struct Column {
    var heading: String
    /// Whether it is of text; numbers are set to the right.
    var isText = false
    var cells: [Cell]

    /// A column of numbers, a cell for each item.
    static func numbers<Item>(
      _ heading: String, _ items: [Item], _ text: (Item) -> String?
    ) -> Column {
      Column(heading: heading, cells: items.map { Cell(text($0) ?? nothing) })
    }

    /// A column of text, a cell for each item.
    static func words<Item>(
      _ heading: String, _ items: [Item], _ text: (Item) -> String?
    ) -> Column {
      Column(heading: heading, isText: true, cells: items.map { Cell(text($0) ?? nothing) })
    }
  }

  /// A cell.
  struct Cell {
    var text: String
    /// The place of the colour that goes with it; `nil`: none.
    var series: Int?
    /// Whether it is the best of its column.
    var isBest = false

    init(_ text: String, series: Int? = nil, isBest: Bool = false) {
      self.text = text
      self.series = series
      self.isBest = isBest
    }
  }

  var title: String
  var columns: [Column]
  /// What must be known to read it.
  var note: String?

  /// Makes a table from columns; those that have nothing but dashes are left out.
  init(_ title: String, _ columns: [Column], note: String? = nil) {
    self.columns = columns.filter { column in
      column.cells.contains { $0.text != Self.nothing }
    }
    self.title = title
    self.note = note
  }

  /// The cells of each row.
  var rows: [[Cell]] {
    (0..<(columns.first?.cells.count ?? 0)).map { row in columns.map { $0.cells[row] } }
  }

  /// What stands for no value.
  static let nothing = "–"
}
