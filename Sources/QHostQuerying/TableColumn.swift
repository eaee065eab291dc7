/// A column of a table, by what is least to keep.
enum TableColumn {
  /// A value for each row.
  case values([QueryValue])
  /// An integer for each row.
  case integers([Int])
  /// A number for each row.
  case reals([Double])
  /// A value for each run, and the run of each row.
  case ofRuns([QueryValue], runs: [Int32])
}

/// A table that a query may read.
struct TableContents {
  /// Its columns, in the order of its layout.
  var columns: [TableColumn] = []
  /// How many rows it has.
  var rowCount = 0
  /// Where the rows of each cell are; they lie together.
  var ranges: [Int: [Range<Int>]] = [:]
}

/// Builds the places of rows by cell.
struct RowPlaces {
  private(set) var rowCount = 0
  private(set) var ranges: [Int: [Range<Int>]] = [:]

  /// Appends rows of a cell.
  mutating func append(_ count: Int, ofCell cell: Int) {
    if count > 0 { ranges[cell, default: []].append(rowCount..<rowCount + count) }
    rowCount += count
  }
}
