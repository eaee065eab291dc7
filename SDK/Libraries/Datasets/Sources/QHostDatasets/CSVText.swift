public import QHostInterfaces

/// The records of a text of delimited fields.
///
/// RFC 4180: fields in quotes may hold delimiters, line ends and doubled quotes. Beyond it: line
/// ends are CRLF, LF or CR; blank lines are skipped; spaces around a field are dropped; a quote in
/// the middle of a field stands for itself; a UTF-8 byte order mark is skipped.
public struct CSVText: Sendable {
  /// The line that each record begins on, from 1.
  public private(set) var lines: [Int] = []
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
  public func field(_ record: Int, _ index: Int) -> String {
    let place = firstFields[record] + index
    return String(decoding: bytes[(place == 0 ? 0 : ends[place - 1])..<ends[place]], as: UTF8.self)
  }

  /// Takes a text apart.
  ///
  /// - Parameters:
  ///   - text: the file.
  ///   - path: its name, for messages.
  ///   - delimiter: what separates fields.
  ///   - limit: the number of records to stop after.
  /// - Throws: an error of kind `data` for a quote that is not closed or not followed by a delimiter.
  public init(
    _ text: [UInt8], path: String, delimiter: UInt8, limit: Int = .max
  ) throws(ComponentError) {
    var scanner = CSVScanner(text, path: path, delimiter: delimiter)
    bytes.reserveCapacity(limit == .max ? text.count : 0)
    while !scanner.isAtEnd, recordCount < limit {
      let line = scanner.line
      let firstByte = bytes.count
      let firstField = ends.count
      repeat {
        try scanner.readField(into: &bytes)
        ends.append(bytes.count)
      } while scanner.skipDelimiter()
      let isBlank = ends.count == firstField + 1 && bytes.count == firstByte
      scanner.skipLineEnd()
      if isBlank {
        ends.removeLast()
      } else {
        lines.append(line)
        firstFields.append(ends.count)
      }
    }
  }
}
