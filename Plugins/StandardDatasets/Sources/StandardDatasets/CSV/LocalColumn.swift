import QHostDatasets
import QHostInterfaces

/// A column of texts that may be numbers as people and offices write them.
struct LocalColumn {
  private let column: CSVTable.Texts
  /// What each text is, if it is a number.
  private let numbers: [LocalNumber?]
  /// Whether each text would be a number with the other decimal sign only.
  private let isForeign: [Bool]
  /// Rows of each text.
  private let counts: [Int]
  private let decimal: CSVDecimal

  /// Looks at the texts of a column.
  init(_ column: CSVTable.Texts, decimal: CSVDecimal) {
    self.column = column
    self.decimal = decimal
    numbers = column.texts.map { LocalNumber($0, decimal: decimal) }
    isForeign = zip(column.texts, numbers).map {
      $1 == nil && LocalNumber($0, decimal: decimal.other) != nil
    }
    var counts = [Int](repeating: 0, count: column.texts.count)
    for code in column.codes { counts[Int(code)] += 1 }
    self.counts = counts
  }

  /// The numbers of the column, [N]; `nil` when it holds texts.
  ///
  /// - Throws: an error of kind `data` when most of its texts are numbers and some are not, or not in the same way.
  func numbers(
    _ sheet: CSVTable, _ index: Int, isTarget: Bool
  ) throws(ComponentError) -> [Double]? {
    let rest = column.texts.indices.filter { numbers[$0] == nil }
    guard rest.allSatisfy({ CSVField.isMissing(column.texts[$0]) }) else {
      try refuseMixture(sheet, index, isTarget: isTarget)
      return nil
    }
    if let code = rest.first { throw CSVColumn.missing(sheet, row(of: code), index) }
    try checkForms(sheet, index)
    return column.codes.map { numbers[Int($0)]?.value ?? 0 }
  }

  /// Refuses a column most of whose texts are numbers.
  private func refuseMixture(
    _ sheet: CSVTable, _ index: Int, isTarget: Bool
  ) throws(ComponentError) {
    let codes = column.texts.indices
    let numberCount = codes.reduce(0) {
      $0 + (numbers[$1] != nil || isForeign[$1] ? counts[$1] : 0)
    }
    let isLocal = codes.contains {
      isForeign[$0] || (numbers[$0] != nil && CSVField.number(column.texts[$0]) == nil)
    }
    guard 2 * numberCount >= column.codes.count, isLocal || !isTarget else { return }
    let code = codes.first { numbers[$0] == nil && !CSVField.isMissing(column.texts[$0]) } ?? 0
    let place = sheet.place(row: row(of: code), column: index)
    let text = column.texts[code]
    guard isForeign[code] else {
      throw .data(
        "\(place): '\(text)' is not a number, as \(numberCount) of the column's "
          + "\(column.codes.count) values are; write it with a decimal \(decimal), remove the row, or "
          + "name the column in ignore")
    }
    throw .data(
      "\(place): '\(text)' looks like a number with a decimal \(decimal.other); write it with a "
        + "decimal \(decimal), or set decimal=\(decimal.other)")
  }

  /// Refuses percentages beside plain numbers, several currencies, and separators that may be decimal signs.
  private func checkForms(_ sheet: CSVTable, _ index: Int) throws(ComponentError) {
    let known = numbers.compactMap(\.self)
    guard let first = known.first else { return }
    func refuse(_ code: Int?, _ words: String) throws(ComponentError) {
      guard let code else { return }
      throw .data(
        "\(sheet.place(row: row(of: code), column: index)): '\(column.texts[code])' \(words)")
    }
    try refuse(
      numbers.firstIndex { $0?.isPercent != first.isPercent },
      first.isPercent
        ? "has no percent sign, as values before it do; write them alike"
        : "has a percent sign, as values before it do not; write them alike")
    try refuse(
      numbers.firstIndex { $0?.currency != first.currency },
      "is not of the same currency as the values before it; write them alike")
    // Several groups, or groups and decimals, show which is which.
    let isShown = zip(column.texts, numbers).contains { text, number in
      number?.isDoubtful == false && text.utf8.contains(decimal.other.byte)
    }
    guard !sheet.isDecimalKnown, !isShown else { return }
    try refuse(
      numbers.firstIndex { $0?.isDoubtful ?? false },
      "may have a decimal sign or group thousands; set decimal=point or decimal=comma")
  }

  private func row(of code: Int) -> Int { column.codes.firstIndex(of: Int32(code)) ?? 0 }
}
