internal import Glibc
internal import QHostRuntime

/// The improvements in a line of a journal: four lists of numbers, and nearly all of its bytes.
///
/// A decoder of JSON takes most of a report's time for them; here they are read as what they are. What looks
/// otherwise than `qhost compare` writes it is left to the decoder.
struct ImprovementsText {
  /// What of the lists is read.
  enum Part: Sendable {
    /// All.
    case whole
    /// The last improvement alone.
    case last
  }

  private static let key = Array("\"improvements\":".utf8)
  private static let emptyLists = Array(
    #"{"best_loss":[],"evaluations":[],"forward_equivalents":[],"seconds":[]}"#.utf8)

  private let line: UnsafeBufferPointer<UInt8>
  /// The object's bytes, with both braces.
  private let range: Range<Int>

  /// Finds them in a line, which must outlive this value; `nil` when there are none.
  init?(in line: UnsafeBufferPointer<UInt8>) {
    guard let found = Self.range(in: line) else { return nil }
    self.line = line
    range = found
  }

  /// The line with empty lists in their place.
  var lineWithoutThem: [UInt8] {
    Array(line[..<range.lowerBound]) + Self.emptyLists + line[range.upperBound...]
  }

  /// The lists.
  ///
  /// - Parameter part: what of them.
  /// - Returns: `nil` when they are anything else than four lists of numbers.
  func values(_ part: Part) -> Improvements? {
    var reader = NumberListReader(line, range)
    return reader.improvements(part)
  }

  /// Where the object of the key is that stands in the line's outermost object.
  private static func range(in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    var depth = 0
    var place = 0
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "\""):
        if depth == 1, let start = objectStart(bytes, place) {
          return end(of: start, in: bytes).map { start..<$0 }
        }
        guard let last = endOfString(bytes, place) else { return nil }
        place = last
      default: break
      }
      place += 1
    }
    return nil
  }

  private static func objectStart(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int? {
    let end = place + key.count
    guard end < bytes.count, bytes[end] == UInt8(ascii: "{"),
      bytes[place..<end].elementsEqual(key)
    else { return nil }
    return end
  }

  /// After the brace that ends an object of lists; strings in it are words for numbers, without braces.
  private static func end(of start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let base = bytes.baseAddress,
      let brace = memchr(base + start, Int32(UInt8(ascii: "}")), bytes.count - start)
    else { return nil }
    return base.distance(to: brace.assumingMemoryBound(to: UInt8.self)) + 1
  }

  /// The place of the quote that ends a string.
  private static func endOfString(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    var place = start + 1
    while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
      place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    return place < bytes.count ? place : nil
  }
}

extension JournalLine {
  /// Reads a line.
  ///
  /// - Parameters:
  ///   - line: its bytes.
  ///   - part: what of its improvements.
  /// - Returns: `nil` when it is damaged.
  static func read(
    _ line: UnsafeBufferPointer<UInt8>, _ part: ImprovementsText.Part
  ) -> JournalLine? {
    guard let text = ImprovementsText(in: line), let improvements = text.values(part),
      let record: JournalLine = JSONText.value(of: text.lineWithoutThem),
      case .cell(var result) = record
    else { return JSONText.value(of: line) }
    result.improvements = improvements
    return .cell(result)
  }
}
