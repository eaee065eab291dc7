internal import QHostInterfaces

/// What a point is worth: means over rows.
struct Score {
  /// The loss; of a scenario with objectives 0, until they are made one.
  var loss: Double
  /// How far from feasible; 0: all constraints hold, or there are none.
  var violation = 0.0
  /// [M], each in its own unit and direction; empty: there are none.
  var objectives: [Double] = []
}

extension Score {
  /// The means of several draws.
  init(meanOf scores: [Score]) {
    let count = Double(scores.count)
    self.init(
      loss: scores.reduce(0) { $0 + $1.loss / count },
      violation: scores.reduce(0) { $0 + $1.violation / count },
      objectives: (scores.first?.objectives ?? []).indices.map { index in
        scores.reduce(0) { $0 + $1.objectives[index] / count }
      })
  }

  /// With the loss that is made of its objectives, if it has any.
  func withLoss(by scalarLoss: ScalarLoss?) -> Score {
    guard let scalarLoss, !objectives.isEmpty else { return self }
    var score = self
    score.loss = scalarLoss.loss(of: objectives)
    return score
  }

  /// By name: `loss`, `violation` where there are constraints, and the objectives.
  func figures(_ parts: Objective.Parts) -> [String: Double] {
    let description = parts.dataset.datasetDescription
    var figures = ["loss": withLoss(by: parts.scalarLoss).loss]
    guard parts.loss == .score else { return figures }
    if description.hasViolations { figures["violation"] = violation }
    for (objective, value) in zip(description.objectives, objectives) {
      figures[objective.name] = value
    }
    return figures
  }
}
