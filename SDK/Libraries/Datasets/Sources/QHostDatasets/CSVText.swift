public import QHostInterfaces

/// The records of a text of delimited fields.
///
/// RFC 4180: fields in quotes may hold delimiters, line ends and doubled quotes. Beyond it: line
/// ends are CRLF, LF or CR; blank lines are skipped; spaces around a field are dropped; a quote in
/// the middle of a field stands for itself; a UTF-8 byte order mark is skipped.
public struct CSVText: Sendable {
  /// The line that each record begins on, from 1.
  public private(set) var lines: [Int] = []
  /// Where the last record ends.
  public private(set) var end = 0
  /// All fields one after the other, without quotes.
  private var bytes: [UInt8] = []
  /// Where each field ends in `bytes`.
  private var ends: [Int] = []
  /// The first field of each record, and the end.
  private var firstFields: [Int] = [0]

  /// How many records there are.
  public var recordCount: Int { lines.count }

  /// The number of fields of a record.
  public func fieldCount(_ record: Int) -> Int { firstFields[record + 1] - firstFields[record] }

  /// A field of a record.
  ///
  /// - Parameters:
  ///   - record: from 0.
  ///   - index: of the field in its record, from 0.
  /// - Returns: the text without quotes.
  public func field(_ record: Int, _ index: Int) -> String {
    let place = firstFields[record] + index
    // The text is known to be UTF-8.
    return String(decoding: bytes[(place == 0 ? 0 : ends[place - 1])..<ends[place]], as: UTF8.self)
  }

  /// Takes a text apart.
  ///
  /// - Parameters:
  ///   - text: the file.
  ///   - path: its name, for messages.
  ///   - delimiter: what separates fields.
  ///   - start: where to begin.
  ///   - limit: the number of records to stop after.
  /// - Throws: an error of kind `data` for a quote that is not closed or not followed by a delimiter, and for text that
  ///   is not UTF-8.
  public init(
    _ text: [UInt8], path: String, delimiter: CSVDelimiter, from start: Int = 0, limit: Int = .max
  ) throws(ComponentError) {
    var text = text
    if text.last != CSVCursor.lineFeed { text.append(CSVCursor.lineFeed) }
    let places = TextPlaces(text, path: path)
    if limit == .max { try places.checkEncoding() }
    bytes.reserveCapacity(limit == .max ? text.count : 0)
    do throws(CSVCursor.Failure) {
      try text.withUnsafeBufferPointer { (text) throws(CSVCursor.Failure) in
        let first = max(start, places.firstByte)
        try read(CSVCursor(text, delimiter: delimiter, at: first), limit: limit)
      }
    } catch {
      throw places.error(error, delimiter: delimiter)
    }
    lines = places.lines(of: lines)
  }

  /// Keeps the places of records in ``lines``, until they are counted.
  private mutating func read(_ start: CSVCursor, limit: Int) throws(CSVCursor.Failure) {
    var cursor = start
    while cursor.place < cursor.text.count, recordCount < limit {
      let place = cursor.place
      let firstByte = bytes.count
      let firstField = ends.count
      repeat {
        let field = try cursor.field()
        cursor.append(field, to: &bytes)
        ends.append(bytes.count)
      } while cursor.skipDelimiter()
      let isBlank = ends.count == firstField + 1 && bytes.count == firstByte
      cursor.skipLineEnd()
      if isBlank {
        ends.removeLast()
      } else {
        lines.append(place)
        firstFields.append(ends.count)
        end = min(cursor.place, cursor.text.count - 1)
      }
    }
  }
}
