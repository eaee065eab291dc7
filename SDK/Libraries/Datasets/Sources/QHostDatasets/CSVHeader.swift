import QHostInterfaces

/// The names of the columns.
enum CSVHeader {
  /// Whether the first record names the columns: no field of it is a number, or one heads a column of numbers.
  static func isLikely(
    _ layout: CSVLayout, _ scan: CSVScan, text: [UInt8], delimiter: CSVDelimiter,
    _ decimal: CSVDecimal
  ) -> Bool {
    var hasNumber = false
    var words: [Int] = []
    for (column, name) in layout.header.enumerated() {
      if isNumber(name, decimal) {
        hasNumber = true
      } else if !CSVField.isMissing(name) {
        words.append(column)
      }
    }
    guard hasNumber else { return true }
    let rest = 1..<max(scan.starts.count, 1)
    guard !rest.isEmpty else { return false }
    if words.contains(where: { scan.oddities[$0].text < 0 }) { return true }
    return words.contains { column in
      rest.allSatisfy { record in
        let fields = CSVLayout.fields(
          text, at: scan.starts[record], delimiter, limit: column + 1)
        return column < fields.count
          && (isNumber(fields[column], decimal) || CSVField.isMissing(fields[column]))
      }
    }
  }

  private static func isNumber(_ text: String, _ decimal: CSVDecimal) -> Bool {
    CSVField.number(text) != nil || LocalNumber(text, decimal: decimal) != nil
  }

  /// The names, and which columns have none.
  ///
  /// - Throws: an error of kind `data` for two columns of one name.
  static func names(
    _ layout: CSVLayout, hasHeader: Bool, line: Int, _ path: String
  ) throws(ComponentError) -> (names: [String], unnamed: Set<Int>) {
    var names: [String] = []
    var unnamed: Set<Int> = []
    var columns: [String: Int] = [:]
    for column in 0..<layout.columnCount {
      let given = hasHeader ? layout.header[column] : ""
      if hasHeader, given.isEmpty { unnamed.insert(column) }
      let name = given.isEmpty ? "column\(column + 1)" : given
      if let other = columns[name] {
        throw .data(
          "'\(path)' line \(line): columns \(other + 1) and \(column + 1) are both named "
            + "'\(name)'; rename one, or set header=no if the line is a row")
      }
      columns[name] = column
      names.append(name)
    }
    return (names, unnamed)
  }
}
