import QHostRuntime

/// The end of a comparison, for people: a plain table.
struct ComparisonTable {
  private let summary: ComparisonSummary

  init(_ summary: ComparisonSummary) { self.summary = summary }

  /// Some lines of text.
  var text: String {
    var columns = labelColumns
    columns.append(Column("runs", summary.rows.map(runs)))
    if summary.rows.contains(where: { $0.successes != nil }) {
      columns.append(
        Column("reached", summary.rows.map { row in row.successes.map { "\($0)" } ?? "-" }))
    }
    columns.append(Column("metric", summary.rows.map { $0.metric ?? "-" }, isText: true))
    columns += [
      Column("median", summary.rows.map { Self.value($0, \.median) }),
      Column("mean", summary.rows.map { Self.value($0, \.mean) }),
      Column("evaluations", summary.rows.map { Self.count($0.evaluations) }),
      Column("passes", summary.rows.map { Self.count($0.trainingPasses) }),
      Column(
        "seconds",
        summary.rows.map { row in row.seconds.map { Numbers.short($0.median, 3) } ?? "-" }
      ),
    ]
    if summary.rows.contains(where: { $0.deployment != nil }) { columns += deploymentColumns }
    var lines = [Terminal.styled(Column.line(columns.map(\.heading)), .bold, toOutput: true)]
    lines += summary.rows.indices.map { place in Column.line(columns.map { $0.cells[place] }) }
    lines.append(footer)
    return lines.joined(separator: "\n")
  }

  /// Columns of the labels; one that is the same in all rows is left out, but for the optimizer's.
  private var labelColumns: [Column] {
    let all: [(String, (CellLabels) -> String)] = [
      ("dataset", \.dataset), ("model", \.model), ("optimizer", \.optimizer),
      ("solver", { $0.solver ?? "-" }), ("target", { $0.target ?? "-" }),
    ]
    return all.compactMap { name, label in
      let cells = summary.rows.map { label($0.labels) }
      guard name == "optimizer" || Set(cells).count > 1 else { return nil }
      return Column(name, cells, isText: true)
    }
  }

  /// What models do on their targets: medians.
  private var deploymentColumns: [Column] {
    [
      Column(
        "on target",
        summary.rows.map { row in
          row.deployment?.accuracy.map { Numbers.percent($0.median) } ?? "-"
        }),
      Column(
        "bytes",
        summary.rows.map { row in row.deployment?.bytes.map { Numbers.fixed($0.median, 0) } ?? "-" }
      ),
      Column("cycles", summary.rows.map { Self.count($0.deployment?.cycles) }),
    ]
  }

  private var footer: String {
    let failures = summary.failed.isEmpty ? "" : ", \(summary.failed.count) failed"
    let skipped =
      summary.skipped.isEmpty ? "" : ", \(summary.skipped.count) combinations skipped"
    let unpaired =
      summary.unpaired == 0 ? "" : ", \(summary.unpaired) seeds with different starting points"
    return
      "\(summary.finished) of \(summary.cells) cells\(failures)\(skipped)\(unpaired); evaluations, passes "
      + "of the training split and seconds are medians\njournal: \(summary.journal)"
  }

  private func runs(_ row: ComparisonSummary.Row) -> String {
    row.failures > 0 ? "\(row.runs)+\(row.failures) failed" : "\(row.runs)"
  }

  private static func value(
    _ row: ComparisonSummary.Row, _ part: KeyPath<ComparisonSummary.Figure, Double>
  ) -> String {
    guard let value = row.value?[keyPath: part] else { return "-" }
    let isAccuracy = row.metric?.hasSuffix("accuracy") ?? false
    return isAccuracy ? Numbers.percent(value) : Numbers.short(value)
  }

  private static func count(_ figure: ComparisonSummary.Figure?) -> String {
    figure.map { Numbers.count($0.median) } ?? "-"
  }
}

/// A column of a table.
private struct Column {
  let heading: String
  let cells: [String]

  init(_ heading: String, _ cells: [String], isText: Bool = false) {
    let width = ([heading] + cells).map(\.count).max() ?? 0
    func padded(_ text: String) -> String {
      let space = String(repeating: " ", count: width - text.count)
      return isText ? text + space : space + text
    }
    self.heading = padded(heading)
    self.cells = cells.map(padded)
  }

  static func line(_ words: [String]) -> String { words.joined(separator: "  ") }
}
