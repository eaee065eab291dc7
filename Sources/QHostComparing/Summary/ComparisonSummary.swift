internal import QHostStatistics
public import QHostInterfaces
public import QHostRuntime

/// A comparison in a few figures for each combination: schema `qhost.compare/1`.
public struct ComparisonSummary: Encodable, Sendable {
  /// A figure over the seeds of a combination.
  public struct Figure: Encodable, Sendable, Equatable {
    /// The middle value, or the mean of the two in the middle.
    public var median: Double
    /// The mean.
    public var mean: Double

    /// Of values, at least one; NaN when one is.
    package init?(_ values: [Double]) {
      guard !values.isEmpty else { return nil }
      let sample = Sample(values)
      median = sample?.median ?? .nan
      mean = sample?.mean ?? .nan
    }
  }

  /// A combination.
  public struct Row: Encodable, Sendable {
    /// What it is called.
    public var labels: CellLabels
    /// Seeds that have a result.
    public var runs: Int
    /// Seeds that have failed.
    public var failures: Int
    /// Runs that reached the target; `nil` without one.
    public var successes: Int?
    /// Runs that ended where all constraints hold, of which the figure is; `nil` without constraints.
    public var feasible: Int?
    /// The figure that is compared, for example `test accuracy`.
    public var metric: String?
    /// Its unit; `nil`: none.
    public var unit: String?
    /// Which of its values are better.
    public var direction: MetricDescription.Direction?
    /// That figure.
    public var value: Figure?
    /// Losses and gradients.
    public var evaluations: Figure?
    /// Passes of the whole training split, by modelled processor time.
    public var trainingPasses: Figure?
    /// Seconds.
    public var seconds: Figure?
    /// Seconds of processor time.
    public var cpuSeconds: Figure?
    /// What the models do on the target; `nil` without one.
    public var deployment: Deployment?
    /// Whether the figure is a part of a whole, told in per cent.
    package var isPart: Bool

    private enum CodingKeys: String, CodingKey {
      case labels, runs, failures, successes, feasible, metric, unit, direction, value, evaluations
      case trainingPasses, seconds, cpuSeconds, deployment
    }
  }

  /// The version of its form.
  public var schema = "qhost.compare/1"
  /// The SHA-256 of the plan.
  public var planHash: String
  /// The journal's file.
  public var journal: String
  /// Cells of the plan that can be done.
  public var cells: Int
  /// Cells that have a result.
  public var finished: Int
  /// Models, datasets and seeds whose optimizers did not start at the same point: 0, unless a model
  /// starts at random points that do not depend on the seed alone.
  public var unpaired: Int
  /// The combinations, in the plan's order.
  public var rows: [Row]
  /// The combinations that cannot work.
  public var skipped: [JournalHeader.Skipped]
  /// The cells that have failed.
  public var failed: [FailureRecord]

  /// Sums up journals, with what was imported into them.
  public init(_ union: JournalUnion, journal: String) {
    self.init(union.header, union.entries, journal: journal)
    // Combinations that were imported have seeds of their own.
    let skipped = Set(union.header.skipped.map(\.labels))
    cells = union.header.combinations.filter { !skipped.contains($0) }
      .reduce(0) { $0 + (union.seeds[$1]?.count ?? 0) }
  }

  /// Sums up a journal.
  public init(_ header: JournalHeader, _ entries: [Int: JournalContents.Entry], journal: String) {
    planHash = header.planHash
    self.journal = journal
    skipped = header.skipped
    let skippedLabels = Set(skipped.map(\.labels))
    let labels = header.combinations.filter { !skippedLabels.contains($0) }
    cells = labels.count * header.plan.seeds.count
    var results: [CellLabels: [CellResult]] = [:]
    var failed: [FailureRecord] = []
    for (_, entry) in entries.sorted(by: { $0.key < $1.key }) {
      switch entry {
      case .finished(let result): results[result.labels, default: []].append(result)
      case .failed(let failure): failed.append(failure)
      }
    }
    self.failed = failed
    unpaired = Self.unpaired(results.values.joined().filter { !$0.isImported })
    let problems = header.plan.problemsByLabels
    rows = labels.map { labels in
      Row(
        labels, results[labels] ?? [], failures: failed.count { $0.labels == labels },
        hasTarget: problems[ProblemLabels(labels)]?.budget.hasTarget ?? false,
        metric: header.plan.metric)
    }
    finished = rows.reduce(0) { $0 + $1.runs }
  }
}

extension ComparisonSummary {
  /// What a comparison with failed cells ends with; `nil` when none has failed.
  public var failure: RunError? {
    guard let first = failed.first else { return nil }
    let kinds: [String: RunError.Kind] = ["usage": .usage, "data": .data]
    return RunError(
      kinds[first.kind] ?? .plugin,
      "\(failed.count) of \(cells) cells failed; the first is cell \(first.cell), "
        + "\(first.labels.text), seed \(first.seed): \(first.message)")
  }

  private static func unpaired(_ results: some Sequence<CellResult>) -> Int {
    var starts: [[String]: Set<String>] = [:]
    for result in results {
      let place = [result.labels.problemText, "\(result.seed)"]
      starts[place, default: []].insert(result.startHash)
    }
    return starts.values.count { $0.count > 1 }
  }
}

extension ComparisonSummary.Row {
  /// Sums up the runs of a combination.
  init(
    _ labels: CellLabels, _ results: [CellResult], failures: Int, hasTarget: Bool, metric: String?
  ) {
    self.labels = labels
    runs = results.count
    self.failures = failures
    if hasTarget { successes = results.count { $0.run.stopReason == .targetReached } }
    let figures = results.compactMap { $0.run.comparedFigure(by: metric) }
    self.metric = figures.first?.name
    unit = figures.first?.facts.unit
    direction = figures.first?.facts.direction
    isPart = figures.first?.isPart ?? false
    if figures.contains(where: { $0.violation != nil }) {
      feasible = figures.count(where: \.isFeasible)
    }
    value = ComparisonSummary.Figure(figures.filter(\.isFeasible).map(\.value))
    evaluations = ComparisonSummary.Figure(results.map { Double($0.run.cost.evaluations) })
    trainingPasses = ComparisonSummary.Figure(results.map(\.trainingPasses))
    // Of others' runs they are not known.
    let timed = results.filter { !$0.isImported }
    seconds = ComparisonSummary.Figure(timed.map(\.run.cost.seconds))
    cpuSeconds = ComparisonSummary.Figure(timed.map(\.run.cost.cpuSeconds))
    deployment = ComparisonSummary.Deployment(results)
  }
}
