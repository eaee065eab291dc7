import QHostDatasets
import QHostInterfaces

/// What a model is to learn from a sheet: classes, or numbers.
enum CSVTarget: Sendable {
  /// The class of each row, and the names of the classes in order.
  case classes([Int], names: [String])
  /// The number of each row.
  case numbers([Double])

  /// What the target is taken as.
  enum Kind: String {
    /// Classes if it is text or has few whole values, otherwise numbers.
    case auto
    /// Classes.
    case classification
    /// Numbers.
    case regression
  }

  /// A column of more whole values than this is taken as numbers.
  private static let mostWholeClasses = 20

  /// Reads and checks the target column.
  ///
  /// - Throws: an error of kind `data` when it cannot be learnt as asked.
  init(_ sheet: CSVSheet, column: Int, kind: Kind) throws(ComponentError) {
    switch try CSVColumn(sheet, column: column) {
    case .numbers(let numbers):
      let isRegression =
        kind == .regression || (kind == .auto && !Self.hasFewWholeValues(numbers))
      if isRegression {
        self = .numbers(numbers)
      } else {
        let order = Set(numbers).sorted()
        self = try Self.classes(sheet, column, numbers, order)
      }
    case .texts(let texts, let row):
      guard kind != .regression else {
        throw .data(
          "\(sheet.place(row: row, column: column)): '\(texts[row])' is not a number; correct it, "
            + "set task=classification, or set target to another column")
      }
      self = try Self.classes(sheet, column, texts, Set(texts).sorted())
    }
  }

  private static func hasFewWholeValues(_ numbers: [Double]) -> Bool {
    var values: Set<Double> = []
    for number in numbers {
      guard number == number.rounded() else { return false }
      values.insert(number)
      if values.count > mostWholeClasses { return false }
    }
    return true
  }

  private static func classes<Value: Hashable>(
    _ sheet: CSVSheet, _ column: Int, _ values: [Value], _ order: [Value]
  ) throws(ComponentError) -> CSVTarget {
    let place = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    var firstRows = Array(repeating: -1, count: order.count)
    var counts = Array(repeating: 0, count: order.count)
    let classes = values.enumerated().map { row, value in
      let index = place[value] ?? 0
      if counts[index] == 0 { firstRows[index] = row }
      counts[index] += 1
      return index
    }
    let names = firstRows.map { sheet.field(row: $0, column: column) }
    guard order.count > 1 else {
      throw .data(
        "'\(sheet.path)' column '\(sheet.names[column])': all \(values.count) rows are of class "
          + "'\(names[0])', where at least two classes are needed; set target to another column, or "
          + "task=regression")
    }
    if let single = counts.firstIndex(of: 1) {
      throw .data(
        "\(sheet.place(row: firstRows[single], column: column)): class '\(names[single])' has a "
          + "single row, where one to learn from and one to test on are needed; add rows, remove "
          + "this one, or set task=regression for numbers")
    }
    return .classes(classes, names: names)
  }
}
