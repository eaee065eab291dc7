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

  /// Takes the target column.
  ///
  /// - Throws: an error of kind `data` when it cannot be learnt as asked.
  init(
    _ values: CSVColumn, of sheet: CSVTable, column: Int, kind: Kind
  ) throws(ComponentError) {
    switch values {
    case .numbers(let numbers, let isLocal):
      let isRegression =
        kind == .regression
        || (kind == .auto && (isLocal || !Self.hasFewWholeValues(numbers)))
      if isRegression {
        self = .numbers(numbers)
      } else {
        let order = Self.different(numbers).sorted()
        let classes = Self.places(of: numbers, in: order)
        self = try Self.classes(sheet, column, classes, count: order.count)
      }
    case .texts(let texts, let row):
      guard kind != .regression else {
        throw .data(
          "\(sheet.place(row: row, column: column)): '\(sheet.field(row: row, column: column))' is "
            + "not a number; correct it, set task=classification, or set target to another column")
      }
      let order = texts.texts.indices.sorted { texts.texts[$0] < texts.texts[$1] }
      var places = order
      for (place, code) in order.enumerated() { places[code] = place }
      self = try Self.classes(
        sheet, column, texts.codes.map { places[Int($0)] }, count: order.count)
    }
  }

  private static func hasFewWholeValues(_ numbers: [Double]) -> Bool {
    var values: [Double] = []
    for number in numbers where !values.contains(number) {
      guard number == number.rounded(), values.count < mostWholeClasses else { return false }
      values.append(number)
    }
    return true
  }

  /// The different numbers of a column.
  private static func different(_ numbers: [Double]) -> [Double] {
    // Most targets have few: a short list is searched faster than a set.
    var few: [Double] = []
    for (row, number) in numbers.enumerated() where !few.contains(number) {
      few.append(number)
      if few.count > mostWholeClasses { return Array(Set(few).union(numbers[row...])) }
    }
    return few
  }

  /// The place of each number in an order that has it.
  private static func places(of numbers: [Double], in order: [Double]) -> [Int] {
    numbers.map { number in
      var (low, high) = (0, order.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if order[middle] < number { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }

  private static func classes(
    _ sheet: CSVTable, _ column: Int, _ classes: [Int], count: Int
  ) throws(ComponentError) -> CSVTarget {
    var firstRows = Array(repeating: -1, count: count)
    var counts = Array(repeating: 0, count: count)
    for (row, index) in classes.enumerated() {
      if counts[index] == 0 { firstRows[index] = row }
      counts[index] += 1
    }
    let names = firstRows.map { sheet.field(row: $0, column: column) }
    guard count > 1 else {
      throw .data(
        "'\(sheet.path)' column '\(sheet.names[column])': all \(classes.count) rows are of class "
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
