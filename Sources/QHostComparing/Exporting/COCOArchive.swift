internal import Glibc
internal import QHostStatistics
internal import QHostRuntime

/// Archives of COCO, as `cocopp` reads them: a folder for each algorithm, in it `bbobexp_fN.info` for each
/// function, and `.dat` and `.tdat` files for each dimension.
///
/// `.dat` has a line when the precision first falls below another 10^(k/5), `.tdat` one at each ⌊10^(k/20)⌋
/// evaluations; both have the last. As journals have one improvement for each hundredth of a decade of
/// evaluations, a target may seem to be hit up to 2.4 % late. Readers need a line for evaluation 1: where the first
/// known loss is later, it has a precision above all targets. Source: COCO's data format, suite `bbob`.
enum COCOArchive {
  private static let columns =
    "function evaluation | noise-free fitness - Fopt (0.0e+00) | best noise-free fitness - Fopt "
    + "| measured fitness | best measured fitness"
  /// The precision from which on COCO calls a function solved.
  private static let precision = 1e-8
  static func export(of runs: ExportedRuns) throws(RunError) -> Export {
    var export = Export()
    let known = try recognised(runs, &export)
    var names = FileNames()
    for algorithm in ExportedRuns.groups(known.map(\.run), by: \.algorithm) {
      let folder = names.name(for: algorithm.key)
      let own = known.filter { $0.run.algorithm == algorithm.key }
      for id in Set(own.map(\.function.id)).sorted() {
        let ofFunction = own.filter { $0.function.id == id }
        var info = ""
        for dimension in Set(ofFunction.map(\.function.dimension)).sorted() {
          let path = "data_f\(id)/bbobexp_f\(id)_DIM\(dimension)"
          let runs = ofFunction.filter { $0.function.dimension == dimension }.map(\.run)
          info += index(runs, id: id, dimension: dimension, path: path)
          export.add("\(folder)/\(path).dat", data(runs, rows: targetRows))
          export.add("\(folder)/\(path).tdat", data(runs, rows: timeRows))
        }
        export.add("\(folder)/bbobexp_f\(id).info", info)
      }
    }
    export.notes += runs.failureNotes
    export.notes.append(
      "the functions are those of the suite 'bbob', their instances and bounds are qhost's own: "
        + "compare these archives with each other, not with published ones")
    return export
  }

  /// The runs on functions of the suite; notes say which are not.
  private static func recognised(
    _ runs: ExportedRuns, _ export: inout Export
  ) throws(RunError) -> [(run: CellResult, function: BBOBFunction)] {
    var known: [(run: CellResult, function: BBOBFunction)] = []
    for problem in ExportedRuns.groups(runs.withLosses(&export), by: \.problem) {
      do throws(BBOBFunction.Mismatch) {
        for run in problem.runs { known.append((run, try BBOBFunction(run))) }
      } catch {
        export.notes.append("\(problem.key) is left out: \(error.reason)")
      }
    }
    guard known.isEmpty else { return known }
    throw RunError(
      .usage,
      "no run is on a function of COCO's suite 'bbob' (\(export.notes.joined(separator: "; "))); "
        + "use --format ioh, which has room for any")
  }

  private static func index(
    _ runs: [CellResult], id: Int, dimension: Int, path: String
  ) -> String {
    let algorithm = (runs.first?.algorithm ?? "").replacing("'", with: "\"")
    let instances = runs.enumerated().map { place, run in
      let final = run.improvements.bestLoss.last ?? .infinity
      return "\(place + 1):\(run.run.cost.evaluations)|\(final)"
    }
    return """
      suite = 'bbob', funcId = \(id), DIM = \(dimension), Precision = \(precision), \
      algId = '\(algorithm)', coco_version = '2.8'
      % runs of qhost, numbered in the order of their cells
      \(path).dat, \(instances.joined(separator: ", "))

      """
  }

  private static func data(
    _ runs: [CellResult], rows: (StepCurve, Int) -> [Int]
  ) -> String {
    runs.map { run in
      let curve = curve(of: run.improvements)
      return "% \(columns)\n"
        + rows(curve, run.run.cost.evaluations).map { row in
          let value = curve.value(at: Double(row))
          return "\(row) \(value) \(value) \(value) \(value)\n"
        }.joined()
    }.joined()
  }

  /// The best loss against evaluations, from the first on.
  private static func curve(of improvements: Improvements) -> StepCurve {
    let improvements = improvements.fromTheFirstEvaluation
    var places = improvements.evaluations.map(Double.init)
    var values = improvements.bestLoss
    if let first = values.first, places.first != 1 {
      places.insert(1, at: 0)
      values.insert(ExportedRuns.unknownLoss(before: first), at: 0)
    }
    return StepCurve(places: places, values: values)
  }

  /// The evaluations at which another target is hit, and the last.
  private static func targetRows(_ curve: StepCurve, last: Int) -> [Int] {
    var rows: [Int] = []
    var reached = Double.infinity
    for (place, value) in zip(curve.places, curve.values) {
      let target = max(ceil(5 * log10(max(value, 1e-300))), 5 * log10(precision))
      if target < reached, Int(place) < last { rows.append(Int(place)) }
      reached = min(reached, target)
    }
    return rows + [last]
  }

  /// Twenty evaluations per decade, and the last.
  private static func timeRows(_ curve: StepCurve, last: Int) -> [Int] {
    var rows: [Int] = []
    var step = 0.0
    while pow(10, step / 20) < Double(last) {
      let row = Int(pow(10, step / 20))
      if row < last, rows.last != row { rows.append(row) }
      step += 1
    }
    return rows + [last]
  }
}
