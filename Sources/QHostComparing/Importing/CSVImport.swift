internal import QHostDatasets
internal import QHostInterfaces
internal import QHostRuntime

/// Runs from a CSV with the columns `problem`, `seed`, `evaluations` and `loss`, and `algorithm` where there are several.
///
/// Rows of one problem and seed are points of one curve, in the order of their evaluations; the last is the run's end.
enum CSVImport {
  private static let needed = ["problem", "seed", "evaluations", "loss"]

  private struct Key: Hashable {
    var algorithm: String?
    var problem: String
    var seed: UInt64
  }

  /// The runs of a file, in the order of their first rows.
  ///
  /// - Throws: kind `data`, with file and line.
  static func runs(_ path: String) throws(RunError) -> [ImportedRun] {
    let bytes = try FileAccess.read(path)
    let table: CSVTable
    do throws(ComponentError) {
      var form = CSVTable.Form()
      form.hasHeader = true
      table = try CSVTable(bytes, path: path, form: form)
    } catch let error {
      throw RunError(.data, "--import: \(error.message)")
    }
    let columns = try columns(table)
    var runs: [ImportedRun] = []
    var places: [Key: Int] = [:]
    for row in 0..<table.rowCount {
      let (key, point) = try self.row(row, of: table, columns)
      guard let place = places[key] else {
        places[key] = runs.count
        runs.append(
          ImportedRun(
            algorithm: key.algorithm, problem: .named(key.problem), seed: key.seed,
            points: [point], evaluations: point.evaluations,
            place: "'\(path)' line \(table.line(ofRow: row))"))
        continue
      }
      guard point.evaluations > runs[place].evaluations else {
        throw refusal(
          table, row,
          "evaluations \(point.evaluations) do not come after \(runs[place].evaluations) of the same problem and seed; "
            + "sort the rows, or give each run a seed of its own")
      }
      runs[place].points.append(point)
      runs[place].evaluations = point.evaluations
    }
    return runs
  }

  /// The columns by name.
  private static func columns(_ table: CSVTable) throws(RunError) -> [String: Int] {
    var columns: [String: Int] = [:]
    for (place, name) in table.names.enumerated() { columns[name.lowercased()] = place }
    for name in needed where columns[name] == nil {
      throw RunError(
        .data,
        "--import: '\(table.path)' has no column '\(name)' (its columns are \(table.names.joined(separator: ", "))); "
          + "name its columns \(needed.joined(separator: ", "))")
    }
    return columns
  }

  private static func row(
    _ row: Int, of table: CSVTable, _ columns: [String: Int]
  ) throws(RunError) -> (Key, ImportedRun.Point) {
    func text(_ name: String) -> String {
      columns[name].map { table.field(row: row, column: $0) } ?? ""
    }
    let problem = text("problem")
    guard !problem.isEmpty else { throw refusal(table, row, "the problem is empty; name it") }
    guard let seed = UInt64(text("seed")) else {
      throw refusal(table, row, "seed '\(text("seed"))' is not an integer of at least 0")
    }
    guard let evaluations = Int(text("evaluations")), evaluations >= 0 else {
      throw refusal(
        table, row, "evaluations '\(text("evaluations"))' are not an integer of at least 0")
    }
    guard let loss = Double(text("loss")), loss.isFinite else {
      throw refusal(
        table, row, "loss '\(text("loss"))' is not a finite number with a decimal point")
    }
    let algorithm = text("algorithm")
    return (
      Key(algorithm: algorithm.isEmpty ? nil : algorithm, problem: problem, seed: seed),
      ImportedRun.Point(evaluations: evaluations, loss: loss)
    )
  }

  private static func refusal(_ table: CSVTable, _ row: Int, _ what: String) -> RunError {
    RunError(.data, "--import: '\(table.path)' line \(table.line(ofRow: row)): \(what)")
  }
}
