internal import QHostRuntime

/// Runs as arrays of numbers: those of runs have one element a run, in the order of cells; those of
/// improvements have all runs' after each other, run r's from `offset[r]` to before `offset[r + 1]`.
struct RunArrays {
  /// Integers by name.
  let integers: [(name: String, values: [Int64])]
  /// Real numbers by name.
  let reals: [(name: String, values: [Double])]
  /// Texts by name.
  let texts: [(name: String, values: [String])]
  /// The seeds.
  let seeds: [UInt64]

  init(_ runs: ExportedRuns) {
    let finished = runs.finished
    let improvements = finished.map(\.improvements)
    var offsets: [Int64] = [0]
    for run in improvements { offsets.append((offsets.last ?? 0) + Int64(run.evaluations.count)) }
    let costs = finished.map(\.run.cost)
    integers = [
      ("cell", finished.map { Int64($0.cell) }),
      ("loss_evaluations", costs.map { Int64($0.lossEvaluations) }),
      ("gradient_evaluations", costs.map { Int64($0.gradientEvaluations) }),
      ("improvement_offset", offsets),
      ("improvement_evaluations", improvements.flatMap { $0.evaluations.map { Int64($0) } }),
    ]
    reals =
      [
        ("training_passes", finished.map(\.trainingPasses)),
        ("seconds", costs.map(\.seconds)),
        ("cpu_seconds", costs.map(\.cpuSeconds)),
        ("optimizer_seconds", costs.map(\.optimizerSeconds)),
        ("improvement_training_passes", improvements.flatMap(\.forwardEquivalents)),
        ("improvement_seconds", improvements.flatMap(\.seconds)),
        ("improvement_best_loss", improvements.flatMap(\.bestLoss)),
      ] + Self.metrics(finished)
    texts =
      runs.axes.map { axis in (axis, finished.map { $0.labels[axis] ?? "" }) } + [
        ("outcome", finished.map { $0.run.stopReason.rawValue })
      ]
    seeds = finished.map(\.seed)
  }

  /// The final figures, NaN where a run has none.
  private static func metrics(_ runs: [CellResult]) -> [(name: String, values: [Double])] {
    ExportedRuns.metrics(runs).map { metric in
      (metric.name, runs.map { metric.value(of: $0) ?? .nan })
    }
  }
}
