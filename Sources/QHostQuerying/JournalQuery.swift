internal import Csqlite
public import QHostComparing
public import QHostRuntime

/// A question in SQL to journals, through SQLite in memory.
///
/// The tables are those of ``TableLayout/all``. Nothing can be written: SQLite asks about everything that a statement
/// would do, and all but reading is refused.
public final class JournalQuery {
  /// The columns of the answer.
  public private(set) var columns: [String] = []

  private let tables = TableLayout.all.map(VirtualTable.init)
  private var database: OpaquePointer?
  private var statement: OpaquePointer?
  /// What the statement would do beside reading, by SQLite's number.
  private var refused: Int32?

  /// Prepares a statement, then reads the journals, as far as it needs them.
  ///
  /// - Parameters:
  ///   - sql: one statement.
  ///   - journals: the journals, each with its rows.
  /// - Throws: kind `usage` for SQL that is wrong, with the place of the mistake, or that writes; kind `data` for
  ///   journals that cannot be read.
  public init(_ sql: String, _ journals: [NamedJournal]) throws(RunError) {
    guard sqlite3_open_v2(":memory:", &database, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK,
      tables.allSatisfy({ $0.register(in: database) == SQLITE_OK })
    else { throw RunError(.data, "SQLite cannot be started: \(message); free some memory") }
    sqlite3_set_authorizer(
      database, Self.authorize, Unmanaged.passUnretained(self).toOpaque())
    try prepare(sql)
    try load(journals)
    columns = (0..<sqlite3_column_count(statement)).map {
      sqlite3_column_name(statement, $0).map { String(cString: $0) } ?? ""
    }
  }

  deinit {
    sqlite3_finalize(statement)
    sqlite3_close(database)
  }

  /// The next row of the answer; `nil` after the last.
  ///
  /// - Throws: kind `usage` when the statement fails on a row.
  public func next() throws(RunError) -> [QueryValue]? {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return (0..<Int32(columns.count)).map(value)
    case SQLITE_DONE: return nil
    default:
      // What VACUUM would do is refused only when it begins.
      guard refused == nil else { throw failure("") }
      throw RunError(.usage, "SQL: \(message); change the statement")
    }
  }

  private var message: String { String(cString: sqlite3_errmsg(database)) }

  private func prepare(_ sql: String) throws(RunError) {
    var rest: String.Index?
    var text = sql
    let status = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        var tail: UnsafePointer<CChar>?
        let status = sqlite3_prepare_v2(
          database, characters.baseAddress, Int32(characters.count), &statement, &tail)
        if let base = characters.baseAddress, let tail {
          rest = sql.utf8.index(sql.startIndex, offsetBy: base.distance(to: tail))
        }
        return status
      }
    }
    guard status == SQLITE_OK else { throw failure(sql) }
    guard statement != nil else {
      throw RunError(
        .usage, "there is no SQL to run; write a statement such as SELECT * FROM cells")
    }
    if let rest, sql[rest...].contains(where: { !$0.isWhitespace && $0 != ";" }) {
      throw RunError(
        .usage,
        "SQL, \(Self.position(of: rest, in: sql)): a second statement begins; ask one at a time")
    }
  }

  private func failure(_ sql: String) -> RunError {
    // SQLite knows without asking that a table of another program cannot be changed.
    if refused != nil || message.hasSuffix("may not be modified") {
      let word = refused.map { " (\(Self.word(of: $0)))" } ?? ""
      return RunError(
        .usage,
        "the SQL would do more than read\(word), and journals are only read; ask with SELECT")
    }
    let offset = Int(sqlite3_error_offset(database))
    let place =
      offset >= 0 && offset <= sql.utf8.count
      ? ", " + Self.position(of: sql.utf8.index(sql.startIndex, offsetBy: offset), in: sql) : ""
    return RunError(
      .usage, "SQL\(place): \(message); 'qhost query --schema' lists the tables and their columns")
  }

  /// Where a mistake is: the character, and the line where there are several.
  private static func position(of index: String.Index, in sql: String) -> String {
    let before = sql[..<index]
    let lineStart = before.lastIndex(where: \.isNewline).map(sql.index(after:)) ?? sql.startIndex
    let column = sql.distance(from: lineStart, to: index) + 1
    let line = before.count(where: \.isNewline) + 1
    return sql.contains(where: \.isNewline)
      ? "line \(line), character \(column)" : "character \(column)"
  }

  private func load(_ journals: [NamedJournal]) throws(RunError) {
    let read = Set(tables.filter(\.isRead).map(\.layout.name))
    guard !read.isEmpty else { return }
    let isWhole = read.contains(TableLayout.improvements.name)
    let contents = try journals.map { (journal) throws(RunError) in
      QueriedJournal(
        name: journal.name ?? journal.path,
        contents: isWhole
          ? try JournalContents(reading: journal.path)
          : try JournalContents(skimming: journal.path))
    }
    for table in tables where table.isRead {
      table.contents =
        switch table.layout.name {
        case TableLayout.improvements.name: .improvements(contents)
        case TableLayout.metrics.name: .metrics(contents)
        default: .cells(contents)
        }
    }
  }

  private func value(_ column: Int32) -> QueryValue {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: .integer(sqlite3_column_int64(statement, column))
    case SQLITE_FLOAT: .real(sqlite3_column_double(statement, column))
    case SQLITE_NULL: .null
    default: .text(sqlite3_column_text(statement, column).map { String(cString: $0) } ?? "")
    }
  }
}

extension JournalQuery {
  private static let writing: [Int32: String] = [
    SQLITE_INSERT: "INSERT", SQLITE_UPDATE: "UPDATE", SQLITE_DELETE: "DELETE",
    SQLITE_PRAGMA: "PRAGMA", SQLITE_ATTACH: "ATTACH", SQLITE_DETACH: "DETACH",
    SQLITE_TRANSACTION: "a transaction", SQLITE_SAVEPOINT: "SAVEPOINT",
    SQLITE_FUNCTION: "a function that loads code",
  ]

  private static func word(of action: Int32) -> String {
    writing[action] ?? "CREATE, DROP or the like"
  }

  /// Lets a statement read, and notes which tables it reads.
  private static let authorize:
    @convention(c) (
      UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?,
      UnsafePointer<CChar>?, UnsafePointer<CChar>?
    ) -> Int32 = { own, action, first, second, _, _ in
      guard let own else { return SQLITE_DENY }
      let query = Unmanaged<JournalQuery>.fromOpaque(own).takeUnretainedValue()
      return query.allows(
        action, first.map { String(cString: $0) }, second.map { String(cString: $0) })
        ? SQLITE_OK : SQLITE_DENY
    }

  private func allows(_ action: Int32, _ first: String?, _ second: String?) -> Bool {
    switch action {
    case SQLITE_SELECT, SQLITE_RECURSIVE: return true
    case SQLITE_READ:
      for table in tables where table.layout.name == first?.lowercased() { table.isRead = true }
      return true
    case SQLITE_FUNCTION where second?.lowercased() != "load_extension": return true
    default:
      if refused == nil { refused = action }
      return false
    }
  }
}
