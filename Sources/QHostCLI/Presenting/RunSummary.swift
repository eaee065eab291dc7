import QHostInterfaces
import QHostRuntime

/// The end of a run, for people.
struct RunSummary {
  private static let shownCoordinates = 12
  private let record: RunRecord

  init(_ record: RunRecord) { self.record = record }

  /// Some lines of text.
  var text: String {
    var lines = [title]
    for split in Split.allCases {
      guard let metrics = record.metrics[split.description] else { continue }
      let errors = record.errors?[split.description] ?? [:]
      let figures = MetricText.figures(metrics, errors, record.metricDescriptions)
      lines.append(row(split.description, figures.joined(separator: "   ")))
    }
    if record.isFeasible == false {
      lines.append(row("constraints", "not all hold: the violation is 0 where they do"))
    }
    if let point = record.point { lines.append(row("point", text(of: point))) }
    if let front = record.front { lines.append(row("front", text(of: front))) }
    if let starts = record.starts { lines.append(row("starts", text(of: starts))) }
    lines.append(row("cost", cost))
    if let deployment = record.deployment {
      for (label, text) in DeploymentSummary(deployment).rows { lines.append(row(label, text)) }
    }
    for artifact in record.artifacts {
      lines.append(row("file", "\(artifact.path) (\(Numbers.bytes(artifact.bytes)))"))
    }
    return lines.joined(separator: "\n")
  }

  private var title: String {
    let count = record.model.parameterCount ?? 0
    let subject =
      "\(record.optimizer.text) trained \(record.model.text) (\(count) parameters) "
      + "on \(record.dataset.text), seed \(record.seed)"
    return Terminal.styled(subject, .bold, toOutput: true) + ": \(outcome)"
  }

  /// How it ended, or that nothing was found.
  private var outcome: String {
    guard !record.hasNoFiniteLoss else {
      return "no finite loss among \(Numbers.count(Double(record.cost.infeasiblePoints))) points"
    }
    return Self.words(for: record.stopReason)
  }

  /// Why a run stopped.
  static func words(for reason: StopReason) -> String {
    switch reason {
    case .budgetSpent: "the budget is spent"
    case .targetReached: "the target is reached"
    case .toleranceReached: "the optimizer is within its tolerance"
    case .stalled: "the optimizer sees no way forward"
    case .scheduleEnded: "the optimizer's schedule has ended"
    case .cancelled: "interrupted"
    }
  }

  private func text(of point: [RunRecord.Coordinate]) -> String {
    let shown = point.prefix(Self.shownCoordinates).map { "\($0.name) \(Numbers.short($0.value))" }
    let rest = point.count - shown.count
    return shown.joined(separator: "   ")
      + (rest > 0 ? "   and \(rest) more: see \(TrainingRun.pointName)" : "")
  }

  private func text(of front: RunRecord.Front) -> String {
    var text =
      "\(front.points) points, hypervolume \(Numbers.short(front.hypervolume)) of the box from "
      + front.objectives.map { objective in
        let unit = objective.unit.map { " \($0)" } ?? ""
        return "\(objective.name) \(Numbers.short(objective.ideal)) to "
          + "\(Numbers.short(objective.reference))\(unit)"
      }.joined(separator: ", ")
    if front.beyondReference > 0 { text += "; \(front.beyondReference) lie beyond it" }
    if front.omitted > 0 { text += "; \(front.omitted) more were left out" }
    return text
  }

  private func text(of starts: [RunRecord.SeededRun]) -> String {
    let losses = starts.map { "\($0.seed): \($0.loss.map { Numbers.short($0) } ?? "not finite")" }
    let shown = losses.prefix(Self.shownCoordinates).joined(separator: ", ")
    let rest = losses.count > Self.shownCoordinates ? ", ..." : ""
    return
      "\(starts.count), the lowest \(record.asSeededRun.split) loss kept (seed \(shown)\(rest)), "
      + Numbers.duration(starts.reduce(0) { $0 + $1.cost.seconds }) + " together"
  }

  private var cost: String {
    let cost = record.cost
    var parts = [Numbers.duration(cost.seconds)]
    if cost.lossEvaluations > 0 {
      parts.append("\(Numbers.count(Double(cost.lossEvaluations))) losses")
    }
    if cost.gradientEvaluations > 0 {
      parts.append("\(Numbers.count(Double(cost.gradientEvaluations))) gradients")
    }
    let rows = record.dataset.rows?["train"] ?? cost.batchRows
    let batches = cost.batchRows < rows ? ", minibatches of \(cost.batchRows)" : ""
    parts.append(
      "\(Numbers.count(cost.forwardEquivalents)) forward passes of \(Numbers.counted(rows, "row"))"
        + batches)
    parts.append(Numbers.bytes(cost.peakBytes))
    return parts.joined(separator: ", ")
  }

  private func row(_ label: String, _ text: String) -> String {
    let padded = label + String(repeating: " ", count: max(1, 12 - label.count))
    return "  " + Terminal.styled(padded, .dim, toOutput: true) + text
  }
}
