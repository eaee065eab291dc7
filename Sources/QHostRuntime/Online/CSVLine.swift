/// The fields of one line of delimited text; a field in quotes may hold the delimiter, and a quote that is written twice.
enum CSVLine {
  /// The delimiter of a header: a comma, a semicolon or a tabulator, whichever it has first of these.
  static func delimiter(of header: [UInt8]) -> UInt8 {
    [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")].first { header.contains($0) }
      ?? UInt8(ascii: ",")
  }

  /// The fields, without spaces around them; `nil`: a quote is not closed.
  static func fields(_ line: [UInt8], _ delimiter: UInt8) -> [String]? {
    let quote = UInt8(ascii: "\"")
    guard line.contains(quote) else {
      return line.split(separator: delimiter, omittingEmptySubsequences: false).map(bare)
    }
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var place = 0
    while place < line.count {
      let byte = line[place]
      if byte == quote {
        if isQuoted, place + 1 < line.count, line[place + 1] == quote {
          field.append(quote)
          place += 1
        } else {
          isQuoted.toggle()
        }
      } else if byte == delimiter, !isQuoted {
        fields.append(bare(field[...]))
        field = []
      } else {
        field.append(byte)
      }
      place += 1
    }
    guard !isQuoted else { return nil }
    return fields + [bare(field[...])]
  }

  private static func bare(_ bytes: ArraySlice<UInt8>) -> String {
    var bytes = bytes
    while bytes.first == 0x20 { bytes = bytes.dropFirst() }
    while bytes.last == 0x20 { bytes = bytes.dropLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
