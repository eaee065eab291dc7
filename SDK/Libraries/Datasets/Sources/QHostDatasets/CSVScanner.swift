import QHostInterfaces

/// Walks through a text of delimited fields; see ``CSVText``.
struct CSVScanner {
  private static let quote = UInt8(ascii: "\"")
  private static let space = UInt8(ascii: " ")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let lineFeed = UInt8(ascii: "\n")

  private let text: [UInt8]
  private let path: String
  private let delimiter: UInt8
  private var place: Int
  /// The current line, from 1.
  private(set) var line = 1

  /// Starts at the beginning, after a byte order mark.
  init(_ text: [UInt8], path: String, delimiter: UInt8) {
    self.text = text
    self.path = path
    self.delimiter = delimiter
    place = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// Whether there is nothing more.
  var isAtEnd: Bool { place >= text.count }

  /// Appends the next field, without quotes and the spaces around it.
  mutating func readField(into bytes: inout [UInt8]) throws(ComponentError) {
    skipSpaces()
    if place < text.count, text[place] == Self.quote {
      try readQuotedField(into: &bytes)
    } else {
      let start = place
      while place < text.count, text[place] != delimiter, !isLineEnd(text[place]) { place += 1 }
      var end = place
      while end > start, text[end - 1] == Self.space { end -= 1 }
      bytes.append(contentsOf: text[start..<end])
    }
  }

  /// Steps over a delimiter, if one is next.
  mutating func skipDelimiter() -> Bool {
    guard place < text.count, text[place] == delimiter else { return false }
    place += 1
    return true
  }

  /// Steps over the end of a line.
  mutating func skipLineEnd() {
    guard place < text.count else { return }
    let isPair =
      text[place] == Self.carriageReturn && place + 1 < text.count
      && text[place + 1] == Self.lineFeed
    place += isPair ? 2 : 1
    line += 1
  }

  private mutating func readQuotedField(into bytes: inout [UInt8]) throws(ComponentError) {
    let firstLine = line
    place += 1
    while place < text.count {
      let byte = text[place]
      place += 1
      if byte == Self.quote {
        guard place < text.count, text[place] == Self.quote else {
          return try finishQuotedField()
        }
        place += 1
      } else if byte == Self.lineFeed {
        line += 1
      }
      bytes.append(byte)
    }
    throw .data("'\(path)' line \(firstLine): a quoted field is never closed; add the missing '\"'")
  }

  private mutating func finishQuotedField() throws(ComponentError) {
    skipSpaces()
    guard place < text.count, text[place] != delimiter, !isLineEnd(text[place]) else { return }
    throw .data(
      "'\(path)' line \(line): text follows a closing quote; double the quotes within a field, or "
        + "set delimiter if fields are not separated by '\(Character(UnicodeScalar(delimiter)))'")
  }

  private mutating func skipSpaces() {
    while place < text.count, text[place] == Self.space { place += 1 }
  }

  private func isLineEnd(_ byte: UInt8) -> Bool {
    byte == Self.lineFeed || byte == Self.carriageReturn
  }
}
