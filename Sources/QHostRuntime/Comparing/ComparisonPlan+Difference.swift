extension ComparisonPlan {
  /// Differences that are listed at most.
  private static let listedCount = 6

  /// How another plan differs, in words for the middle of a sentence.
  ///
  /// - Parameters:
  ///   - other: the other plan.
  ///   - here: what to call this plan, for example `here`.
  ///   - there: what to call the other one.
  /// - Returns: the words; `nil` when it does not differ.
  public func difference(from other: ComparisonPlan, here: String, there: String) -> String? {
    guard self != other else { return nil }
    var words: [String] = []
    for (name, own, others) in [
      ("optimizers", optimizers, other.optimizers), ("solvers", solvers, other.solvers),
      ("models", models, other.models), ("datasets", datasets, other.datasets),
      ("targets", targets, other.targets),
    ] where own != others {
      let none = name == "targets" ? "none" : "the optimizers' own"
      words.append(
        "\(name) are \(Self.text(own) ?? none) \(here), \(Self.text(others) ?? none) \(there)")
    }
    if seeds != other.seeds {
      words.append("seeds are \(Self.text(seeds)) \(here), \(Self.text(other.seeds)) \(there)")
    }
    for key in Set(facts.keys).union(other.facts.keys).sorted()
    where facts[key] != other.facts[key] {
      words.append(
        "\(key) is \(facts[key] ?? "not set") \(here), \(other.facts[key] ?? "not set") \(there)")
    }
    let rest = words.count - Self.listedCount
    return words.prefix(Self.listedCount).joined(separator: "; ")
      + (rest > 0 ? "; and \(rest) more" : "")
  }

  private static func text(_ choices: [ComponentChoice]) -> String? {
    choices.isEmpty ? nil : choices.map(\.label).joined(separator: ",")
  }

  private static func text(_ seeds: [UInt64]) -> String {
    guard let first = seeds.first, let last = seeds.last, seeds.count > 2 else {
      return seeds.map(String.init).joined(separator: ",")
    }
    return UInt64(seeds.count - 1) == last &- first ? "\(first)-\(last)" : "\(seeds.count) others"
  }

  /// What is single-valued, by the name that users know.
  private var facts: [String: String] {
    var facts = settings
    facts["loss"] = loss
    facts["scaling"] = scaling
    facts["batch size"] = batchRows.map(String.init)
    facts["max-evals"] = budget.maxEvaluations.map(String.init)
    facts["max-forward-equivalents"] = budget.maxForwardEquivalents.map { "\($0)" }
    facts["max-time"] = budget.maxSeconds.map { "\($0)" }
    facts["until-loss"] = budget.untilLoss.map { "\($0)" }
    facts["until-accuracy"] = budget.untilAccuracy.map { "\($0)" }
    return facts
  }
}
