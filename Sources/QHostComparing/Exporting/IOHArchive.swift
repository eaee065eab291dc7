internal import QHostRuntime

/// Archives of IOHprofiler: a folder for each algorithm, in it a description in JSON and the improvements as
/// `.dat` for each problem.
///
/// A problem is a model on a dataset, its dimension the number of parameters, an instance the place of a seed
/// in the plan; numbers of problems are the same for all algorithms. Readers know a new run by evaluation 1: a
/// run whose first known loss is later begins with an infinite one. Source: IOHexperimenter's data format,
/// version 0.3.
enum IOHArchive {
  private static let attributes = ["evaluations", "raw_y", "training_passes", "seconds"]

  /// A description, with the names that its readers know.
  private struct Description: Encodable {
    struct Algorithm: Encodable {
      var name: String
      var info: String
    }
    struct Best: Encodable {
      var evals: Int
      var y: Double
      var x: [Double] = []
    }
    struct Run: Encodable {
      var instance: Int
      var evals: Int
      var best: Best
    }
    struct Scenario: Encodable {
      var dimension: Int
      var path: String
      var runs: [Run]
    }

    var version = "0.3.22"
    var suite = "qhost"
    var functionId: Int
    var functionName: String
    var maximization = false
    var algorithm: Algorithm
    var attributes: [String]
    var scenarios: [Scenario]
  }

  static func export(of runs: ExportedRuns) throws(RunError) -> Export {
    var export = Export(notes: runs.failureNotes)
    let known = runs.withLosses(&export)
    guard !known.isEmpty else {
      throw RunError(
        .usage, "no run has a finite loss, and there is nothing to archive; use --format csv")
    }
    var problemNames = FileNames()
    let problems = ExportedRuns.groups(known, by: \.problem).enumerated().map {
      (id: $0 + 1, label: $1.key, name: problemNames.name(for: $1.key), runs: $1.runs)
    }
    var names = FileNames()
    for algorithm in ExportedRuns.groups(known, by: \.algorithm) {
      let folder = names.name(for: algorithm.key)
      for problem in problems {
        let own = problem.runs.filter { $0.algorithm == algorithm.key }
        guard let first = own.first else { continue }
        let dimension = first.run.model.parameterCount ?? 0
        let stem = "f\(problem.id)_\(problem.name)"
        let path = "data_\(stem)/IOHprofiler_f\(problem.id)_DIM\(dimension).dat"
        let description = Description(
          functionId: problem.id, functionName: problem.label,
          algorithm: .init(name: algorithm.key, info: "qhost \(runs.header.hostVersion)"),
          attributes: attributes,
          scenarios: [
            .init(
              dimension: dimension, path: path,
              runs: own.map { summary($0, seeds: runs.header.plan.seeds) })
          ])
        let json = try JSONText.of(description, indented: true)
        export.add("\(folder)/IOHprofiler_\(stem).json", json + "\n")
        export.add("\(folder)/\(path)", own.map(rows).joined())
      }
    }
    return export
  }

  /// A run, which has improvements.
  private static func summary(_ run: CellResult, seeds: [UInt64]) -> Description.Run {
    Description.Run(
      instance: (seeds.firstIndex(of: run.seed) ?? 0) + 1, evals: run.run.cost.evaluations,
      best: .init(
        evals: run.improvements.evaluations.last ?? 0,
        y: run.improvements.bestLoss.last ?? .infinity))
  }

  private static func rows(_ run: CellResult) -> String {
    let improvements = run.improvements.fromTheFirstEvaluation
    var text = attributes.joined(separator: " ") + "\n"
    if improvements.evaluations.first != 1 { text += "1 inf 0.0 0.0\n" }
    for place in improvements.evaluations.indices {
      text += "\(improvements.evaluations[place]) \(improvements.bestLoss[place]) "
      text += "\(improvements.forwardEquivalents[place]) \(improvements.seconds[place])\n"
    }
    return text
  }
}
