internal import QHostRuntime

/// How the runs of an experiment learn from rows that come one after the other: the section `online` of its plan.
///
///     online: {row_passes: 400, baselines: true}
///
/// Its keys are the options of `qhost run --online`, with `_` for `-`. The plan's axes give the runs; each predicts and
/// learns from all rows of its dataset, once.
enum OnlinePlan {
  private static let budgets = ["row_losses", "row_passes", "row_microseconds"]
  private static var counts: [(key: String, path: WritableKeyPath<OnlineSettings, Int>)] {
    [
      ("block_rows", \.blockRows), ("memory_rows", \.memoryRows), ("warmup_rows", \.warmupRows),
      ("label_delay", \.labelDelay), ("schedule_rows", \.scheduleRows),
      ("learning_rows", \.learningRows), ("window_rows", \.windowRows),
    ]
  }
  private static var numbers: [(key: String, path: WritableKeyPath<OnlineSettings, Double>)] {
    [("plateau", \.plateau), ("fading", \.fading)]
  }

  /// Reads the section.
  ///
  /// - Throws: kind `usage`, with file, line and key.
  static func settings(_ node: PlanNode) throws(RunError) -> OnlineSettings {
    var settings = OnlineSettings()
    let known =
      budgets + counts.map(\.key) + numbers.map(\.key) + ["memory", "detector", "baselines"]
    var budget: String?
    for (key, value) in try node.values(of: known) {
      if budgets.contains(key) {
        guard budget == nil else {
          throw value.error("a row has one budget, and \(budget ?? "") is there; leave one out")
        }
        budget = key
        let amount = try value.number(above: 0)
        settings.budget =
          key == "row_losses"
          ? .losses(amount) : key == "row_passes" ? .passes(amount) : .microseconds(amount)
      } else if let count = counts.first(where: { $0.key == key }) {
        settings[keyPath: count.path] = try value.integer(atLeast: 0)
      } else if let number = numbers.first(where: { $0.key == key }) {
        settings[keyPath: number.path] = try value.number()
      } else if key == "baselines" {
        settings.hasBaselines = try value.truth()
      } else if key == "memory" {
        settings.memory = try choice(value)
      } else {
        settings.detector = try choice(value)
      }
    }
    let made = settings
    try node.locating { () throws(RunError) in try made.check() }
    return settings
  }

  private static func choice<Choice: RawRepresentable & CaseIterable>(
    _ node: PlanNode
  ) throws(RunError) -> Choice where Choice.RawValue == String {
    let text = try node.text()
    guard let choice = Choice(rawValue: text) else {
      throw node.error(
        "there is no \(node.name) '\(text)'"
          + Suggestion.sentence(for: text, among: Choice.allCases.map(\.rawValue)))
    }
    return choice
  }
}
