internal import QHostRuntime

/// Two tidy tables: `runs.csv` has a row for each run, `improvements.csv` one for each improvement.
///
/// Source of the form: RFC 4180, but for its line ends, which are single line feeds.
enum CSVTables {
  private static let figures = [
    "parameter_count", "loss_evaluations", "gradient_evaluations", "training_passes", "seconds",
    "cpu_seconds", "optimizer_seconds",
  ]

  static func export(of runs: ExportedRuns) -> Export {
    var export = Export()
    export.add("runs.csv", text(of: runTable(runs)))
    export.add("improvements.csv", text(of: improvementTable(runs)))
    return export
  }

  private static func runTable(_ runs: ExportedRuns) -> [[String]] {
    let metrics = ExportedRuns.metrics(runs.finished)
    let first = heading(runs) + ["outcome", "loss"] + figures + metrics.map(\.name) + ["failure"]
    let finished = runs.finished.map { run in
      let cost = run.run.cost
      return head(runs, run.labels, run.cell, run.seed) + [
        run.run.stopReason.rawValue, run.run.loss,
      ]
        + [
          run.run.model.parameterCount.map { "\($0)" } ?? "", "\(cost.lossEvaluations)",
          "\(cost.gradientEvaluations)", "\(run.trainingPasses)", "\(cost.seconds)",
          "\(cost.cpuSeconds)", "\(cost.optimizerSeconds)",
        ] + metrics.map { metric in metric.value(of: run).map { "\($0)" } ?? "" } + [""]
    }
    let failed = runs.failed.map { failure in
      head(runs, failure.labels, failure.cell, failure.seed) + ["failed"]
        + Array(repeating: "", count: 1 + figures.count + metrics.count) + [failure.message]
    }
    return [first] + finished + failed
  }

  private static func improvementTable(_ runs: ExportedRuns) -> [[String]] {
    let rows = runs.finished.flatMap { run in
      let improvements = run.improvements
      return improvements.evaluations.indices.map { place in
        head(runs, run.labels, run.cell, run.seed) + [
          "\(improvements.evaluations[place])", "\(improvements.forwardEquivalents[place])",
          "\(improvements.seconds[place])", "\(improvements.bestLoss[place])",
        ]
      }
    }
    return [heading(runs) + ["evaluations", "training_passes", "seconds", "best_loss"]] + rows
  }

  private static func heading(_ runs: ExportedRuns) -> [String] {
    ["cell"] + runs.axes + ["seed"]
  }

  private static func head(
    _ runs: ExportedRuns, _ labels: CellLabels, _ cell: Int, _ seed: UInt64
  ) -> [String] {
    ["\(cell)"] + runs.axes.map { labels[$0] ?? "" } + ["\(seed)"]
  }

  private static func text(of rows: [[String]]) -> String {
    rows.map { $0.map(field).joined(separator: ",") + "\n" }.joined()
  }

  /// A text as a field: in quotes where it has a comma, a quote or a line's end.
  static func field(_ text: String) -> String {
    guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
    return "\"\(text.replacing("\"", with: "\"\""))\""
  }
}
