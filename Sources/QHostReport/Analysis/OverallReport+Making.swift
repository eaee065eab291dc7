internal import QHostComparing
internal import QHostRuntime
internal import QHostStatistics

extension OverallReport {
  /// Sums up several problems.
  ///
  /// - Parameters:
  ///   - problems: their runs, beside their reports.
  ///   - roster: the combinations.
  ///   - plan: what was planned.
  ///   - baseline: the combination that the others are compared with; `nil`: all pairs are.
  init(_ problems: Problems, _ roster: Roster, plan: ComparisonPlan, baseline: String?) {
    let names = roster.names
    var ranks: [Double]?
    do {
      (rankTest, ranks) = try Self.ranks(problems, names)
    } catch {
      rankRefusal = error.description
    }
    let targetCount = problems.count { $0.report.budget.hasTarget }
    let target = "the plan's target is reached"
    let half = "the best training loss is half-way from the worst first to the best of all runs"
    let rule =
      targetCount == problems.count
      ? target : targetCount == 0 ? half : "\(target), or where there is none \(half)"
    profileRule =
      "\(rule); the effort is the expected running time. Where runs of a combination failed, and where "
      + "it cannot be used, it has not solved the problem"
    let profiles = PerEffort { effort in
      PerformanceProfile(Self.costs(problems, names, effort)).profiles
    }
    entries = names.enumerated().map { place, name in
      let rows = problems.map { problem in
        problem.report.combinations.first { $0.name == name }
      }
      return Entry(
        name: name, series: place,
        reached: PerEffort { effort in
          Self.reached(problems, name, effort)
        },
        profile: PerEffort { FractionCurve(profiles[$0][place]) }, meanRank: ranks?[place],
        absentFrom: zip(problems, rows).filter { $1 == nil }.map { $0.0.report.title },
        failureCount: rows.reduce(0) { $0 + ($1?.failureCount ?? 0) })
    }
    withoutTargets = problems.map(\.report).filter(\.targets.isEmpty).map(\.title)
    families = InstanceFamily.all(problems, plan: plan, baseline: baseline)
  }

  /// Runs of problems, beside their reports.
  typealias Problems = [(runs: ProblemRuns, report: ProblemReport)]

  /// The test of ranks over the problems that all combinations have results of, and the mean ranks.
  private static func ranks(
    _ problems: Problems, _ names: [String]
  ) throws(StatisticsError) -> (RankTest, [Double]) {
    var figures: [[Double]] = []
    var leftOut: [String] = []
    for problem in problems {
      let medians = names.compactMap { name -> Double? in
        let report = problem.report.combinations.first { $0.name == name }
        return report.flatMap {
          Sample(Array(problem.runs.outcomes(of: $0.labels).values))?.median
        }
      }
      if medians.count == names.count {
        figures.append(medians)
      } else {
        leftOut.append(problem.report.title)
      }
    }
    let result = try Friedman(figures)
    let test = RankTest(
      problemCount: result.problemCount, leftOut: leftOut, probability: result.pValue,
      criticalDifference: result.criticalDifference(),
      groups: result.groups().map { group in group.map { names[$0] } })
    return (test, result.meanRanks)
  }

  /// The effort that each combination needs for each problem; infinity: it does not solve it, or has not
  /// shown that it does, as runs of it failed.
  private static func costs(
    _ problems: Problems, _ names: [String], _ effort: Effort
  ) -> [[Double]] {
    problems.map { problem in
      names.map { name in
        guard let report = problem.report.combinations.first(where: { $0.name == name }),
          report.failureCount == 0
        else { return .infinity }
        if problem.report.budget.hasTarget {
          return report.expectedTime?[effort].value ?? .infinity
        }
        guard let target = problem.report.lossScale?.loss(at: 0.5) else { return .infinity }
        let runs = (problem.runs.traces[report.labels] ?? []).map { trace in
          let place = trace.curves[effort].place(reaching: target)
          return ExpectedRunningTime.Run(
            cost: place ?? trace.spent[effort], isSuccess: place != nil)
        }
        return ExpectedRunningTime(runs).value ?? .infinity
      }
    }.map { row in row.map { max($0, .leastNormalMagnitude) } }
  }

  private static func reached(
    _ problems: Problems, _ name: String, _ effort: Effort
  ) -> FractionCurve {
    var runs: [(curve: StepCurve, targets: [Double])] = []
    var missed = 0
    for problem in problems {
      let targets = problem.report.targets
      guard let report = problem.report.combinations.first(where: { $0.name == name }) else {
        missed += problem.report.seedCount * targets.count
        continue
      }
      missed += report.failureCount * targets.count
      for trace in problem.runs.traces[report.labels] ?? [] {
        runs.append((trace.curves[effort], targets))
      }
    }
    return FractionCurve(EmpiricalDistribution(pairsOf: runs, missed: missed))
  }
}
