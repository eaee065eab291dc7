public import QHostInterfaces

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What a text must be to be taken apart, and the lines of its places.
///
/// Lines end with CRLF, LF or CR.
public struct TextPlaces: Sendable {
  private let text: [UInt8]
  private let path: String

  /// Takes a file's text.
  ///
  /// - Parameters:
  ///   - text: its bytes.
  ///   - path: its name, for messages.
  public init(_ text: [UInt8], path: String) {
    self.text = text
    self.path = path
  }

  /// Where the text begins after a byte order mark.
  public var firstByte: Int { text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  /// The lines, from 1, of places in rising order.
  func lines(of places: [Int]) -> [Int] {
    var line = 1
    var place = 0
    return text.withUnsafeBufferPointer { text in
      places.map { next in
        while place < next {
          let byte = text[place]
          place += 1
          if byte == CSVCursor.lineFeed
            || (byte == CSVCursor.carriageReturn
              && !(place < text.count && text[place] == CSVCursor.lineFeed))
          {
            line += 1
          }
        }
        return line
      }
    }
  }

  /// The line of a place, from 1.
  func line(of place: Int) -> Int { lines(of: [place])[0] }

  /// The sentence for what a cursor has met.
  func error(_ failure: CSVCursor.Failure, delimiter: CSVDelimiter) -> ComponentError {
    let line = line(of: failure.place)
    switch failure.reason {
    case .openQuote:
      return .data(
        "'\(path)' line \(line): a quoted field is never closed; add the missing '\"'")
    case .textAfterQuote:
      return .data(
        "'\(path)' line \(line): text follows a closing quote; double the quotes within a field, or "
          + "set delimiter if fields are not separated by '\(Character(UnicodeScalar(delimiter.byte)))'"
      )
    }
  }

  /// Refuses text with zero bytes, and text that is not UTF-8.
  ///
  /// Letters outside ASCII that are not UTF-8 must not become one and the same sign: texts that differ in them alone would
  /// be one.
  ///
  /// - Throws: an error of kind `data` with the line.
  public func checkEncoding() throws(ComponentError) {
    try checkBytes()
    if let place = Self.firstInvalidByte(text) {
      throw .data("'\(path)' line \(line(of: place)) \(Self.notUTF8(text[place]))")
    }
  }

  /// Refuses text with zero bytes, as UTF-16 has.
  func checkBytes() throws(ComponentError) {
    if text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF]) {
      throw .data("'\(path)' is UTF-16 text; save it as UTF-8")
    }
    if let place = Self.firstZero(text) {
      let zeros = text.prefix(1024).count { $0 == 0 }
      throw .data(
        3 * zeros > text.prefix(1024).count
          ? "'\(path)' has zero bytes, as UTF-16 text without a byte order mark does; save it as UTF-8"
          : "'\(path)' line \(line(of: place)) has a zero byte, which is not text; use an intact copy"
      )
    }
  }

  private static func firstZero(_ text: [UInt8]) -> Int? {
    text.withUnsafeBytes { text in
      guard let start = text.baseAddress, let found = memchr(start, 0, text.count) else {
        return nil
      }
      return UnsafeRawPointer(found) - start
    }
  }

  /// The end of a sentence about a byte that is not UTF-8.
  static func notUTF8(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "is not UTF-8 text (byte 0x\(digits)), but perhaps Latin-1; save it as UTF-8"
  }

  /// The place of the first byte that is not UTF-8; `nil`: all are.
  static func firstInvalidByte(_ text: [UInt8]) -> Int? {
    text.withUnsafeBufferPointer { text in
      var place = 0
      while place < text.count {
        // Eight bytes of ASCII at a time.
        while place + 8 <= text.count,
          UnsafeRawPointer(text.baseAddress.unsafelyUnwrapped + place)
            .loadUnaligned(as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
          place += 8
        }
        guard place < text.count else { return nil }
        if text[place] < 0x80 {
          place += 1
          continue
        }
        guard let length = sequenceLength(text, at: place) else { return place }
        place += length
      }
      return nil
    }
  }

  /// The bytes of the character at a place, by table 3-7 of the Unicode standard; `nil`: there is none.
  private static func sequenceLength(_ text: UnsafeBufferPointer<UInt8>, at place: Int) -> Int? {
    func byte(_ offset: Int) -> UInt8 { place + offset < text.count ? text[place + offset] : 0 }
    func isTail(_ offset: Int) -> Bool { byte(offset) & 0xC0 == 0x80 }
    switch (text[place], byte(1)) {
    case (0xC2...0xDF, 0x80...0xBF): return 2
    case (0xE0, 0xA0...0xBF), (0xE1...0xEC, 0x80...0xBF), (0xED, 0x80...0x9F),
      (0xEE...0xEF, 0x80...0xBF):
      return isTail(2) ? 3 : nil
    case (0xF0, 0x90...0xBF), (0xF1...0xF3, 0x80...0xBF), (0xF4, 0x80...0x8F):
      return isTail(2) && isTail(3) ? 4 : nil
    default: return nil
    }
  }
}
