internal import Csqlite

extension VirtualTable.Cursor {
  /// Copies a text: what SQLite calls `SQLITE_TRANSIENT`.
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  mutating func begin(atCell cell: Int?) {
    self.cell = cell
    rangeIndex = 0
    (row, end) = (0, table._withUnsafeGuaranteedRef { $0.contents.rowCount })
    if cell != nil { enterRange() }
  }

  mutating func step() {
    row += 1
    guard row >= end, cell != nil else { return }
    rangeIndex += 1
    enterRange()
  }

  private mutating func enterRange() {
    let ranges = table._withUnsafeGuaranteedRef { table in
      cell.flatMap { table.contents.ranges[$0] } ?? []
    }
    let isThere = rangeIndex < ranges.count
    (row, end) = isThere ? (ranges[rangeIndex].lowerBound, ranges[rangeIndex].upperBound) : (0, 0)
  }

  func give(_ column: Int, to context: OpaquePointer?) {
    table._withUnsafeGuaranteedRef { table in
      switch table.contents.columns[column] {
      case .values(let values): give(values[row], to: context)
      case .integers(let values): sqlite3_result_int64(context, sqlite3_int64(values[row]))
      case .reals(let values): sqlite3_result_double(context, values[row])
      case .ofRuns(let values, let runs): give(values[Int(runs[row])], to: context)
      }
    }
  }

  private func give(_ value: QueryValue, to context: OpaquePointer?) {
    switch value {
    case .null: sqlite3_result_null(context)
    case .integer(let number): sqlite3_result_int64(context, number)
    case .real(let number): sqlite3_result_double(context, number)
    case .text(var text):
      text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          sqlite3_result_text(context, $0.baseAddress, Int32($0.count), Self.copied)
        }
      }
    }
  }
}
