internal import QHostRuntime

/// Archives of IOHprofiler: a folder for each algorithm, in it a description in JSON and the improvements as
/// `.dat` for each problem.
///
/// A problem is a model on a dataset, its dimension the number of parameters, an instance the place of a seed
/// in the plan; numbers of problems are the same for all algorithms. Source: IOHexperimenter's data format,
/// version 0.3.
///
/// `iohinspector` knows a new run by evaluation 1, takes numbers of 16 bits, and leaves out a row whose loss is that of
/// the row before it: of runs that did not improve to the end it would not know the budget, and charge less for a failure.
/// Their last row is at the last evaluation therefore, with the next smaller real.
enum IOHArchive {
  /// The largest number of a problem, dimension or instance that readers take.
  private static let largestNumber = Int(UInt16.max)
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
    guard problems.count <= largestNumber, runs.header.plan.seeds.count <= largestNumber else {
      throw RunError(
        .usage,
        "IOHprofiler numbers problems and instances up to \(largestNumber), and the journal has "
          + "\(problems.count) problems and \(runs.header.plan.seeds.count) seeds; use --format csv"
      )
    }
    var names = FileNames()
    for algorithm in ExportedRuns.groups(known, by: \.algorithm) {
      let folder = names.name(for: algorithm.key)
      for problem in problems {
        let own = problem.runs.filter { $0.algorithm == algorithm.key }
        guard let first = own.first else { continue }
        let parameterCount = first.run.model.parameterCount ?? 0
        let dimension = min(parameterCount, largestNumber)
        if dimension < parameterCount {
          let note =
            "\(problem.label) has \(parameterCount) parameters; IOHprofiler's readers take up to \(dimension), which is written"
          if !export.notes.contains(note) { export.notes.append(note) }
        }
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
        export.add("\(folder)/\(path)", rows(own))
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

  /// The rows of runs, which have improvements, one after the other.
  private static func rows(_ runs: [CellResult]) -> String {
    var last = Double.infinity
    return runs.map { rows($0, after: &last) }.joined()
  }

  /// The rows of a run after one whose last loss is `last`, which becomes its own.
  private static func rows(_ run: CellResult, after last: inout Double) -> String {
    let improvements = run.improvements.fromTheFirstEvaluation
    var text = attributes.joined(separator: " ") + "\n"
    var losses = improvements.bestLoss
    if let first = losses.first, improvements.evaluations.first != 1 {
      last = ExportedRuns.unknownLoss(before: first)
      text += "1 \(last) 0.0 0.0\n"
    }
    let cost = run.run.cost
    let goesOn = cost.evaluations > improvements.evaluations.last ?? 0
    // No loss becomes negative by that.
    if goesOn, losses.last == 0 { losses[losses.count - 1] = 0.0.nextUp }
    // Compared with the run before it, too.
    if losses.first == last { losses[0] = last.nextUp }
    for place in improvements.evaluations.indices {
      text += "\(improvements.evaluations[place]) \(losses[place]) "
      text += "\(improvements.forwardEquivalents[place]) \(improvements.seconds[place])\n"
    }
    last = losses.last ?? last
    guard goesOn else { return text }
    last = last.nextDown
    return text
      + "\(cost.evaluations) \(last) \(cost.forwardEquivalents) \(cost.seconds)\n"
  }
}
