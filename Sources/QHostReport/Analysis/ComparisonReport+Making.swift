public import QHostComparing
public import QHostRuntime

extension ComparisonReport {
  /// Analyses journals of one plan.
  ///
  /// - Parameters:
  ///   - merge: the journals, put together.
  ///   - baseline: the name of the combination that all others are compared with, the reference; `nil`:
  ///     all pairs are compared.
  ///   - metric: the figure that runs are compared by; `nil`: that of the plan, or accuracy or loss.
  /// - Throws: kind `usage` when the comparison has no combination or no figure of that name.
  public init(
    _ merge: JournalMerge, baseline: String? = nil, metric: String? = nil
  ) throws(RunError) {
    try self.init(JournalUnion(merge), baseline: baseline, metric: metric)
  }

  /// Analyses journals of one plan or of several.
  ///
  /// - Parameters:
  ///   - merge: the journals, put together.
  ///   - baseline: the name of the combination that all others are compared with, the reference; `nil`:
  ///     all pairs are compared.
  ///   - metric: the figure that runs are compared by; `nil`: that of the plan, or accuracy or loss.
  /// - Throws: kind `usage` when the comparison has no combination or no figure of that name.
  public init(
    _ merge: JournalUnion, baseline: String? = nil, metric: String? = nil
  ) throws(RunError) {
    var header = merge.header
    if let metric { header.plan.metric = metric }
    if let metric = header.plan.metric {
      try FigureChoice.check(metric, among: merge.finished.map { FigureChoice.figures(of: $0.run) })
    }
    let skippedLabels = Set(header.skipped.map(\.labels))
    let possible = header.combinations.filter { !skippedLabels.contains($0) }
    let roster = Roster(possible)
    if let baseline { try roster.check(baseline) }
    let problemRuns = Self.problems(possible, merge, metric: header.plan.metric)
    let reports = problemRuns.map { ProblemReport($0, roster, baseline: baseline) }
    plan = header.plan
    self.baseline = baseline
    problems = reports
    failures = problemRuns.flatMap { runs in
      runs.combinations.flatMap { runs.failures[$0] ?? [] }
    }.sorted { $0.cell < $1.cell }
    skipped = header.skipped
    let finished = reports.reduce(0) { $0 + $1.combinations.reduce(0) { $0 + $1.runCount } }
    let cells = possible.reduce(0) { $0 + (merge.seeds[$1]?.count ?? 0) }
    extent = Extent(
      cells: cells, finished: finished, failed: failures.count,
      missing: max(0, cells - finished - failures.count))
    provenance = Provenance(
      planHash: header.planHash, hostVersion: header.hostVersion, plugins: header.plugins,
      datasets: header.datasets, journals: merge.sources, imports: merge.imports)
    if reports.count > 1, roster.names.count > 1 {
      overall = OverallReport(
        Self.trainings(Array(zip(problemRuns, reports))), roster, plan: header.plan,
        baseline: baseline)
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
    let parts: [[String: String]]

    init(_ labels: CellLabels) {
      parts = ["dataset", "model", "target"].map { labels.part(at: $0) }
    }
  }

  /// The problems in the plan's order, with their runs and failures in that of seeds.
  private static func problems(
    _ combinations: [CellLabels], _ merge: JournalUnion, metric: String?
  ) -> [ProblemRuns] {
    var order: [Place] = []
    var members: [Place: [CellLabels]] = [:]
    for labels in combinations {
      let place = Place(labels)
      if members[place] == nil { order.append(place) }
      members[place, default: []].append(labels)
    }
    let planned = merge.header.plan.problemsByLabels
    let distinctive = DistinctiveDependencies(combinations)
    var problems = order.compactMap { place in
      let combinations = members[place] ?? []
      return combinations.first.map { labels in
        ProblemRuns(
          model: distinctive.text(at: "model", of: labels) ?? labels.model,
          dataset: distinctive.text(at: "dataset", of: labels) ?? labels.dataset,
          target: distinctive.text(at: "target", of: labels),
          budget: planned[ProblemLabels(labels)]?.budget ?? Budget(),
          seedCounts: combinations.map { merge.seeds[$0]?.count ?? 0 }, combinations: combinations)
      }
    }
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    for (_, entry) in merge.entries.sorted(by: { $0.key < $1.key }) {
      switch entry {
      case .finished(let result):
        guard let place = places[Place(result.labels)] else { continue }
        problems[place].traces[result.labels, default: []].append(
          RunTrace(result, untilLoss: problems[place].budget.untilLoss, metric: metric))
      case .failed(let failure):
        guard let place = places[Place(failure.labels)] else { continue }
        problems[place].failures[failure.labels, default: []].append(failure)
      }
    }
    return problems.map(\.comparable)
  }
}

extension ProblemRuns {
  /// The same with the figure of runs that were made here alone.
  fileprivate var comparable: ProblemRuns {
    let own = all.first { !$0.result.isImported && $0.figure != nil }?.figure?.name
    var runs = self
    runs.traces = traces.mapValues { $0.map { $0.compared(by: own) } }
    return runs
  }
}

extension JournalUnion {
  /// The runs that have a result.
  fileprivate var finished: [CellResult] {
    entries.values.compactMap { if case .finished(let result) = $0 { result } else { nil } }
  }
}
