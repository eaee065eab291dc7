import QHostDrawing
internal import QHostComparing
internal import QHostRuntime

extension ReportTable {
  /// The mean of the compared figure: a row for each problem, or for each optimizer if there are more of these.
  static func overview(_ report: ComparisonReport) -> ReportTable {
    let problems = report.problems
    let names = (report.overall?.entries ?? []).map(\.name)
    func heading(_ problem: ProblemReport) -> String {
      problem.title + (problem.metricTitle.map { ": \($0)" } ?? "")
    }
    let columns: [Column]
    if names.count > problems.count {
      columns =
        [.names(names)]
        + problems.map { problem in
          Column(heading: heading(problem), cells: names.map { overviewCell(problem, $0) })
        }
    } else {
      columns =
        [.words("problem", problems) { $0.title }, .words("figure", problems) { $0.metricTitle }]
        + names.map { name in
          Column(heading: name, cells: problems.map { overviewCell($0, name) })
        }
    }
    return ReportTable(
      "means", "Means of all problems", columns,
      note: "In bold the best mean of a problem; whether that means anything stands in its pairs.",
      // A problem on which every run failed is one of all problems.
      keepsEmpty: true)
  }

  private static func overviewCell(_ problem: ProblemReport, _ name: String) -> Cell {
    let row = problem.combinations.first { $0.name == name }
    guard let mean = row?.metric?.mean else { return Cell(nothing) }
    let means = problem.combinations.compactMap { $0.metric?.mean }
    let best = problem.isMoreBetter ? means.max() : means.min()
    let text = problem.isPart ? NumberText.percent(mean) + " %" : NumberText.measured(mean)
    return Cell(text, isBest: mean == best)
  }

  /// The runs that have failed.
  static func failures(_ report: ComparisonReport) -> ReportTable {
    let rows = report.failures
    let columns: [Column] = [
      .numbers("cell", rows) { "\($0.cell)" }, .words("combination", rows) { $0.labels.text },
      .numbers("seed", rows) { "\($0.seed)" }, .words("kind", rows) { $0.kind },
      .words("reason", rows) { $0.message },
    ]
    return ReportTable("failures", "Failed runs", columns)
  }

  /// The combinations that cannot work.
  static func skipped(_ report: ComparisonReport) -> ReportTable {
    let columns: [Column] = [
      .words("combination", report.skipped) { $0.labels.text },
      .words("reason", report.skipped) { $0.reason },
    ]
    return ReportTable("skipped", "Skipped combinations", columns)
  }

  /// Where the figures are from: names and values.
  static func provenance(_ report: ComparisonReport) -> ReportTable {
    let from = report.provenance
    var lines: [(name: String, value: String)] = [
      ("plan", from.planHash), ("qhost", from.hostVersion),
    ]
    for plugin in from.plugins {
      lines.append(("plugin \(plugin.name) \(plugin.version)", plugin.sha256))
    }
    for data in from.datasets {
      let rows = data.rows.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
      lines.append(
        ("dataset \(data.dataset)", "\(data.sha256) (rows: \(rows.joined(separator: ", ")))"))
    }
    for journal in from.journals {
      lines += Self.lines(of: journal)
      if journal.planHash != from.planHash { lines.append(("its plan", journal.planHash)) }
    }
    return ReportTable(
      "provenance", "Provenance",
      [.words("what", lines) { $0.name }, .words("value", lines) { $0.value }],
      note:
        "Long values are SHA-256: of the plan, of the files of plugins, of the rows of datasets.")
  }
}
