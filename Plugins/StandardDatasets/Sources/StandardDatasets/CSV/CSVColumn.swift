import QHostDatasets
import QHostInterfaces

/// The values of one column: numbers if all fields are numbers, or else texts.
enum CSVColumn: Sendable {
  /// Finite numbers.
  case numbers([Double])
  /// Texts, none of them empty; and the first row that holds no number.
  case texts([String], firstText: Int)

  /// Reads and checks a column.
  ///
  /// - Throws: an error of kind `data` for a value that is missing or not finite.
  init(_ sheet: CSVSheet, column: Int) throws(ComponentError) {
    var numbers: [Double] = []
    numbers.reserveCapacity(sheet.rowCount)
    var missingRow: Int?
    for row in 0..<sheet.rowCount {
      let field = sheet.field(row: row, column: column)
      if CSVField.isMissing(field) {
        missingRow = missingRow ?? row
      } else if let number = CSVField.number(field) {
        numbers.append(number)
      } else {
        self = .texts(try Self.texts(sheet, column), firstText: row)
        return
      }
    }
    if let row = missingRow { throw Self.missing(sheet, row, column) }
    // Networks read inputs as 32-bit reals.
    if let row = numbers.firstIndex(where: { !Float($0).isFinite }) {
      throw .data(
        "\(sheet.place(row: row, column: column)): '\(sheet.field(row: row, column: column))' is not "
          + "a finite 32-bit number; correct it, remove the row, or name the column in ignore")
    }
    self = .numbers(numbers)
  }

  private static func texts(
    _ sheet: CSVSheet, _ column: Int
  ) throws(ComponentError) -> [String] {
    var texts: [String] = []
    texts.reserveCapacity(sheet.rowCount)
    for row in 0..<sheet.rowCount {
      let field = sheet.field(row: row, column: column)
      // Other marks of missing values may be names here: NA is Namibia.
      if field.isEmpty { throw missing(sheet, row, column) }
      texts.append(field)
    }
    return texts
  }

  private static func missing(_ sheet: CSVSheet, _ row: Int, _ column: Int) -> ComponentError {
    let field = sheet.field(row: row, column: column)
    let found = field.isEmpty ? "the value is missing" : "'\(field)' stands for a missing value"
    return .data(
      "\(sheet.place(row: row, column: column)): \(found); fill it in, remove the row, or name the "
        + "column in ignore")
  }
}
