import QHostInterfaces

/// What stands before the records of a file: a byte order mark, Excel's line `sep=;`, lines of comment.
struct CSVPreamble {
  /// Where the records begin.
  private(set) var start: Int
  /// The delimiter that a line names.
  private(set) var delimiter: CSVDelimiter?
  /// Where the text of the last line of comment begins, after its `#`; `nil`: there is none.
  private var lastComment: Int?

  /// Steps over the first lines of a text that ends with a line feed.
  ///
  /// - Throws: an error of kind `data` for a separator that is not known.
  init(_ text: [UInt8], path: String) throws(ComponentError) {
    start = TextPlaces(text, path: path).firstByte
    let first = text[start...].prefix { !Self.isLineEnd($0) }.filter { $0 != CSVCursor.quote }
    if first.count == 5, first.prefix(4).map({ $0 | 0x20 }) == Array("sep=".utf8).map({ $0 | 0x20 })
    {
      guard let named = CSVDelimiter.allCases.first(where: { $0.byte == first[4] }) else {
        throw .data(
          "'\(path)' line 1 names a separator that is not read; use ',', ';', '|', a tabulator or "
            + "spaces")
      }
      delimiter = named
      start = Self.nextLine(text, after: start)
    }
    while start < text.count {
      let words = text[start...].prefix { !Self.isLineEnd($0) }.drop { $0 == CSVCursor.space }
      if words.first == UInt8(ascii: "#") {
        lastComment =
          words.dropFirst().first { $0 != CSVCursor.space } == nil
          ? nil : words.startIndex + 1
      } else if !words.isEmpty {
        return
      }
      start = Self.nextLine(text, after: start)
    }
  }

  /// Where records begin if the last line of comment names the columns, as numpy writes them.
  ///
  /// It does when it has as many fields as the line after it, which has numbers.
  func startOfRecords(in text: [UInt8], delimiter: CSVDelimiter, path: String) -> Int {
    guard let lastComment,
      let names = try? CSVText(text, path: path, delimiter: delimiter, from: lastComment, limit: 1),
      let next = try? CSVText(text, path: path, delimiter: delimiter, from: start, limit: 1),
      names.recordCount == 1, next.recordCount == 1, names.fieldCount(0) > 1,
      names.fieldCount(0) == next.fieldCount(0),
      (0..<next.fieldCount(0)).contains(where: { CSVField.number(next.field(0, $0)) != nil })
    else { return start }
    return lastComment
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool {
    byte == CSVCursor.lineFeed || byte == CSVCursor.carriageReturn
  }

  private static func nextLine(_ text: [UInt8], after start: Int) -> Int {
    let end = text[start...].firstIndex(where: isLineEnd) ?? text.count - 1
    let isPair =
      text[end] == CSVCursor.carriageReturn && end + 1 < text.count
      && text[end + 1] == CSVCursor.lineFeed
    return end + (isPair ? 2 : 1)
  }
}
