/// Walks over the fields of a text of delimited fields; see ``CSVText`` for what it understands.
///
/// The text must end with a line feed, which is what keeps it from reading beyond its end.
struct CSVCursor {
  /// Where a field's characters lie, without quotes and the spaces around it.
  struct Field {
    var range: Range<Int>
    /// Whether it has doubled quotes, each of which stands for one.
    var hasDoubledQuotes = false
  }

  /// What is wrong with a text, and where.
  struct Failure: Error {
    enum Reason {
      case openQuote
      case textAfterQuote
    }
    var reason: Reason
    var place: Int
  }

  static let quote = UInt8(ascii: "\"")
  static let space = UInt8(ascii: " ")
  static let tab = UInt8(ascii: "\t")
  static let carriageReturn: UInt8 = 0x0D
  static let lineFeed: UInt8 = 0x0A

  let text: UnsafeBufferPointer<UInt8>
  private let delimiter: UInt8
  private let isSpaced: Bool
  /// The byte that is next.
  var place: Int

  /// Starts at a place.
  init(_ text: UnsafeBufferPointer<UInt8>, delimiter: CSVDelimiter, at place: Int) {
    self.text = text
    self.delimiter = delimiter.byte
    isSpaced = delimiter == .space
    self.place = place
  }

  /// Reads the next field, up to its delimiter or the end of the line.
  @inline(__always)
  mutating func field() throws(Failure) -> Field {
    skipSpaces()
    if text[place] == Self.quote { return try quotedField() }
    let start = place
    while !isEnd(text[place]) { place += 1 }
    var end = place
    while end > start, text[end - 1] == Self.space { end -= 1 }
    return Field(range: start..<end)
  }

  /// Whether a byte ends a field that is in no quotes.
  @inline(__always)
  func isEnd(_ byte: UInt8) -> Bool {
    byte == delimiter || isLineEnd(byte) || (isSpaced && byte == Self.tab)
  }

  /// Steps over a delimiter, if one is next.
  @inline(__always)
  mutating func skipDelimiter() -> Bool {
    if isSpaced {
      let before = place
      skipSpaces()
      return place > before && !isLineEnd(text[place])
    }
    guard text[place] == delimiter else { return false }
    place += 1
    return true
  }

  /// Steps over the end of a line.
  @inline(__always)
  mutating func skipLineEnd() {
    let isPair =
      text[place] == Self.carriageReturn && place + 1 < text.count
      && text[place + 1] == Self.lineFeed
    place += isPair ? 2 : 1
  }

  /// Steps over spaces, and over tabulators where they separate as spaces do.
  @inline(__always)
  mutating func skipSpaces() {
    while text[place] == Self.space || (isSpaced && text[place] == Self.tab) { place += 1 }
  }

  @inline(__always)
  func isLineEnd(_ byte: UInt8) -> Bool { byte == Self.lineFeed || byte == Self.carriageReturn }

  /// Appends the characters of a field.
  func append(_ field: Field, to bytes: inout [UInt8]) {
    guard field.hasDoubledQuotes else {
      return bytes.append(contentsOf: text[field.range])
    }
    var place = field.range.lowerBound
    while place < field.range.upperBound {
      bytes.append(text[place])
      place += text[place] == Self.quote ? 2 : 1
    }
  }

  private mutating func quotedField() throws(Failure) -> Field {
    let opening = place
    var field = Field(range: place..<place)
    place += 1
    while true {
      while place < text.count, text[place] != Self.quote { place += 1 }
      guard place + 1 < text.count else {
        throw Failure(reason: .openQuote, place: opening)
      }
      guard text[place + 1] == Self.quote else { break }
      field.hasDoubledQuotes = true
      place += 2
    }
    field.range = opening + 1..<place
    place += 1
    if !isSpaced { skipSpaces() }
    guard isEnd(text[place]) else { throw Failure(reason: .textAfterQuote, place: place) }
    return field
  }
}
