import QHostDatasets
import QHostInterfaces

/// The column that says when each row was: rows stand in its order, and it is not a feature.
///
/// Times are numbers, or texts whose order is that of their letters, such as 2026-01-31T12:00.
struct CSVTime {
  /// What users are told: times that repeat; `nil`: none do.
  let note: String?

  /// Checks the order of a sheet's rows.
  ///
  /// - Parameters:
  ///   - sheet: the file.
  ///   - column: the column of times.
  /// - Throws: an error of kind `data`, with the line, for a time that is missing or before that of the row before.
  init(_ sheet: CSVTable, column: Int) throws(ComponentError) {
    let texts = sheet.firstText(column) == nil ? nil : sheet.texts([column])[column]
    let steps: (earlier: Int?, equal: [Int])
    switch try CSVColumn(sheet, column: column, texts, isTarget: true) {
    case .numbers(let numbers, _): steps = Self.steps(numbers.count) { numbers[$0] }
    case .texts(let texts, _):
      steps = Self.steps(texts.codes.count) { texts.texts[Int(texts.codes[$0])] }
    }
    if let row = steps.earlier {
      throw .data(
        "\(sheet.place(row: row, column: column)): the time '\(sheet.field(row: row, column: column))' is before "
          + "'\(sheet.field(row: row - 1, column: column))' in the row before; sort the rows by time"
      )
    }
    note = steps.equal.first.map {
      "\(sheet.place(row: $0, column: column)): the time '\(sheet.field(row: $0, column: column))' repeats that of the "
        + "row before"
        + (steps.equal.count > 1 ? ", the first of \(steps.equal.count) such lines" : "")
        + "; rows are taken as they stand"
    }
  }

  /// The first row before the one before it, and rows of the same time as that.
  private static func steps<Time: Comparable>(
    _ count: Int, _ time: (Int) -> Time
  ) -> (earlier: Int?, equal: [Int]) {
    var equal: [Int] = []
    for row in stride(from: 1, to: count, by: 1) {
      if time(row) < time(row - 1) { return (row, equal) }
      if time(row) == time(row - 1) { equal.append(row) }
    }
    return (nil, equal)
  }
}

extension CSVTable {
  /// The column of `time`; `nil`: there is none.
  ///
  /// - Throws: an error of kind `parameter` for a column that is not there, or is the target.
  func timeColumn(_ configuration: Configuration) throws(ComponentError) -> Int? {
    let (name, target) = (configuration.text("time"), configuration.text("target"))
    guard !name.isEmpty else { return nil }
    let time = try column(name, parameter: "time")
    if !target.isEmpty, try column(target, parameter: "target") == time {
      throw .parameter(
        "target and time name the same column '\(names[time])'; set one of them to another")
    }
    return time
  }

  /// The columns that are neither feature nor target: those of `ignore`, and that of `time`.
  func ignored(_ configuration: Configuration) throws(ComponentError) -> Set<Int> {
    var ignored = try columns(configuration.text("ignore"), parameter: "ignore")
    if let time = try timeColumn(configuration) { ignored.insert(time) }
    return ignored
  }
}
