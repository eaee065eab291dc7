import QHostComparing
import QHostRuntime

/// A claim beside what was measured.
struct ReproductionResult: Encodable {
  var name: String
  var claim: String
  var source: String
  var figure: String?
  var notes: String?
  var measurements: [Criterion.Measurement]
  var isReproduced: Bool
  /// Of a comparison; `nil`: the runs were online.
  var summary: ComparisonSummary?
  /// The file with the runs.
  var journal: String
}

extension ReproductionResult {
  init(
    _ name: String, _ experiment: Experiment, _ measurements: [Criterion.Measurement],
    _ summary: ComparisonSummary?, journal: String
  ) {
    self.init(
      name: name, claim: experiment.claim, source: experiment.source, figure: experiment.figure,
      notes: experiment.notes, measurements: measurements,
      isReproduced: measurements.allSatisfy(\.holds), summary: summary, journal: journal)
  }
}

/// What `qhost reproduce --json` prints: schema `qhost.reproduce/1`.
struct ReproductionRecord: Encodable {
  var schema = "qhost.reproduce/1"
  var experiments: [ReproductionResult]
}

/// A claim beside what was measured, for people.
struct ReproductionText {
  private let result: ReproductionResult

  init(_ result: ReproductionResult) { self.result = result }

  /// Some lines of text.
  var text: String {
    var lines = [
      Terminal.styled(result.name, .bold, toOutput: true) + ": \(result.claim)",
      "  source    \(result.source)",
      "  claimed   \(result.figure ?? "no figure")",
    ]
    for measurement in result.measurements {
      lines.append(
        "  measured  \(measurement.subject) = \(Numbers.short(measurement.value)) "
          + "(n = \(measurement.count)), to be \(measurement.condition): "
          + (measurement.holds ? "yes" : "no"))
    }
    if let notes = result.notes { lines.append("  note      \(notes)") }
    lines.append("  journal   \(result.journal)")
    let verdict =
      result.isReproduced
      ? Terminal.styled("reproduced", .green, .bold, toOutput: true)
      : Terminal.styled("not reproduced", .red, .bold, toOutput: true)
    lines.append("  verdict   \(verdict)")
    return lines.joined(separator: "\n")
  }
}
