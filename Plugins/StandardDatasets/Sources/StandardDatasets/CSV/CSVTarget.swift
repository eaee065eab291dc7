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
        let (classes, count) = Self.places(of: numbers)
        self = try Self.classes(sheet, column, classes, count: count)
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

  /// The place of each number among the different ones, in order, and how many those are.
  private static func places(of numbers: [Double]) -> (places: [Int], count: Int) {
    // Most targets have few: a short list is searched faster than a set.
    var few: [Double] = []
    var places = [Int](repeating: 0, count: numbers.count)
    for (row, number) in numbers.enumerated() {
      if let place = few.firstIndex(of: number) {
        places[row] = place
        continue
      }
      guard few.count < mostWholeClasses else { return manyPlaces(of: numbers) }
      places[row] = few.count
      few.append(number)
    }
    let order = few.indices.sorted { few[$0] < few[$1] }
    var ranks = order
    for (rank, place) in order.enumerated() { ranks[place] = rank }
    for row in places.indices { places[row] = ranks[places[row]] }
    return (places, few.count)
  }

  private static func manyPlaces(of numbers: [Double]) -> (places: [Int], count: Int) {
    let order = Set(numbers).sorted()
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    return (numbers.map { places[$0] ?? 0 }, order.count)
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
