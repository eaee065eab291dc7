/// A row of text, taken apart.
struct CSVStreamRow {
  var line: Int
  var bytes: [UInt8]
  /// [F]; NaN: a gap.
  var features: [Float]
  /// As it is written; `nil`: it never comes.
  var label: String?
  /// Of numbers to foretell.
  var number: Float?
  var time: CSVStreamLayout.Time?
}

/// What the columns of a streamed table are.
struct CSVStreamLayout {
  /// A time: a number, or a text such as 2026-01-31T12:00:00 whose order is that of its letters.
  struct Time {
    let text: String
    let number: Double?

    init(_ text: String) {
      self.text = text
      number = Double(text)
    }

    static func < (left: Time, right: Time) -> Bool {
      if let a = left.number, let b = right.number { return a < b }
      return left.text < right.text
    }
  }

  let name: String
  let featureNames: [String]
  let labelName: String
  let isRegression: Bool
  let refusesIrregularTimes: Bool
  private let columns: [String]
  private let features: [Int]
  private let label: Int
  private let time: Int?
  private let delimiter: UInt8

  /// Reads the names of the columns.
  ///
  /// - Throws: kind `usage` for a column that is not there, `data` for a header that is none.
  init(_ header: [UInt8], _ source: OnlineSource, name: String) throws(RunError) {
    self.name = name
    isRegression = source.isRegression
    refusesIrregularTimes = source.refusesIrregularTimes
    var header = header
    if header.starts(with: [0xEF, 0xBB, 0xBF]) { header.removeFirst(3) }
    delimiter = CSVLine.delimiter(of: header)
    guard let columns = CSVLine.fields(header, delimiter), columns.count > 1 else {
      throw RunError(
        .data,
        "'\(name)' begins with a line of fewer than two names of columns; give it a header, such as x,y,class"
      )
    }
    self.columns = columns
    if let twice = columns.first(where: { name in columns.filter { $0 == name }.count > 1 }) {
      throw RunError(.data, "'\(name)' has two columns '\(twice)'; rename one")
    }
    func place(_ column: String, _ option: String) throws(RunError) -> Int {
      guard let place = columns.firstIndex(of: column) else {
        throw RunError(
          .usage,
          "\(option): '\(name)' has no column '\(column)'"
            + Suggestion.sentence(for: column, among: columns))
      }
      return place
    }
    let time = try source.time.map { (column) throws(RunError) in try place(column, "--time") }
    let label = try source.label.map { (column) throws(RunError) in try place(column, "--label") }
    self.time = time
    self.label = label ?? columns.indices.last { $0 != time } ?? 0
    guard self.label != time else {
      throw RunError(.usage, "--label and --time name the same column '\(columns[self.label])'")
    }
    let labelPlace = self.label
    labelName = columns[labelPlace]
    features = columns.indices.filter { $0 != labelPlace && $0 != time }
    featureNames = features.map { columns[$0] }
    guard !features.isEmpty else {
      throw RunError(.data, "'\(name)' has no column beside label and time; give it features")
    }
  }

  /// Takes a line apart.
  ///
  /// - Throws: kind `data` for a line that has not the columns of the header, or text where a number must be.
  func row(_ bytes: [UInt8], line: Int) throws(RunError) -> CSVStreamRow {
    guard let fields = CSVLine.fields(bytes, delimiter) else {
      throw RunError(.data, "'\(name)', line \(line): a quote is not closed; close it")
    }
    guard fields.count == columns.count else {
      throw RunError(
        .data,
        "'\(name)', line \(line) has \(fields.count) fields, and the header has \(columns.count): "
          + (fields.count < columns.count ? "a column has vanished" : "a column has been added")
          + "; correct the line, or begin a new run with the new columns")
    }
    var numbers: [Float] = []
    numbers.reserveCapacity(features.count)
    for place in features {
      let text = fields[place]
      guard let number = Self.number(text) else {
        throw RunError(
          .data,
          "'\(name)', line \(line), column '\(columns[place])': '\(text)' is not a number; --online takes numbers as "
            + "features")
      }
      numbers.append(number)
    }
    var row = CSVStreamRow(line: line, bytes: bytes, features: numbers)
    let text = fields[label]
    if isRegression {
      guard let number = Self.number(text) else {
        throw RunError(
          .data,
          "'\(name)', line \(line), column '\(labelName)': '\(text)' is not a number; name another column, or "
            + "leave --regression out")
      }
      row.number = number.isFinite ? number : nil
    } else {
      row.label = text.isEmpty ? nil : text
    }
    row.time = time.map { Time(fields[$0]) }
    return row
  }

  /// NaN for what is not known: an empty field, NaN, NA, or a number that single precision does not have.
  private static func number(_ text: String) -> Float? {
    if text.isEmpty || ["nan", "na", "null", "?"].contains(text.lowercased()) { return .nan }
    guard let value = Double(text) else { return nil }
    let number = Float(value)
    return number.isFinite ? number : .nan
  }
}
