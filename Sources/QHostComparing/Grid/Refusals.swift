package import QHostRuntime

/// The combinations of a grid that cannot work, and what follows for the comparison.
package struct Refusals: Sendable {
  /// Why a combination cannot work.
  package struct Refusal: Sendable {
    /// One sentence.
    package var reason: String
    /// The passes of the training split that it needs, where a larger budget is all that it lacks.
    package var leastPasses: Double?

    /// Makes a refusal.
    package init(_ reason: String, leastPasses: Double? = nil) {
      self.reason = reason
      self.leastPasses = leastPasses
    }
  }

  /// Names that are listed at most.
  private static let listedCount = 3
  private static let remedy =
    "to give each dataset a model of its own, list them under 'problems' in a plan file"

  private let grid: Grid
  private let refusals: [Int: Refusal]
  /// The combinations of each problem.
  private let members: [[Int]]

  /// Takes the refusals by the place of their combination.
  package init(_ refusals: [Int: Refusal], of grid: Grid) {
    self.grid = grid
    self.refusals = refusals
    var members = [[Int]](repeating: [], count: grid.problems.count)
    for (place, combination) in grid.combinations.enumerated() {
      members[combination.problem].append(place)
    }
    self.members = members
  }

  /// The combinations that cannot work, in order.
  var skipped: [JournalHeader.Skipped] {
    refusals.sorted { $0.key < $1.key }.map { place, refusal in
      JournalHeader.Skipped(labels: grid.combinations[place].labels, reason: refusal.reason)
    }
  }

  /// The problems that no combination works on.
  private var hopeless: [Int] {
    members.indices.filter { members[$0].allSatisfy { refusals[$0] != nil } }
  }

  /// The combinations of problems that no combination works on.
  var hopelessCombinations: [Int] { hopeless.flatMap { members[$0] } }

  /// Why the comparison cannot be made; `nil`: it can.
  ///
  /// A problem that the plan lists, and a budget, are meant as they are written, so that each must work with
  /// some optimizer. Of axes, some pairs of models and datasets may not fit.
  ///
  /// - Parameters:
  ///   - isStrict: whether nothing may be left out.
  ///   - origins: where the plan is written.
  /// - Returns: kind `usage`.
  package func error(isStrict: Bool, origins: PlanOrigins) -> RunError? {
    for problem in hopeless {
      let name = grid.problems[problem].labels.text
      let place = origins.place(name, of: "problem").map { "\($0): problems: " } ?? ""
      if let budget = budgetWords(problem) { return RunError(.usage, "\(place)\(name): \(budget)") }
      guard !grid.plan.listedProblems.isEmpty else { continue }
      return RunError(
        .usage, "\(place)\(name): it works with no optimizer: \(reasons(of: problem))")
    }
    guard let first = refusals.keys.min(), isStrict || refusals.count == grid.combinations.count
    else { return nil }
    let labels = grid.combinations[first].labels
    let pair = misfit(grid.combinations[first].problem) == nil ? nil : ProblemLabels(labels).text
    return RunError(
      .usage, "\(pair ?? labels.text) cannot be done: \(refusals[first]?.reason ?? "")")
  }

  /// What is left out, a sentence each: pairs of a model and a dataset that fit no optimizer once.
  package var notes: [String] {
    var notes: [String] = []
    var told: Set<[String]> = []
    for (place, refusal) in refusals.sorted(by: { $0.key < $1.key }) {
      let combination = grid.combinations[place]
      guard misfit(combination.problem) != nil else {
        notes.append("skipped \(combination.labels.text): \(refusal.reason)")
        continue
      }
      let model = combination.labels.model
      guard told.insert([model, refusal.reason]).inserted else { continue }
      let datasets = hopeless.filter { misfit($0) == refusal.reason }.map { grid.problems[$0] }
        .filter { $0.model.label == model }.map(\.dataset.label)
      notes.append(
        "skipped \(model) on \(Self.list(datasets)), with every optimizer: \(refusal.reason); "
          + Self.remedy)
    }
    return notes
  }

  /// What is said of models that take no account of inputs.
  ///
  /// - Parameter problems: the places of the problems that have such a model, and inputs.
  /// - Returns: a sentence for each model; none of problems that the plan lists.
  func notes(ignoringInputs problems: [Int]) -> [String] {
    guard grid.plan.listedProblems.isEmpty else { return [] }
    let models = grid.plan.models.map(\.label)
    return models.compactMap { model in
      let datasets = problems.map { grid.problems[$0] }.filter { $0.model.label == model }
      guard !datasets.isEmpty else { return nil }
      return "\(model) takes no account of inputs, and gives all rows of "
        + "\(Self.list(datasets.map(\.dataset.label))) the same answer; \(Self.remedy)"
    }
  }

  /// The reason that all optimizers of a problem are refused for; `nil` when some work, reasons differ, or
  /// there is one optimizer alone.
  private func misfit(_ problem: Int) -> String? {
    let reasons = members[problem].map { refusals[$0]?.reason }
    let optimizers = Set(members[problem].map { grid.combinations[$0].labels.optimizer })
    guard optimizers.count > 1, Set(reasons).count == 1 else { return nil }
    return reasons.first ?? nil
  }

  /// What is said when all optimizers of a problem lack a larger budget; `nil` when some lack something else.
  private func budgetWords(_ problem: Int) -> String? {
    let needs = members[problem].map { (place: $0, passes: refusals[$0]?.leastPasses) }
    guard needs.allSatisfy({ $0.passes != nil }),
      let least = needs.min(by: { ($0.passes ?? 0) < ($1.passes ?? 0) }), let passes = least.passes
    else { return nil }
    let given = grid.problems[problem].budget.maxForwardEquivalents.map { " of \($0) passes" } ?? ""
    return "the budget\(given) is too small for the first question of any optimizer; the least is "
      + "\(passes), which '\(grid.combinations[least.place].labels.optimizer)' needs; give at least "
      + "that much"
  }

  private func reasons(of problem: Int) -> String {
    if let reason = misfit(problem) { return reason }
    let words = members[problem].compactMap { place in
      refusals[place].map { "\(grid.combinations[place].labels.optimizer): \($0.reason)" }
    }
    let rest = words.count - Self.listedCount
    return words.prefix(Self.listedCount).joined(separator: "; ")
      + (rest > 0 ? "; and \(rest) more" : "")
  }

  private static func list(_ names: [String]) -> String {
    let rest = names.count - listedCount
    return names.prefix(listedCount).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}
