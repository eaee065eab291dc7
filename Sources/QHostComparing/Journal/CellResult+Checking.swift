internal import QHostRuntime

extension CellResult {
  /// What cannot be in a result of a comparison, as a part of a sentence; `nil`: all can.
  func impossibility(in header: JournalHeader) -> String? {
    guard header.holds(cell) else { return "the plan has no cell \(cell)" }
    for (split, figures) in run.metrics {
      // A figure may be no number, and counts as worse than any then.
      if let value = figures["accuracy"], value < 0 || value > 1 {
        return "accuracy \(value) on the \(split) split is not between 0 and 1"
      }
    }
    let cost = run.cost
    let amounts: [(String, Double)] = [
      ("training_passes", trainingPasses), ("loss_evaluations", Double(cost.lossEvaluations)),
      ("gradient_evaluations", Double(cost.gradientEvaluations)),
      ("forward_equivalents", cost.forwardEquivalents), ("seconds", cost.seconds),
      ("cpu_seconds", cost.cpuSeconds),
    ]
    if let (name, value) = amounts.first(where: { !($0.1 >= 0) || $0.1.isInfinite }) {
      return "\(name) cannot be \(value)"
    }
    return improvements.impossibility
  }
}

extension Improvements {
  /// What cannot be, as a part of a sentence; `nil`: all can.
  fileprivate var impossibility: String? {
    let counts = [forwardEquivalents.count, seconds.count, bestLoss.count]
    guard counts.allSatisfy({ $0 == evaluations.count }) else {
      return "its improvements are lists of different lengths"
    }
    guard zip(evaluations, evaluations.dropFirst()).allSatisfy({ $0 <= $1 }),
      evaluations.first ?? 0 >= 0
    else { return "the evaluations of its improvements do not rise" }
    guard !bestLoss.contains(where: \.isNaN) else { return "a loss is not a number" }
    return nil
  }
}

extension JournalHeader {
  /// Whether a plan can have a cell.
  func holds(_ cell: Int) -> Bool { cell >= 1 && cell <= max(cells, PlanSize.mostCells) }
}
