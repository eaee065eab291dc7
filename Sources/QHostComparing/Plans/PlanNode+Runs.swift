internal import QHostRuntime

extension PlanNode {
  private static let budgetKeys = [
    "max_evals", "max_forward_equivalents", "max_time", "until_loss", "until_accuracy",
    "until_metric",
  ]

  /// A budget by its keys; the standard one when nothing is limited.
  func budget() throws(RunError) -> Budget {
    var budget = Budget()
    for (key, value) in try values(of: Self.budgetKeys) {
      switch key {
      case "max_evals": budget.maxEvaluations = try value.integer(atLeast: 1)
      case "max_forward_equivalents": budget.maxForwardEquivalents = try value.number(above: 0)
      case "max_time": budget.maxSeconds = try value.number(above: 0)
      case "until_loss": budget.untilLoss = try value.number()
      case "until_metric":
        let text = try value.text()
        budget.untilMetric = try value.locating { () throws(RunError) in
          try MetricTarget(text, option: "until_metric")
        }
      default:
        let accuracy = try value.number()
        guard (0...1).contains(accuracy) else {
          throw value.error("until_accuracy cannot be \(accuracy): it must be 0 to 1")
        }
        budget.untilAccuracy = accuracy
      }
    }
    if budget.isUnlimited { budget.maxForwardEquivalents = Budget.standardForwardEquivalents }
    return budget
  }

  /// The width of a prior, or `none`.
  func prior() throws(RunError) -> Double? {
    let text = try text()
    if text == "none" { return nil }
    guard let width = Double(text), width > 0, width.isFinite else {
      throw error("prior cannot be '\(text)': it must be a width above 0, or 'none'")
    }
    return width
  }

  /// The weights of objectives, by their names.
  func weights() throws(RunError) -> [String: Double] {
    var weights: [String: Double] = [:]
    for (name, value) in try values() {
      let weight = try value.number()
      guard weight >= 0 else {
        throw value.error("the weight of '\(name)' cannot be \(weight): it must be 0 or more")
      }
      weights[name] = weight
    }
    return weights
  }

  /// The α of alpha-fairness.
  func fairness() throws(RunError) -> Double {
    let alpha = try number()
    guard alpha >= 0 else { throw error("fairness cannot be \(alpha): it must be 0 or more") }
    return alpha
  }

  /// A minibatch: rows, 0 for all, or `preferred`.
  func batchRows() throws(RunError) -> Int? {
    let text = try text()
    return try locating { () throws(RunError) in try BatchSize.rows(text, name: name) }
  }
}
