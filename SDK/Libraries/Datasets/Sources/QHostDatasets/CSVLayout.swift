import QHostInterfaces

/// The columns of a file whose records were found.
struct CSVLayout {
  /// The fields of the first record, one for each column; empty for the column of row numbers that R gives no name.
  private(set) var header: [String]
  /// Columns, without one that a comma at the end of each line makes.
  private(set) var columnCount: Int
  private let scan: CSVScan
  private let text: [UInt8]
  private let delimiter: CSVDelimiter

  /// Checks that all records have the same number of fields.
  ///
  /// - Throws: an error of kind `data` that names the line that is unlike most.
  init(
    _ scan: CSVScan, text: [UInt8], path: String, delimiter: CSVDelimiter, first: [CSVValue],
    least: Int
  ) throws(ComponentError) {
    self.scan = scan
    self.text = text
    self.delimiter = delimiter
    header = Self.fields(text, at: scan.starts[0], delimiter, limit: .max)
    columnCount = scan.columnCount
    let isUniform = scan.stretches.dropFirst(scan.stretches[0].fieldCount == columnCount ? 0 : 1)
      .allSatisfy { $0.fieldCount == columnCount }
    let recordCount = scan.starts.count
    let hasEmptyEnd =
      columnCount > 2 && recordCount > 1
      && scan.oddities[columnCount - 1].missing == 1 && scan.oddities[columnCount - 1].text < 0
      && scan.oddities[columnCount - 1].anything < 0 && isAlwaysMissing(columnCount - 1)
    if isUniform, hasEmptyEnd,
      header.count == columnCount - 1 || (header.count == columnCount && header.last == "")
    {
      columnCount -= 1
      header = Array(header.prefix(columnCount))
    } else if isUniform, header.count == columnCount - 1, recordCount > 2, columnCount > 2,
      first.allSatisfy({ if case .text = $0 { true } else { false } })
    {
      // R's write.table names all columns but that of the row names.
      header.insert("", at: 0)
    } else if !isUniform || header.count != columnCount {
      throw mismatch(path)
    }
    guard columnCount >= least else {
      throw .data(
        "'\(path)' has a single column, where a target and at least one feature are needed; add "
          + "columns, or set delimiter")
    }
  }

  /// Whether no record but the first has a number in a column: scans keep numbers without saying of which records.
  private func isAlwaysMissing(_ column: Int) -> Bool {
    (1..<scan.starts.count).allSatisfy { record in
      Self.fields(text, at: scan.starts[record], delimiter, limit: .max).dropFirst(column).first
        == ""
    }
  }

  /// The sentence for the first record that is unlike most.
  private func mismatch(_ path: String) -> ComponentError {
    var counts: [Int: Int] = [:]
    for (place, stretch) in scan.stretches.enumerated() {
      let next =
        place + 1 < scan.stretches.count ? scan.stretches[place + 1].record : scan.starts.count
      counts[stretch.fieldCount, default: 0] += next - stretch.record
    }
    // Of two that are as frequent the first record's does not count as odd.
    let usual =
      counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
      ?? scan.stretches[0].fieldCount
    let first = scan.stretches[0].fieldCount
    let isTie = first != usual && counts[first] == counts[usual]
    let common = isTie ? first : usual
    let odd = scan.stretches.first { $0.fieldCount != common } ?? scan.stretches[0]
    let places = TextPlaces(text, path: path)
    let line = places.line(of: scan.starts[odd.record])
    let number = "\(odd.fieldCount) field\(odd.fieldCount == 1 ? "" : "s")"
    let isAlone = counts[odd.fieldCount] == 1
    guard !isTie else {
      return .data(
        "'\(path)' line \(line) has \(number), line \(places.line(of: scan.starts[0])) has "
          + "\(common); correct the line, or set delimiter")
    }
    let others = isAlone && counts.count == 2 ? "all others have" : "most have"
    let start = text[scan.starts[odd.record]...].first { $0 != CSVCursor.space }
    let remedy =
      start == UInt8(ascii: "#")
      ? "is it a comment? remove it"
      : odd.record == 0
        ? "is it a title or a comment? remove it, or set delimiter"
        : "correct the line, or set delimiter"
    return .data("'\(path)' line \(line) has \(number), \(others) \(common); \(remedy)")
  }

  /// The column of a place in a record.
  func column(of place: Int, record: Int) -> Int {
    text.withUnsafeBufferPointer { text in
      var cursor = CSVCursor(text, delimiter: delimiter, at: scan.starts[record])
      var column = 0
      while (try? cursor.field()) != nil, cursor.place <= place, cursor.skipDelimiter() {
        column += 1
      }
      return column
    }
  }

  /// The fields of a record that was found, up to a number of them.
  static func fields(
    _ text: [UInt8], at start: Int, _ delimiter: CSVDelimiter, limit: Int
  ) -> [String] {
    text.withUnsafeBufferPointer { text in
      var cursor = CSVCursor(text, delimiter: delimiter, at: start)
      var fields: [String] = []
      repeat {
        guard let field = try? cursor.field() else { break }
        var bytes: [UInt8] = []
        cursor.append(field, to: &bytes)
        // What is not UTF-8 is refused before anything is compared.
        fields.append(String(decoding: bytes, as: UTF8.self))
      } while fields.count < limit && cursor.skipDelimiter()
      return fields
    }
  }
}
