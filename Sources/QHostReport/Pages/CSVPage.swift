import QHostDrawing
internal import QHostComparing
internal import QHostRuntime
internal import QHostStatistics

/// A report as CSV: a row for each combination on each problem, with every digit.
public struct CSVPage {
  private let report: ComparisonReport

  /// Takes a report.
  public init(_ report: ComparisonReport) { self.report = report }

  /// The table, with a heading.
  public var text: String {
    let places = Set(
      report.problems.flatMap { $0.combinations.flatMap(\.labels.dependencies.keys) }
    ).sorted()
    let rows = report.problems.flatMap { problem in
      problem.combinations.map { Self.fields(problem, $0, places) }
    }
    let names = rows.first?.map(\.name) ?? []
    let lines = [names] + rows.map { $0.map(\.value) }
    return lines.map { $0.map(Self.quoted).joined(separator: ",") + "\n" }.joined()
  }

  private typealias Field = (name: String, value: String)

  private static func fields(
    _ problem: ProblemReport, _ row: CombinationReport, _ places: [String]
  ) -> [Field] {
    var fields: [Field] = [
      ("dataset", row.labels.dataset), ("model", row.labels.model),
      ("target", row.labels.target ?? ""), ("optimizer", row.labels.optimizer),
    ]
    fields += places.map { ($0, row.labels[$0] ?? "") }
    fields += [
      ("parameters", problem.parameterCount.map { "\($0)" } ?? ""),
      ("runs", "\(row.runCount)"), ("failures", "\(row.failureCount)"),
      ("missing", "\(row.missingCount)"), ("metric", problem.metric ?? ""),
      ("metric_unit", problem.unit ?? ""),
    ]
    fields += figure("metric", row.metric) + figure("best_loss", row.bestLoss)
    fields += figure("evaluations", row.evaluations) + figure("passes", row.passes)
    fields += figure("seconds", row.seconds) + figure("cpu_seconds", row.cpuSeconds)
    fields += figure("optimizer_seconds", row.optimizerSeconds)
    fields += figure("objective_seconds", row.objectiveSeconds)
    fields += figure(
      "optimizer_microseconds_per_evaluation", row.optimizerMicrosecondsPerEvaluation)
    for effort in Effort.allCases {
      fields += figure("aocc_\(name(effort))", row.anytime[effort])
    }
    fields += figure("target_accuracy", row.deployment?.accuracy)
    fields += figure("target_agreement", row.deployment?.agreement)
    fields += figure("target_bytes", row.deployment?.bytes)
    fields += figure("target_cycles", row.deployment?.cycles)
    fields += [
      ("successes", row.success.map { "\($0.count)" } ?? ""),
      ("success_rate", number(row.success?.rate)),
      ("success_rate_low", number(row.success?.interval.lower)),
      ("success_rate_high", number(row.success?.interval.upper)),
    ]
    for effort in Effort.allCases {
      let time = row.expectedTime?[effort]
      fields += [
        ("ert_\(name(effort))", number(time?.value)),
        ("ert_\(name(effort))_low", number(time?.interval?.lower)),
        ("ert_\(name(effort))_high", number(time?.interval?.upper)),
      ]
    }
    return fields
  }

  private static func name(_ effort: Effort) -> String {
    effort.slug.replacing("-", with: "_")
  }

  private static func figure(_ name: String, _ figure: Distribution?) -> [Field] {
    [
      ("\(name)_mean", number(figure?.mean)),
      ("\(name)_mean_low", number(figure?.meanInterval?.lower)),
      ("\(name)_mean_high", number(figure?.meanInterval?.upper)),
      ("\(name)_median", number(figure?.median)),
      ("\(name)_lower_quartile", number(figure?.lowerQuartile)),
      ("\(name)_upper_quartile", number(figure?.upperQuartile)),
      ("\(name)_min", number(figure?.minimum)), ("\(name)_max", number(figure?.maximum)),
    ]
  }

  private static func number(_ value: Double?) -> String { value.map(NumberText.exact) ?? "" }

  /// A field as RFC 4180 wants it.
  private static func quoted(_ field: String) -> String {
    guard field.contains(where: { ",\"\n\r".contains($0) }) else { return field }
    return "\"\(field.replacing("\"", with: "\"\""))\""
  }
}
