internal import QHostComparing
internal import QHostRuntime
internal import QHostStatistics

extension InstanceFamily {
  /// The parameter that tells the instances of a function apart, by whatever dataset has it.
  private static let parameter = "instance"

  /// The families of a plan's problems.
  ///
  /// - Parameters:
  ///   - problems: the runs of each, beside their reports.
  ///   - plan: what was planned.
  ///   - baseline: the combination that the others are compared with; `nil`: all pairs are.
  /// - Returns: those of at least two instances, in the plan's order.
  static func all(
    _ problems: OverallReport.Problems, plan: ComparisonPlan, baseline: String?
  ) -> [InstanceFamily] {
    var order: [String] = []
    var members: [String: OverallReport.Problems] = [:]
    for problem in problems {
      guard let title = title(of: problem.report, plan) else { continue }
      if members[title] == nil { order.append(title) }
      members[title, default: []].append(problem)
    }
    return order.compactMap { title in
      guard let problems = members[title], problems.count > 1 else { return nil }
      return InstanceFamily(title, problems, baseline: baseline)
    }
  }

  private init(_ title: String, _ problems: OverallReport.Problems, baseline: String?) {
    self.title = title
    self.problems = problems.map(\.report.title)
    var names: [String] = []
    var values: [String: [UInt64: Double]] = [:]
    for (place, problem) in problems.enumerated() {
      for row in problem.report.combinations {
        let outcomes = Array(problem.runs.outcomes(of: row.labels).values)
        guard let median = Sample(outcomes)?.median else { continue }
        if values[row.name] == nil { names.append(row.name) }
        values[row.name, default: [:]][UInt64(place)] = median
      }
    }
    pairs = PairReport.all(
      names.map { OutcomesBySeed(name: $0, values: values[$0] ?? [:]) },
      isMoreBetter: problems.first?.report.isMoreBetter ?? false, baseline: baseline,
      unit: Self.parameter)
  }

  /// The problem's title without the instance; `nil` when its dataset does not set one.
  static func title(of problem: ProblemReport, _ plan: ComparisonPlan) -> String? {
    guard var choice = plan.problems.first(where: { $0.dataset.label == problem.dataset })?.dataset,
      choice.settings.removeValue(forKey: parameter) != nil
    else { return nil }
    return "\(problem.model) on \(choice.label)"
  }
}
