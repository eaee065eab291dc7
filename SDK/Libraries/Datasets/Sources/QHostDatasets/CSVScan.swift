internal import QHostMemory

/// What one walk over a file finds: where its records begin, and the numbers in them.
struct CSVScan {
  /// What a column has beside numbers, by the first record that has it, or -1.
  struct Oddities {
    var text = -1
    var missing = -1
    var anything = -1
  }

  /// Where each record begins.
  private(set) var starts: [Int] = []
  /// Where the number of fields changes: the first record of each stretch, and its number of fields.
  private(set) var stretches: [(record: Int, fieldCount: Int)] = []
  /// Columns, of which numbers are kept.
  let columnCount: Int
  /// The numbers of all records but the first, row-major; where there are none, any.
  private(set) var numbers: [Double] = []
  /// Of all records but the first.
  private(set) var oddities: [Oddities]
  private let delimiter: CSVDelimiter
  private let reader: CSVNumberReader

  private static let recordsBetweenProgress = 1 << 16

  /// Walks over a text that ends with a line feed.
  init(
    _ text: [UInt8], from start: Int, delimiter: CSVDelimiter, decimal: CSVDecimal,
    columnCount: Int, progress: ((Double) -> Void)?
  ) throws(CSVCursor.Failure) {
    self.columnCount = columnCount
    self.delimiter = delimiter
    reader = CSVNumberReader(decimal: decimal)
    oddities = Array(repeating: Oddities(), count: columnCount)
    try text.withUnsafeBufferPointer { (text) throws(CSVCursor.Failure) in
      // A record of C fields has at least C bytes, so that no file asks for more than it is long.
      let lines = Self.mostRecords(in: text)
      let rows = min(lines, text.count / max(columnCount, 1) + 1)
      starts.reserveCapacity(lines)
      var failure: CSVCursor.Failure?
      numbers = [Double](unsafeUninitializedCapacity: rows * columnCount) { numbers, count in
        LargePages.ask(for: numbers)
        do throws(CSVCursor.Failure) {
          try walk(CSVCursor(text, delimiter: delimiter, at: start), numbers, progress)
        } catch {
          failure = error
        }
        count = max(0, min(starts.count - 1, rows)) * columnCount
      }
      if let failure { throw failure }
    }
  }

  /// The lines of a text, at most.
  private static func mostRecords(in text: UnsafeBufferPointer<UInt8>) -> Int {
    var (feeds, returns) = (0, 0)
    for byte in text {
      feeds &+= byte == CSVCursor.lineFeed ? 1 : 0
      returns &+= byte == CSVCursor.carriageReturn ? 1 : 0
    }
    return feeds + returns + 1
  }

  private mutating func walk(
    _ begin: CSVCursor, _ numbers: UnsafeMutableBufferPointer<Double>,
    _ progress: ((Double) -> Void)?
  ) throws(CSVCursor.Failure) {
    var cursor = begin
    var width = -1
    var first = -columnCount
    while cursor.place < cursor.text.count {
      let start = cursor.place
      cursor.skipSpaces()
      if cursor.isLineEnd(cursor.text[cursor.place]) {
        cursor.skipLineEnd()
        continue
      }
      if starts.count % Self.recordsBetweenProgress == Self.recordsBetweenProgress - 1 {
        progress?(Double(start) / Double(cursor.text.count))
      }
      var column = 0
      repeat {
        try read(&cursor, column, first, numbers)
        column += 1
      } while cursor.skipDelimiter()
      cursor.skipLineEnd()
      if column != width {
        stretches.append((starts.count, column))
        width = column
      }
      starts.append(start)
      first += columnCount
    }
  }

  /// Reads one field; `first` is the place of its record's numbers, below 0 for the first record.
  @inline(__always)
  private mutating func read(
    _ cursor: inout CSVCursor, _ column: Int, _ first: Int,
    _ numbers: UnsafeMutableBufferPointer<Double>
  ) throws(CSVCursor.Failure) {
    let isKept = column < columnCount && first >= 0 && first + column < numbers.count
    cursor.skipSpaces()
    let start = cursor.place
    if let number = reader.read(cursor.text, at: &cursor.place) {
      while cursor.text[cursor.place] == CSVCursor.space, !cursor.isEnd(CSVCursor.space) {
        cursor.place += 1
      }
      if cursor.isEnd(cursor.text[cursor.place]) {
        if isKept { numbers.baseAddress.unsafelyUnwrapped[first + column] = number }
        return
      }
    }
    cursor.place = start
    let field = try cursor.field()
    if isKept { take(field, in: cursor, column, first, numbers) }
  }

  /// Takes a field that is not a plain number.
  @inline(never)
  private mutating func take(
    _ field: CSVCursor.Field, in cursor: CSVCursor, _ column: Int, _ first: Int,
    _ numbers: UnsafeMutableBufferPointer<Double>
  ) {
    let record = starts.count
    if !field.range.isEmpty, oddities[column].anything < 0 { oddities[column].anything = record }
    guard oddities[column].text < 0 else { return }
    switch CSVValue(field, in: cursor, reader) {
    case .number(let number): numbers[first + column] = number
    case .missing: if oddities[column].missing < 0 { oddities[column].missing = record }
    case .text: oddities[column].text = record
    }
  }

  /// What the fields of a record are, one by one, as far as there are columns.
  func values(ofRecord record: Int, in text: [UInt8]) -> [CSVValue] {
    text.withUnsafeBufferPointer { text in
      var cursor = CSVCursor(text, delimiter: delimiter, at: starts[record])
      var values: [CSVValue] = []
      repeat {
        // The walk was over these fields already.
        guard let field = try? cursor.field() else { break }
        values.append(CSVValue(field, in: cursor, reader))
      } while cursor.skipDelimiter()
      return values
    }
  }
}

/// What a field is taken as.
enum CSVValue {
  /// A number, which may be infinite.
  case number(Double)
  /// Nothing, or a mark for that.
  case missing
  /// Anything else.
  case text

  /// Looks at a field.
  init(_ field: CSVCursor.Field, in cursor: CSVCursor, _ reader: CSVNumberReader) {
    guard !field.range.isEmpty else {
      self = .missing
      return
    }
    var place = field.range.lowerBound
    if let number = reader.read(cursor.text, at: &place), place == field.range.upperBound {
      self = .number(number)
      return
    }
    // Words have no more letters than these: -infinity.
    guard field.range.count <= 9 else {
      self = .text
      return
    }
    let word = String(decoding: cursor.text[field.range], as: UTF8.self)
    if CSVField.isMissing(word) {
      self = .missing
    } else if word.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "n") }),
      let number = CSVField.number(word)
    {
      self = .number(number)
    } else {
      self = .text
    }
  }
}
