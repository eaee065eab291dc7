import QHostDatasets
import QHostInterfaces

/// A file of delimited fields as rows and named columns.
struct CSVSheet: Sendable {
  /// The file.
  let path: String
  /// The names of the columns, from the header or else by their numbers.
  let names: [String]
  /// The number of rows below the header.
  var rowCount: Int { text.recordCount - firstRow }

  private let text: CSVText
  private let firstRow: Int

  /// Whether the first record names the columns.
  enum Header: String {
    /// It does if it looks like it.
    case auto
    /// It does.
    case yes
    /// It does not.
    case no
  }

  /// Reads and checks a text; a single column is enough where no target is needed.
  ///
  /// - Throws: an error of kind `data` when it has no rows, a row of another length, or two columns
  ///   of one name.
  init(
    _ bytes: [UInt8], path: String, delimiter: CSVDelimiter?, header: Header,
    needsTarget: Bool = true
  ) throws(ComponentError) {
    guard !bytes.starts(with: [0xFF, 0xFE]), !bytes.starts(with: [0xFE, 0xFF]) else {
      throw .data("'\(path)' is UTF-16 text; save it as UTF-8")
    }
    let delimiter = delimiter ?? CSVDelimiter.detected(in: bytes, path: path)
    text = try CSVText(bytes, path: path, delimiter: delimiter.byte)
    self.path = path
    guard text.recordCount > 0 else {
      throw .data("'\(path)' is empty; give a file with one row a line")
    }
    try Self.checkFieldCounts(text, path, least: needsTarget ? 2 : 1)
    firstRow = header == .yes || (header == .auto && Self.looksLikeHeader(text)) ? 1 : 0
    guard text.recordCount > firstRow else {
      throw .data(
        "'\(path)' has a header and no rows; add rows, or set header=no if line \(text.lines[0]) is "
          + "one")
    }
    names = try Self.columnNames(text, hasHeader: firstRow == 1, path)
  }

  /// The text of a field.
  func field(row: Int, column: Int) -> String { text.field(firstRow + row, column) }

  /// The place of a field, for messages.
  func place(row: Int, column: Int) -> String {
    "'\(path)' line \(text.lines[firstRow + row]), column '\(names[column])'"
  }

  private static func checkFieldCounts(
    _ text: CSVText, _ path: String, least: Int
  ) throws(ComponentError) {
    let count = text.fieldCount(0)
    for record in 1..<max(text.recordCount, 1) where text.fieldCount(record) != count {
      throw .data(
        "'\(path)' line \(text.lines[record]) has \(text.fieldCount(record)) fields, line "
          + "\(text.lines[0]) has \(count); correct the line, or set delimiter")
    }
    guard count >= least else {
      throw .data(
        "'\(path)' has a single column, where a target and at least one feature are needed; add "
          + "columns, or set delimiter")
    }
  }

  /// Whether no field of the first record is a number, or one heads a column of numbers.
  private static func looksLikeHeader(_ text: CSVText) -> Bool {
    var hasNumber = false
    for column in 0..<text.fieldCount(0) {
      let first = text.field(0, column)
      if CSVField.number(first) != nil || CSVField.isMissing(first) {
        hasNumber = hasNumber || !first.isEmpty
        continue
      }
      let isNumeric = (1..<max(text.recordCount, 1)).allSatisfy { record in
        let field = text.field(record, column)
        return CSVField.number(field) != nil || CSVField.isMissing(field)
      }
      if isNumeric && text.recordCount > 1 { return true }
    }
    return !hasNumber
  }

  private static func columnNames(
    _ text: CSVText, hasHeader: Bool, _ path: String
  ) throws(ComponentError) -> [String] {
    var names: [String] = []
    var columns: [String: Int] = [:]
    for column in 0..<text.fieldCount(0) {
      let given = hasHeader ? text.field(0, column) : ""
      let name = given.isEmpty ? "column\(column + 1)" : given
      if let other = columns[name] {
        throw .data(
          "'\(path)' line \(text.lines[0]): columns \(other + 1) and \(column + 1) are both named "
            + "'\(name)'; rename one, or set header=no if the line is a row")
      }
      columns[name] = column
      names.append(name)
    }
    return names
  }
}
