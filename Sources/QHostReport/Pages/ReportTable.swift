import QHostComparing

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

    /// A column of names of combinations.
    static func names(_ names: [String]) -> Column {
      Column(heading: "optimizer", isText: true, cells: names.map { Cell($0, isName: true) })
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
    /// Whether it is the name of a combination, which has a look.
    var isName = false
    /// Whether it is the best of its column.
    var isBest = false

    init(_ text: String, isName: Bool = false, isBest: Bool = false) {
      self.text = text
      self.isName = isName
      self.isBest = isBest
    }
  }

  /// What it is called in names of figures and tables.
  var name: String
  var title: String
  var columns: [Column]
  /// What must be known to read it.
  var note: String?

  /// Makes a table from columns; those that have nothing but dashes are left out, unless `keepsEmpty` is set.
  init(
    _ name: String, _ title: String, _ columns: [Column], note: String? = nil,
    keepsEmpty: Bool = false
  ) {
    self.name = name
    self.columns = columns.filter { column in
      keepsEmpty || column.cells.contains { $0.text != Self.nothing }
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
