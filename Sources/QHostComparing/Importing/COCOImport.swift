internal import QHostRuntime

/// Runs from an archive of COCO: `.info` files, each with lines in pairs that name a function, a dimension and a `.dat` file.
///
/// A run's best precision is in the third column of `.dat`; its evaluations in all are in the `.info` file. Source: COCO's data
/// format, suite `bbob`.
enum COCOImport {
  private static let function = "funcId"
  private static let dimension = "DIM"
  private static let algorithm = "algId"

  /// The runs of `.info` files.
  ///
  /// - Throws: kind `data`, with file and line.
  static func runs(_ infos: [String]) throws(RunError) -> [ImportedRun] {
    var runs: [ImportedRun] = []
    // Instances of a function and dimension may be spread over several files.
    var counts: [ImportedRun.Problem: UInt64] = [:]
    for info in infos {
      let lines = try TextLines(reading: info)
      var fields: [String: String]?
      for (number, text) in lines.numbered {
        if text.hasPrefix("%") { continue }
        if text.contains(function + " ") || text.contains(function + "=") {
          fields = Self.fields(text)
          continue
        }
        guard let known = fields else {
          throw lines.refusal(
            number,
            "names data before a line with \(function) and \(dimension); take the archive from its source again"
          )
        }
        fields = nil
        runs += try self.runs(text, number, of: lines, known, &counts)
      }
    }
    return runs
  }

  /// `name = value` between commas.
  private static func fields(_ line: Substring) -> [String: String] {
    var fields: [String: String] = [:]
    for part in line.split(separator: ",") {
      let sides = part.split(separator: "=", maxSplits: 1).map { side in
        side.trimmingBlanks
      }
      if sides.count == 2 { fields[sides[0]] = sides[1].filter { $0 != "'" && $0 != "\"" } }
    }
    return fields
  }

  /// The runs of a line such as `data_f1/bbobexp_f1_DIM2.dat, 1:246|-9.9e-09, 2:230|1e-9`.
  private static func runs(
    _ line: Substring, _ number: Int, of lines: TextLines, _ fields: [String: String],
    _ counts: inout [ImportedRun.Problem: UInt64]
  ) throws(RunError) -> [ImportedRun] {
    guard let id = fields[function].flatMap({ Int($0) }),
      let dimension = fields[dimension].flatMap({ Int($0) })
    else {
      throw lines.refusal(
        number, "the line before it has no integers for \(Self.function) and \(Self.dimension)"
      )
    }
    let parts = line.split(separator: ",").map(\.trimmingBlanks)
    let folder = lines.path.lastIndex(of: "/").map { String(lines.path[...$0]) } ?? ""
    let path = folder + parts[0].replacing("\\", with: "/")
    guard FileAccess.exists(path) else {
      throw lines.refusal(number, "there is no '\(path)'; unpack the whole archive")
    }
    let curves = try curves(path)
    let ends = parts.dropFirst()
    guard curves.count == ends.count else {
      throw lines.refusal(
        number,
        "names \(ends.count) runs, and '\(path)' has \(curves.count); take the archive from its source again"
      )
    }
    let problem = ImportedRun.Problem.function(id, dimension: dimension)
    var runs: [ImportedRun] = []
    for (end, curve) in zip(ends, curves) {
      let words = end.split(whereSeparator: { $0 == ":" || $0 == "|" })
      guard words.count > 1, let evaluations = Int(words[1]) else {
        throw lines.refusal(number, "'\(end)' is not of the form INSTANCE:EVALUATIONS|PRECISION")
      }
      counts[problem, default: 0] += 1
      runs.append(
        ImportedRun(
          algorithm: fields[algorithm], problem: problem, seed: counts[problem] ?? 1,
          points: curve.points, evaluations: max(evaluations, curve.points.last?.evaluations ?? 0),
          place: "'\(path)' line \(curve.line)"))
    }
    return runs
  }

  /// The curves of a `.dat` file: each begins with lines of comment.
  private static func curves(
    _ path: String
  ) throws(RunError) -> [(line: Int, points: [ImportedRun.Point])] {
    let lines = try TextLines(reading: path)
    var curves: [(line: Int, points: [ImportedRun.Point])] = []
    var isComment = false
    for (number, text) in lines.numbered {
      if text.hasPrefix("%") {
        if !isComment { curves.append((number, [])) }
        isComment = true
        continue
      }
      isComment = false
      let words = text.words
      guard !curves.isEmpty, words.count > 2, let evaluations = Int(words[0]), evaluations >= 0,
        let loss = Double(words[2]), loss.isFinite
      else {
        throw lines.refusal(
          number,
          "is not of the form EVALUATIONS FITNESS BEST-FITNESS ..., after a line of comment that begins a run"
        )
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

extension Substring {
  /// Without blanks around it.
  fileprivate var trimmingBlanks: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
