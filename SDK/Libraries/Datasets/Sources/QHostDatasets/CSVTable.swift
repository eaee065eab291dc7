public import QHostInterfaces

/// A file of delimited fields as rows and named columns.
///
/// One walk finds the records and reads their numbers; columns of texts are read when they are asked for.
public struct CSVTable: Sendable {
  /// How a file is to be read.
  public struct Form: Sendable {
    /// What separates fields; `nil`: what the file shows.
    public var delimiter: CSVDelimiter?
    /// The decimal sign; `nil`: what the numbers show.
    public var decimal: CSVDecimal?
    /// Whether the first record names the columns; `nil`: if it looks like it.
    public var hasHeader: Bool?
    /// Whether the text is Latin-1 rather than UTF-8.
    public var isLatin1 = false
    /// How many columns there must be: one where no target is needed.
    public var leastColumns = 2

    /// A form that is found out.
    public init() {}
  }

  /// The texts of a column.
  public struct Texts: Sendable {
    /// The number of each row's text, [N].
    public var codes: [Int32]
    /// The texts, in the order of the first rows that have them.
    public var texts: [String]
  }

  /// The file.
  public let path: String
  /// The decimal sign of its numbers.
  public let decimal: CSVDecimal
  /// Whether the decimal sign was told or shown rather than assumed.
  public let isDecimalKnown: Bool
  /// The names of the columns, from the header or else by their numbers.
  public let names: [String]
  /// The columns that have no name in the header.
  public let unnamed: Set<Int>
  /// The number of rows below the header.
  public var rowCount: Int { scan.starts.count - firstRow }

  let text: [UInt8]
  let delimiter: CSVDelimiter
  let scan: CSVScan
  /// What the fields of the first record are.
  let first: [CSVValue]
  /// The record that is the first row.
  let firstRow: Int

  /// Reads and checks a text.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - path: its name, for messages.
  ///   - form: how it is read.
  ///   - progress: is called with the part that has been read, 0 to 1.
  /// - Throws: an error of kind `data` when it is not text, has no rows, a row of another length, or two columns of one
  ///   name.
  public init(
    _ bytes: consuming [UInt8], path: String, form: Form = Form(),
    progress: ((Double) -> Void)? = nil
  ) throws(ComponentError) {
    if form.isLatin1 { bytes = Latin1.utf8(bytes) }
    if bytes.last != CSVCursor.lineFeed { bytes.append(CSVCursor.lineFeed) }
    let text = bytes
    let places = TextPlaces(text, path: path)
    try places.checkBytes()
    let preamble = try CSVPreamble(text, path: path)
    let delimiter =
      form.delimiter ?? preamble.delimiter
      ?? CSVDelimiter.detected(in: text, from: preamble.start, path: path)
    let start = preamble.startOfRecords(in: text, delimiter: delimiter, path: path)
    let sample = try CSVText(text, path: path, delimiter: delimiter, from: start, limit: 100)
    guard sample.recordCount > 0 else {
      throw .data("'\(path)' is empty; give a file with one row a line")
    }
    let shown = CSVDecimal.detected(in: sample, delimiter: delimiter)
    decimal = form.decimal ?? shown.decimal
    isDecimalKnown = form.decimal != nil || shown.isKnown
    do throws(CSVCursor.Failure) {
      scan = try CSVScan(
        text, from: start, delimiter: delimiter, decimal: decimal,
        columnCount: sample.fieldCount(sample.recordCount > 1 ? 1 : 0), progress: progress)
    } catch {
      throw places.error(error, delimiter: delimiter)
    }
    self.path = path
    self.text = text
    self.delimiter = delimiter
    first = scan.values(ofRecord: 0, in: text)
    let layout = try CSVLayout(
      scan, text: text, path: path, delimiter: delimiter, first: first, least: form.leastColumns)
    try Self.checkEncoding(of: text, scan, layout, path)
    let hasHeader: Bool
    if let told = form.hasHeader {
      hasHeader = told
    } else {
      hasHeader = CSVHeader.isLikely(layout, scan, text: text, delimiter: delimiter, decimal)
    }
    firstRow = hasHeader ? 1 : 0
    guard scan.starts.count > firstRow else {
      throw .data(
        "'\(path)' has a header and no rows; add rows, or set header=no if line "
          + "\(places.line(of: scan.starts[0])) is one")
    }
    (names, unnamed) = try CSVHeader.names(
      layout, hasHeader: firstRow == 1, line: places.line(of: scan.starts[0]), path)
  }

  /// The text of a field.
  ///
  /// - Parameters:
  ///   - row: from 0, a header not counted.
  ///   - column: from 0.
  /// - Returns: the text without quotes; empty where the row has fewer fields.
  public func field(row: Int, column: Int) -> String {
    let fields = CSVLayout.fields(
      text, at: scan.starts[firstRow + row], delimiter, limit: column + 1)
    return column < fields.count ? fields[column] : ""
  }

  /// The place of a field, for messages.
  ///
  /// - Parameters:
  ///   - row: from 0, a header not counted.
  ///   - column: from 0.
  /// - Returns: the file's path, the line and the column's name.
  public func place(row: Int, column: Int) -> String {
    "'\(path)' line \(line(ofRow: row)), column '\(names[column])'"
  }

  /// The line that a row begins on, from 1.
  public func line(ofRow row: Int) -> Int {
    TextPlaces(text, path: path).line(of: scan.starts[firstRow + row])
  }

  private static func checkEncoding(
    of text: [UInt8], _ scan: CSVScan, _ layout: CSVLayout, _ path: String
  ) throws(ComponentError) {
    guard let place = TextPlaces.firstInvalidByte(text) else { return }
    let record = (scan.starts.firstIndex { $0 > place } ?? scan.starts.count) - 1
    let line = TextPlaces(text, path: path).line(of: place)
    let column = layout.column(of: place, record: max(record, 0))
    var name = "\(column + 1)"
    if record > 0, column < layout.header.count, !layout.header[column].contains("\u{FFFD}") {
      name = "'\(layout.header[column])'"
    }
    throw .data(
      "'\(path)' line \(line), column \(name) \(TextPlaces.notUTF8(text[place])), or set "
        + "encoding=latin-1")
  }
}
