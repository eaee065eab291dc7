internal import QHostRuntime

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
    let words =
      axisDifferences(from: other, here, there) + factDifferences(from: other, here, there)
    guard !words.isEmpty else {
      let form = { (plan: ComparisonPlan) in plan.listedProblems.isEmpty ? "axes" : "problems" }
      return "the plan is one of \(form(self)) \(here), of \(form(other)) \(there)"
    }
    let rest = words.count - Self.listedCount
    return words.prefix(Self.listedCount).joined(separator: "; ")
      + (rest > 0 ? "; and \(rest) more" : "")
  }

  private func axisDifferences(
    from other: ComparisonPlan, _ here: String, _ there: String
  ) -> [String] {
    let isOfAxes = listedProblems.isEmpty && other.listedProblems.isEmpty
    let own = "the optimizers' own"
    var axes = [
      ("optimizers", Self.text(optimizers), Self.text(other.optimizers), own),
      ("solvers", Self.text(solvers), Self.text(other.solvers), own),
    ]
    for place in Set(dependencies.keys).union(other.dependencies.keys).sorted() {
      axes.append(
        (
          "alternatives for \(place)", Self.text(dependencies[place] ?? []),
          Self.text(other.dependencies[place] ?? []), "none"
        ))
    }
    if isOfAxes {
      axes.append(("models", Self.text(models), Self.text(other.models), "none"))
      axes.append(("datasets", Self.text(datasets), Self.text(other.datasets), "none"))
    } else {
      axes.append(("problems", Self.text(problems), Self.text(other.problems), "none"))
    }
    axes.append(("targets", Self.text(targets), Self.text(other.targets), "none"))
    var words = axes.filter { $0.1 != $0.2 }.map { name, own, others, none in
      "\(name) are \(own ?? none) \(here), \(others ?? none) \(there)"
    }
    if metric != other.metric {
      words.append(
        "the compared metric is \(metric ?? "not set") \(here), \(other.metric ?? "not set") \(there)"
      )
    }
    if seeds != other.seeds {
      words.append("seeds are \(Self.text(seeds)) \(here), \(Self.text(other.seeds)) \(there)")
    }
    return words
  }

  /// Differences of what is set for all, and of problems that are in both.
  private func factDifferences(
    from other: ComparisonPlan, _ here: String, _ there: String
  ) -> [String] {
    var words = Self.differences(settings, other.settings, here, there)
    words += Self.differences(isolation.facts, other.isolation.facts, here, there)
    guard !listedProblems.isEmpty || !other.listedProblems.isEmpty else {
      return words + Self.differences(facts, other.facts, here, there)
    }
    let others = other.problemsByLabels
    for problem in problems {
      guard let counterpart = others[problem.labels] else { continue }
      words += Self.differences(problem.facts, counterpart.facts, here, there).map {
        "\(problem.labels.text): \($0)"
      }
    }
    return words
  }

  /// What is single-valued in a plan of axes, by the name that users know.
  private var facts: [String: String] {
    var problem = PlannedProblem(
      dataset: ComponentChoice(""), model: ComponentChoice(""), loss: loss, scaling: scaling,
      prior: prior, batchRows: batchRows, budget: budget)
    problem.targetScaling = targetScaling
    problem.scalarisation = scalarisation
    return problem.facts
  }

  /// What differs between values by name, in words.
  static func differences(
    _ own: [String: String], _ others: [String: String], _ here: String, _ there: String
  ) -> [String] {
    Set(own.keys).union(others.keys).sorted().filter { own[$0] != others[$0] }.map { key in
      "\(key) is \(own[key] ?? "not set") \(here), \(others[key] ?? "not set") \(there)"
    }
  }

  private static func text(_ choices: [ComponentChoice]) -> String? {
    choices.isEmpty ? nil : choices.map(\.label).joined(separator: ",")
  }

  private static func text(_ problems: [PlannedProblem]) -> String? {
    problems.isEmpty ? nil : problems.map(\.labels.text).joined(separator: ", ")
  }

  private static func text(_ seeds: [UInt64]) -> String {
    guard let first = seeds.first, let last = seeds.last, seeds.count > 2 else {
      return seeds.map(String.init).joined(separator: ",")
    }
    return UInt64(seeds.count - 1) == last &- first ? "\(first)-\(last)" : "\(seeds.count) others"
  }
}
