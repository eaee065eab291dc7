internal import QHostRuntime

/// Runs from a folder of IOHprofiler: descriptions in JSON, and `.dat` files with `evaluations` and `raw_y`.
///
/// Source: IOHexperimenter's data format, version 0.3.
enum IOHImport {
  private struct Description: Decodable {
    struct Algorithm: Decodable {
      var name: String?
    }
    struct Run: Decodable {
      var evals: Int
    }
    struct Scenario: Decodable {
      var dimension: Int
      var path: String
      var runs: [Run]
    }

    var suite: String?
    var functionId: Int?
    var functionName: String?
    var maximization: Bool?
    var algorithm: Algorithm?
    var scenarios: [Scenario]
  }

  /// The runs of descriptions.
  ///
  /// - Throws: kind `data`, with file and line.
  static func runs(_ descriptions: [String]) throws(RunError) -> [ImportedRun] {
    var runs: [ImportedRun] = []
    for path in descriptions {
      guard let description: Description = JSONText.value(of: try FileAccess.read(path)) else {
        throw RunError(
          .data,
          "--import: '\(path)' is not a description of IOHprofiler (version 0.3), or damaged; take it from its source again"
        )
      }
      guard description.maximization != true else {
        throw RunError(
          .data,
          "--import: '\(path)' is of a problem that is maximised, and losses are minimised; leave it out, or negate it in a CSV"
        )
      }
      let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
      for scenario in description.scenarios {
        runs += try self.runs(scenario, description, at: path, in: folder)
      }
    }
    return runs
  }

  private static func runs(
    _ scenario: Description.Scenario, _ description: Description, at path: String, in folder: String
  ) throws(RunError) -> [ImportedRun] {
    let data = folder + scenario.path
    guard FileAccess.exists(data) else {
      throw RunError(
        .data, "--import: '\(path)' names '\(data)', which is not there; copy the whole folder")
    }
    let curves = try curves(data)
    guard curves.count == scenario.runs.count else {
      throw RunError(
        .data,
        "--import: '\(path)' names \(scenario.runs.count) runs of dimension \(scenario.dimension), and '\(data)' has "
          + "\(curves.count); take the folder from its source again")
    }
    let isSuite = description.suite?.uppercased() == "BBOB"
    let problem: ImportedRun.Problem =
      if isSuite, let id = description.functionId {
        .function(id, dimension: scenario.dimension)
      } else {
        .named(description.functionName ?? "f\(description.functionId ?? 0)")
      }
    return zip(curves, scenario.runs).enumerated().map { place, pair in
      let (curve, run) = pair
      return ImportedRun(
        algorithm: description.algorithm?.name, problem: problem, seed: UInt64(place + 1),
        points: curve.points, evaluations: max(run.evals, curve.points.last?.evaluations ?? 0),
        place: "'\(data)' line \(curve.line)")
    }
  }

  /// The curves of a `.dat` file: each begins with the names of its columns.
  private static func curves(
    _ path: String
  ) throws(RunError) -> [(line: Int, points: [ImportedRun.Point])] {
    let lines = try TextLines(reading: path)
    var curves: [(line: Int, points: [ImportedRun.Point])] = []
    var columns: (evaluations: Int, loss: Int)?
    for (number, text) in lines.numbered {
      let words = text.words
      if let evaluations = words.firstIndex(of: "evaluations") {
        guard let loss = words.firstIndex(of: "raw_y") else {
          throw lines.refusal(number, "has no column raw_y; log the raw value of the function")
        }
        columns = (evaluations, loss)
        curves.append((number, []))
        continue
      }
      guard let columns, words.count > max(columns.evaluations, columns.loss),
        let evaluations = Int(words[columns.evaluations]), evaluations >= 0,
        let loss = Double(words[columns.loss]), loss.isFinite
      else {
        throw lines.refusal(
          number,
          "has no whole evaluations and no finite raw_y, after a line with the names of columns")
      }
      if let last = curves[curves.count - 1].points.last, evaluations < last.evaluations {
        throw lines.refusal(
          number, "evaluations \(evaluations) come after \(last.evaluations) of the same run")
      }
      curves[curves.count - 1].points.append(.init(evaluations: evaluations, loss: loss))
    }
    for curve in curves where curve.points.isEmpty {
      throw lines.refusal(curve.line, "a run begins that has no lines")
    }
    return curves
  }
}
