import QHostDatasets
import QHostInterfaces

/// The values of one column: numbers if all fields are numbers, or else texts.
enum CSVColumn: Sendable {
  /// Finite numbers; and whether they are written in a local form, as no classes are.
  case numbers([Double], isLocal: Bool)
  /// Texts, none of them empty; and the first row that holds no number.
  case texts(CSVTable.Texts, firstText: Int)

  /// Reads and checks a column.
  ///
  /// - Parameters:
  ///   - sheet: the file.
  ///   - column: the column.
  ///   - texts: its texts, if it has some that are not plain numbers.
  ///   - isTarget: whether it is to be learnt; classes may be numbers and words.
  /// - Throws: an error of kind `data` for a value that is missing or not finite, and for texts that are numbers but
  ///   for how they are written.
  init(
    _ sheet: CSVTable, column: Int, _ texts: CSVTable.Texts?, isTarget: Bool
  ) throws(ComponentError) {
    if let texts, let row = sheet.firstText(column) {
      let local = LocalColumn(texts, decimal: sheet.decimal)
      guard let numbers = try local.numbers(sheet, column, isTarget: isTarget) else {
        try Self.check(texts, sheet, column)
        self = .texts(texts, firstText: row)
        return
      }
      self = .numbers(numbers, isLocal: true)
    } else {
      if let row = sheet.firstMissing(column) { throw Self.missing(sheet, row, column) }
      self = .numbers(sheet.numbers(column), isLocal: false)
    }
    guard case .numbers(let numbers, _) = self else { return }
    // Networks read inputs as 32-bit reals.
    if let row = numbers.firstIndex(where: { !Float($0).isFinite }) {
      throw .data(
        "\(sheet.place(row: row, column: column)): '\(sheet.field(row: row, column: column))' is not "
          + "a finite 32-bit number; correct it, remove the row, or name the column in ignore")
    }
  }

  private static func check(
    _ texts: CSVTable.Texts, _ sheet: CSVTable, _ column: Int
  ) throws(ComponentError) {
    // Other marks of missing values may be names here: NA is Namibia.
    if let code = texts.texts.firstIndex(of: ""), let row = texts.codes.firstIndex(of: Int32(code))
    {
      throw missing(sheet, row, column)
    }
    var seen: Set<String> = []
    for (code, text) in texts.texts.enumerated() where !seen.insert(text).inserted {
      // Strings are alike when they look alike: é is one letter, or e with an accent.
      let row = texts.codes.firstIndex(of: Int32(code)) ?? 0
      throw .data(
        "\(sheet.place(row: row, column: column)): '\(text)' is written with other characters than "
          + "in an earlier row, though it looks the same; write it alike (Unicode's form NFC)")
    }
  }

  /// The sentence for a value that is missing.
  static func missing(_ sheet: CSVTable, _ row: Int, _ column: Int) -> ComponentError {
    let field = sheet.field(row: row, column: column)
    let found = field.isEmpty ? "the value is missing" : "'\(field)' stands for a missing value"
    return .data(
      "\(sheet.place(row: row, column: column)): \(found); fill it in, remove the row, or name the "
        + "column in ignore")
  }
}
