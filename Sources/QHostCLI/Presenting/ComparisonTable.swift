import QHostDrawing
import Glibc
import QHostReport
import QHostComparing
import QHostRuntime

/// The end of a comparison, for people: a plain table.
struct ComparisonTable {
  private let summary: ComparisonSummary
  /// Characters of a line; `nil`: there is no limit.
  private let width: Int?

  /// Takes a summary.
  ///
  /// - Parameters:
  ///   - summary: the summary.
  ///   - width: characters of a line; `nil`: there is no limit.
  init(_ summary: ComparisonSummary, width: Int? = Terminal.outputWidth) {
    self.summary = summary
    self.width = width
  }

  /// Some lines of text.
  var text: String {
    let rows = summary.rows
    var columns = [TextTable.Column(heading: "runs", cells: rows.map(runs))]
    if rows.contains(where: { $0.successes != nil }) {
      columns.append(column("reached") { row in row.successes.map { "\($0)" } })
    }
    if rows.contains(where: { $0.feasible != nil }) {
      columns.append(column("feasible") { row in row.feasible.map { "\($0)" } })
    }
    if metric == nil {
      columns.append(
        TextTable.Column(heading: "metric", cells: rows.map(Self.metric), isText: true))
    }
    columns += [
      column("median") { Self.value($0, \.median) }, column("mean") { Self.value($0, \.mean) },
      column("evaluations") { Self.count($0.evaluations) },
      column("passes") { Self.count($0.trainingPasses) },
      column("processor") { Self.time($0.cpuSeconds) }, column("time") { Self.time($0.seconds) },
    ]
    if rows.contains(where: { $0.deployment != nil }) { columns += deploymentColumns }
    let table = TextTable(
      groups: groups, names: label("optimizer", \.optimizer), columns: columns)
    let lines = table.lines(width: width).map { line in
      line.isHeading ? Terminal.styled(line.text, .bold, toOutput: true) : line.text
    }
    return (lines + [footer]).joined(separator: "\n")
  }

  /// The compared figure; `nil` when rows differ in it.
  private var metric: String? {
    let names = Set(summary.rows.filter { $0.metric != nil }.map(Self.metric))
    return names.count == 1 ? names.first : nil
  }

  /// Labels beside the optimizer's, but for those that are the same in all rows.
  private var groups: [TextTable.Column] {
    var all = [
      label("dataset", \.dataset), label("model", \.model),
      label("target") { $0.target ?? "-" },
    ]
    for place in DistinctiveDependencies(summary.rows.map(\.labels)).places {
      all.append(label(place) { $0[place] ?? "-" })
    }
    return all.filter { Set($0.cells).count > 1 }
  }

  private func label(_ heading: String, _ text: (CellLabels) -> String) -> TextTable.Column {
    TextTable.Column(heading: heading, cells: summary.rows.map { text($0.labels) }, isText: true)
  }

  private func column(
    _ heading: String, _ text: (ComparisonSummary.Row) -> String?
  ) -> TextTable.Column {
    TextTable.Column(heading: heading, cells: summary.rows.map { text($0) ?? "-" })
  }

  /// What models do on their targets: medians.
  private var deploymentColumns: [TextTable.Column] {
    [
      column("on target") { row in row.deployment?.accuracy.map { Numbers.percent($0.median) } },
      column("bytes") { row in row.deployment?.bytes.map { Numbers.fixed($0.median, 0) } },
      column("cycles") { Self.count($0.deployment?.cycles) },
    ]
  }

  private var footer: String {
    let failures = summary.failed.isEmpty ? "" : ", \(summary.failed.count) failed"
    let skipped =
      summary.skipped.isEmpty ? "" : ", \(summary.skipped.count) combinations skipped"
    let unpaired =
      summary.unpaired == 0 ? "" : ", \(summary.unpaired) seeds with different starting points"
    let isConstrained = summary.rows.contains { $0.feasible != nil }
    let runs = isConstrained ? ", of feasible runs" : ""
    let figures = metric.map { "median and mean are of the \($0)\(direction)\(runs)\n" } ?? ""
    return "\(summary.finished) of \(summary.cells) cells\(failures)\(skipped)\(unpaired)\n"
      + "\(figures)evaluations, passes of the training split and times are medians\n"
      + "journal: \(summary.journal)"
  }

  /// Which values are better, where not everybody knows.
  private var direction: String {
    guard let row = summary.rows.first(where: { $0.metric != nil }), let direction = row.direction,
      let name = row.metric?.split(separator: " ").last,
      MetricFacts.ofHost[String(name)] == nil
    else { return "" }
    return ", of which \(MetricFacts(direction).directionWords)"
  }

  /// A row's figure with its unit.
  private static func metric(_ row: ComparisonSummary.Row) -> String {
    guard let name = row.metric else { return "-" }
    return row.unit.map { "\(name) (\($0))" } ?? name
  }

  private func runs(_ row: ComparisonSummary.Row) -> String {
    row.failures > 0 ? "\(row.runs)+\(row.failures) failed" : "\(row.runs)"
  }

  private static func value(
    _ row: ComparisonSummary.Row, _ part: KeyPath<ComparisonSummary.Figure, Double>
  ) -> String? {
    guard let value = row.value?[keyPath: part] else { return nil }
    return row.isPart ? Numbers.percent(value) : Numbers.measured(value)
  }

  private static func count(_ figure: ComparisonSummary.Figure?) -> String? {
    figure.map { Numbers.count($0.median) }
  }

  private static func time(_ figure: ComparisonSummary.Figure?) -> String? {
    figure.map { figure in
      let unit = NumberText.unit(ofSeconds: figure.median)
      return "\(NumberText.measured(figure.median * unit.perSecond, 3)) \(unit.name)"
    }
  }
}
