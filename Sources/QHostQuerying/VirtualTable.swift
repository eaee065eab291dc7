internal import Csqlite

/// A table as SQLite reads it: rows of arrays, without a copy.
///
/// SQLite asks for a row's columns one by one, and only for those that a query needs; rows of a given cell are found
/// at once, so that tables can be joined by `cell`. Source of the interface:
/// https://sqlite.org/vtab.html.
final class VirtualTable {
  let layout: TableLayout
  /// Whether the query that was prepared last reads it.
  var isRead = false
  /// Its rows; empty until a query that reads it begins.
  var contents = TableContents()

  init(_ layout: TableLayout) { self.layout = layout }

  /// Makes it known to a connection; it must live as long as that.
  ///
  /// It is used once, so that it is declared before statements are kept from declaring anything.
  func register(in database: OpaquePointer?) -> Int32 {
    let status = sqlite3_create_module(
      database, layout.name, Self.module, Unmanaged.passUnretained(self).toOpaque())
    guard status == SQLITE_OK else { return status }
    return sqlite3_exec(database, "SELECT 1 FROM \(layout.name)", nil, nil, nil)
  }

  /// A connection to the table; SQLite wants its own part first.
  private struct Handle {
    var base = sqlite3_vtab()
    let table: Unmanaged<VirtualTable>
  }

  /// A walk through rows; SQLite wants its own part first.
  struct Cursor {
    var base = sqlite3_vtab_cursor()
    let table: Unmanaged<VirtualTable>
    /// The cell whose rows are walked through; `nil`: all rows.
    var cell: Int?
    /// Which of the cell's ranges it is in.
    var rangeIndex = 0
    var row = 0
    var end = 0
  }

  // It is never changed after it was made.
  nonisolated(unsafe) private static let module: UnsafePointer<sqlite3_module> = {
    let module = UnsafeMutablePointer<sqlite3_module>.allocate(capacity: 1)
    module.initialize(to: sqlite3_module())
    module.pointee.xConnect = connect
    module.pointee.xBestIndex = plan
    module.pointee.xDisconnect = { raw in
      raw?.withMemoryRebound(to: Handle.self, capacity: 1) { $0.deallocate() }
      return SQLITE_OK
    }
    module.pointee.xOpen = open
    module.pointee.xClose = { raw in
      raw?.withMemoryRebound(to: Cursor.self, capacity: 1) { $0.deallocate() }
      return SQLITE_OK
    }
    module.pointee.xFilter = filter
    module.pointee.xNext = { raw in
      cursor(raw).pointee.step()
      return SQLITE_OK
    }
    module.pointee.xEof = { raw in
      let cursor = cursor(raw)
      return cursor.pointee.row >= cursor.pointee.end ? 1 : 0
    }
    module.pointee.xColumn = { raw, context, column in
      cursor(raw).pointee.give(Int(column), to: context)
      return SQLITE_OK
    }
    module.pointee.xRowid = { raw, number in
      number?.pointee = sqlite3_int64(cursor(raw).pointee.row + 1)
      return SQLITE_OK
    }
    return UnsafePointer(module)
  }()

  private static let connect:
    @convention(c) (
      OpaquePointer?, UnsafeMutableRawPointer?, Int32,
      UnsafePointer<UnsafePointer<CChar>?>?,
      UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab>?>?,
      UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    ) -> Int32 = { database, own, _, _, result, _ in
      guard let own, let result else { return SQLITE_ERROR }
      let table = Unmanaged<VirtualTable>.fromOpaque(own)
      let status = sqlite3_declare_vtab(database, table.takeUnretainedValue().layout.declaration)
      guard status == SQLITE_OK else { return status }
      let handle = UnsafeMutablePointer<Handle>.allocate(capacity: 1)
      handle.initialize(to: Handle(table: table))
      result.pointee = UnsafeMutableRawPointer(handle).assumingMemoryBound(to: sqlite3_vtab.self)
      return SQLITE_OK
    }

  /// Uses a cell's number where a query gives one: from each row of another table, when they are joined.
  private static let plan:
    @convention(c) (
      UnsafeMutablePointer<sqlite3_vtab>?, UnsafeMutablePointer<sqlite3_index_info>?
    ) -> Int32 = { raw, info in
      guard let raw, let info else { return SQLITE_ERROR }
      let table = UnsafeRawPointer(raw).assumingMemoryBound(to: Handle.self).pointee.table
      let cellColumn = Int32(table.takeUnretainedValue().layout.cellColumn)
      info.pointee.estimatedCost = 1e6
      info.pointee.estimatedRows = 1_000_000
      for place in 0..<Int(info.pointee.nConstraint) {
        let constraint = info.pointee.aConstraint[place]
        guard constraint.usable != 0, constraint.iColumn == cellColumn,
          Int32(constraint.op) == SQLITE_INDEX_CONSTRAINT_EQ
        else { continue }
        info.pointee.aConstraintUsage[place].argvIndex = 1
        info.pointee.idxNum = 1
        info.pointee.estimatedCost = 1e3
        info.pointee.estimatedRows = 1_000
        break
      }
      return SQLITE_OK
    }

  private static let open:
    @convention(c) (
      UnsafeMutablePointer<sqlite3_vtab>?,
      UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab_cursor>?>?
    ) -> Int32 = { raw, result in
      guard let raw, let result else { return SQLITE_ERROR }
      let table = UnsafeRawPointer(raw).assumingMemoryBound(to: Handle.self).pointee.table
      let cursor = UnsafeMutablePointer<Cursor>.allocate(capacity: 1)
      cursor.initialize(to: Cursor(table: table))
      result.pointee = UnsafeMutableRawPointer(cursor)
        .assumingMemoryBound(to: sqlite3_vtab_cursor.self)
      return SQLITE_OK
    }

  private static let filter:
    @convention(c) (
      UnsafeMutablePointer<sqlite3_vtab_cursor>?, Int32, UnsafePointer<CChar>?, Int32,
      UnsafeMutablePointer<OpaquePointer?>?
    ) -> Int32 = { raw, kind, _, count, arguments in
      var cell: Int?
      if kind == 1, count == 1, let value = arguments?[0] {
        let isNumber = sqlite3_value_numeric_type(value) == SQLITE_INTEGER
        // SQLite checks the rows again: of anything but an integer there are none.
        cell = isNumber ? Int(sqlite3_value_int64(value)) : 0
      }
      cursor(raw).pointee.begin(atCell: cell)
      return SQLITE_OK
    }

  private static func cursor(
    _ raw: UnsafeMutablePointer<sqlite3_vtab_cursor>?
  ) -> UnsafeMutablePointer<Cursor> {
    guard let raw else { preconditionFailure("SQLite gave no cursor") }
    return UnsafeMutableRawPointer(raw).assumingMemoryBound(to: Cursor.self)
  }
}
