public import QHostRuntime

extension ComparisonReport {
  /// Analyses journals of one plan.
  ///
  /// - Parameters:
  ///   - merge: the journals, put together.
  ///   - baseline: the name of the combination that all others are compared with; `nil`: each with each.
  public init(_ merge: JournalMerge, baseline: String? = nil) {
    let header = merge.header
    let skippedLabels = Set(header.skipped.map(\.labels))
    let possible = header.combinations.filter { !skippedLabels.contains($0) }
    let roster = Roster(possible)
    let problemRuns = Self.problems(possible, merge)
    let reports = problemRuns.map {
      ProblemReport($0, roster, plan: header.plan, baseline: baseline)
    }
    plan = header.plan
    self.baseline = baseline
    problems = reports
    failures = problemRuns.flatMap { runs in
      runs.combinations.flatMap { runs.failures[$0] ?? [] }
    }.sorted { $0.cell < $1.cell }
    skipped = header.skipped
    let finished = reports.reduce(0) { $0 + $1.combinations.reduce(0) { $0 + $1.runCount } }
    let cells = possible.count * header.plan.seeds.count
    extent = Extent(
      cells: cells, finished: finished, failed: failures.count,
      missing: max(0, cells - finished - failures.count))
    provenance = Provenance(
      planHash: header.planHash, hostVersion: header.hostVersion, plugins: header.plugins,
      datasets: header.datasets, journals: merge.sources)
    if reports.count > 1, roster.names.count > 1 {
      let budget = header.plan.budget
      overall = OverallReport(
        Self.trainings(Array(zip(problemRuns, reports))), roster,
        hasTarget: budget.untilLoss != nil || budget.untilAccuracy != nil)
    }
    warnings = []
    warnings = ReportWarning.all(self, notes: merge.notes)
  }

  /// Problems that differ in their target alone are one here: they have the same trainings.
  private static func trainings(
    _ problems: [(runs: ProblemRuns, report: ProblemReport)]
  ) -> [(runs: ProblemRuns, report: ProblemReport)] {
    var seen: Set<[String]> = []
    return problems.filter { seen.insert([$0.runs.dataset, $0.runs.model]).inserted }
  }

  /// What tells a problem from others.
  private struct Place: Hashable {
    let dataset: String
    let model: String
    let target: String?

    init(_ labels: CellLabels) {
      dataset = labels.dataset
      model = labels.model
      target = labels.target
    }
  }

  /// The problems in the plan's order, with their runs and failures in that of seeds.
  private static func problems(
    _ combinations: [CellLabels], _ merge: JournalMerge
  ) -> [ProblemRuns] {
    var order: [Place] = []
    var members: [Place: [CellLabels]] = [:]
    for labels in combinations {
      let place = Place(labels)
      if members[place] == nil { order.append(place) }
      members[place, default: []].append(labels)
    }
    var problems = order.map { place in
      ProblemRuns(
        model: place.model, dataset: place.dataset, target: place.target,
        combinations: members[place] ?? [])
    }
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    for (_, entry) in merge.entries.sorted(by: { $0.key < $1.key }) {
      switch entry {
      case .finished(let result):
        guard let place = places[Place(result.labels)] else { continue }
        problems[place].traces[result.labels, default: []].append(RunTrace(result))
      case .failed(let failure):
        guard let place = places[Place(failure.labels)] else { continue }
        problems[place].failures[failure.labels, default: []].append(failure)
      }
    }
    return problems
  }
}
