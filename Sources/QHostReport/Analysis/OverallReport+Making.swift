internal import QHostRuntime
internal import QHostStatistics

extension OverallReport {
  /// Sums up several problems.
  ///
  /// - Parameters:
  ///   - problems: their runs, beside their reports.
  ///   - roster: the combinations.
  init(_ problems: [(runs: ProblemRuns, report: ProblemReport)], _ roster: Roster) {
    let names = roster.names
    var test: RankTest?
    var ranks: [Double]?
    do {
      let result = try Self.ranks(problems, names)
      ranks = result.meanRanks
      test = RankTest(
        problemCount: result.problemCount, probability: result.pValue,
        criticalDifference: result.criticalDifference(),
        groups: result.groups().map { group in group.map { names[$0] } })
    } catch {
      rankRefusal = error.description
    }
    rankTest = test
    let targetCount = problems.count { $0.report.budget.hasTarget }
    let target = "the plan's target is reached"
    let half = "the best training loss is half-way from the worst first to the best of all runs"
    let rule =
      targetCount == problems.count
      ? target : targetCount == 0 ? half : "\(target), or where there is none \(half)"
    profileRule = rule + "; the effort is the expected running time"
    let profiles = PerEffort { effort in
      PerformanceProfile(Self.costs(problems, names, effort)).profiles
    }
    entries = names.enumerated().map { place, name in
      Entry(
        name: name, series: place,
        reached: PerEffort { effort in Self.reached(problems, name, effort) },
        profile: PerEffort { FractionCurve(profiles[$0][place]) },
        meanRank: ranks?[place])
    }
  }

  private typealias Problems = [(runs: ProblemRuns, report: ProblemReport)]

  /// The test of ranks over the problems that all combinations have results of.
  private static func ranks(
    _ problems: Problems, _ names: [String]
  ) throws(StatisticsError) -> Friedman {
    let figures = problems.compactMap { problem -> [Double]? in
      let medians = names.compactMap { name -> Double? in
        let report = problem.report.combinations.first { $0.name == name }
        return report.flatMap {
          Sample(Array(problem.runs.outcomes(of: $0.labels).values))?.median
        }
      }
      return medians.count == names.count ? medians : nil
    }
    return try Friedman(figures)
  }

  /// The effort that each combination needs for each problem; infinity: it does not solve it.
  private static func costs(
    _ problems: Problems, _ names: [String], _ effort: Effort
  ) -> [[Double]] {
    problems.map { problem in
      names.map { name in
        guard let report = problem.report.combinations.first(where: { $0.name == name }) else {
          return .infinity
        }
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
    var failures = 0
    for problem in problems {
      guard let report = problem.report.combinations.first(where: { $0.name == name }) else {
        continue
      }
      failures += report.failureCount
      for trace in problem.runs.traces[report.labels] ?? [] {
        runs.append((trace.curves[effort], problem.report.targets))
      }
    }
    return FractionCurve(
      runs, failureCount: failures, targetCount: ProblemReport.LossScale.targetCount)
  }
}
