import QHostRuntime

/// An online run in a few lines.
struct OnlineSummary {
  private let record: OnlineRecord

  init(_ record: OnlineRecord) { self.record = record }

  /// The text.
  var text: String {
    var lines: [String] = []
    lines.append(
      "\(record.optimizer.text), \(record.model.name) on \(record.dataset?.name ?? record.input ?? "rows"), "
        + "seed \(record.seed): \(record.rows) rows, \(record.rowsPredicted) predicted"
        + (record.isComplete ? "" : ", interrupted"))
    for learner in record.learners { lines += Self.lines(learner, record) }
    lines.append(
      "without a model: last label \(shown(record.noChangeError)), "
        + "\(isClassification ? "most frequent" : "mean so far") \(shown(record.majorityError))")
    if record.rowsWithGaps > 0 || record.rowsWithoutLabel > 0 {
      lines.append(
        "not learned from: \(record.rowsWithGaps) rows with gaps, \(record.rowsWithoutLabel) without a label"
      )
    }
    lines += Self.notes(record.notes)
    for artifact in record.artifacts where artifact.name == "model.safetensors" {
      lines.append("model: \(artifact.path)")
    }
    for artifact in record.artifacts where artifact.name.hasSuffix(".svg") {
      lines.append("figure: \(artifact.path)")
    }
    return lines.joined(separator: "\n")
  }

  private var isClassification: Bool { record.task == "classification" }

  private static let names: [OnlineSettings.Learning: String] = [
    .continual: "learns all the time", .once: "trained once", .retrained: "retrained",
  ]

  private func shown(_ error: Double?) -> String { Self.shown(error, isClassification) }

  /// An error: per cent of classes, else the number.
  private static func shown(_ error: Double?, _ isClassification: Bool) -> String {
    guard let error else { return "-" }
    return isClassification ? "\(Numbers.short(100 * error)) %" : Numbers.short(error)
  }

  private static func lines(
    _ learner: OnlineRecord.Learner, _ record: OnlineRecord
  ) -> [String] {
    let isClassification = record.task == "classification"
    let name = names[learner.learning] ?? ""
    var lines = [
      "\(name): error \(shown(learner.error, isClassification)) of \(learner.rowsScored) rows, last "
        + "\(record.settings.windowRows) \(shown(learner.windowError, isClassification)), fading "
        + "\(shown(learner.fadedError, isClassification)); kappa \(kappa(learner.kappaNoChange)) to the last label, "
        + "\(kappa(learner.kappaMajority)) to the most frequent"
    ]
    if let median = learner.microsecondsMedian, let mean = learner.microsecondsMean,
      let high = learner.microseconds99
    {
      lines.append(
        "  a row: median \(Numbers.short(median)) µs, mean \(Numbers.short(mean)) µs, 99 % below \(Numbers.short(high)) µs"
      )
    }
    if !learner.detections.isEmpty {
      let rows = learner.detections.prefix(8).map(String.init).joined(separator: ", ")
      lines.append(
        "  drifts detected at rows \(rows)\(learner.detections.count > 8 ? " and \(learner.detections.count - 8) more" : "")"
      )
    }
    for drift in learner.drifts {
      let back =
        drift.rowsUntilBack.map { "back after \($0) rows" } ?? "not back before the next"
      lines.append(
        "  drift at row \(drift.row): error \(shown(drift.errorBefore, isClassification)) before, at worst "
          + "\(shown(drift.worstError, isClassification)), \(back)")
    }
    return lines
  }

  private static func kappa(_ value: Double?) -> String { value.map { Numbers.short($0) } ?? "-" }

  private static func notes(_ notes: OnlineRecord.Notes) -> [String] {
    var lines: [String] = []
    if notes.timesBackwards + notes.timesRepeated > 0 {
      lines.append(
        "times: \(notes.timesBackwards) went backwards, \(notes.timesRepeated) repeated the one before"
      )
    }
    for (name, row) in notes.newClasses.sorted(by: { $0.value < $1.value }) {
      lines.append("class '\(name)' was new at row \(row)")
    }
    if notes.rowsOfUnknownClass > 0 {
      lines.append("\(notes.rowsOfUnknownClass) rows of classes for which no output was left")
    }
    if let line = notes.endedWithinLine { lines.append("the stream ended within line \(line)") }
    return lines
  }
}
