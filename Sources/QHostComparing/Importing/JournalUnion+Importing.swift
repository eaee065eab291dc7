public import QHostRuntime

extension JournalUnion {
  /// The words after the name of what was imported.
  private static let mark = " (imported)"

  /// Takes the journal that this process has written, and others' results beside it.
  ///
  /// - Parameters:
  ///   - contents: the journal.
  ///   - imports: each `PATH` or `NAME=PATH`.
  /// - Throws: as ``add(imported:)``.
  public init(_ contents: JournalContents, imported imports: [String]) throws(RunError) {
    try self.init(contents)
    try add(imported: imports.map { ImportSource($0) })
  }

  /// Adds others' runs to the problems that are here.
  ///
  /// They get the data, model and budget of their problem, and the figures that they tell: evaluations and the best loss.
  ///
  /// - Parameter sources: the files and folders.
  /// - Throws: kind `data` for what cannot be read, kind `usage` for a problem that is not here.
  public mutating func add(imported sources: [ImportSource]) throws(RunError) {
    for source in sources {
      let (form, runs) = try source.runs()
      let problems = ImportedProblems(self)
      var labels: Set<CellLabels> = []
      var absent: [ImportedRun.Problem] = []
      var count = 0
      var isOfSuite = false
      for run in runs {
        guard let example = try problems.example(of: run) else {
          if !absent.contains(run.problem) { absent.append(run.problem) }
          continue
        }
        let result = try add(run, like: example)
        labels.insert(result.labels)
        count += 1
        if case .function = run.problem { isOfSuite = true }
      }
      guard count > 0 else {
        throw RunError(
          .usage,
          "--import: '\(source.path)' has \(runs.count) runs, none on a problem of the comparison, which are "
            + "\(problems.names); name its problems so, or compare on functions of COCO's suite")
      }
      imports.append(
        ImportedSource(
          path: source.path, form: form, names: Set(labels.map(\.optimizer)).sorted(),
          runs: count, isOfSuite: isOfSuite, absentProblems: absent.count))
    }
    header.cells = header.combinations.reduce(0) { $0 + (seeds[$1]?.count ?? 0) }
  }

  /// Adds a run.
  private mutating func add(
    _ run: ImportedRun, like example: CellResult
  ) throws(RunError) -> CellResult {
    let result = imported(run, like: example)
    if seeds[result.labels] == nil {
      header.combinations.append(result.labels)
      header.plan.optimizers.append(ComponentChoice(result.labels.optimizer))
    }
    guard !(seeds[result.labels]?.contains(run.seed) ?? false) else {
      throw RunError(
        .data,
        "--import: \(run.place): \(result.labels.text), seed \(run.seed) is there twice; give each run a seed of its "
          + "own, or each algorithm a name")
    }
    seeds[result.labels, default: []].append(run.seed)
    entries[result.cell] = .finished(result)
    return result
  }

  private func imported(_ run: ImportedRun, like example: CellResult) -> CellResult {
    var result = example
    let name = (run.algorithm ?? "") + Self.mark
    result.cell = (entries.keys.max() ?? 0) + 1
    result.labels.optimizer = name
    result.labels.dependencies = example.labels.dependencies.filter {
      !$0.key.hasPrefix("optimizer.")
    }
    result.seed = run.seed
    result.startHash = "imported"
    result.isImported = true
    result.improvements = run.improvements
    result.trainingPasses = Double(run.evaluations)
    let best = result.improvements.bestLoss.last ?? .infinity
    let problem = header.plan.problemsByLabels[ProblemLabels(example.labels)]
    let isReached = problem?.budget.untilLoss.map { best <= $0 } ?? false
    result.run.take(run, named: name, best: best, isReached: isReached)
    return result
  }
}

extension RunRecord {
  /// Becomes that of an imported run on the same problem.
  fileprivate mutating func take(
    _ run: ImportedRun, named name: String, best: Double, isReached: Bool
  ) {
    stopReason = isReached ? .targetReached : .budgetSpent
    seed = run.seed
    optimizer = Component(name)
    (start, point, errors, isFeasible, front, deployment) = (nil, nil, nil, nil, nil, nil)
    monitoredRows = nil
    artifacts = []
    // Others' figures of a model on its test split are not known: the loss is that which was minimised.
    metrics = ["train": ["loss": best]]
    cost.lossEvaluations = run.evaluations
    cost.gradientEvaluations = 0
    cost.forwardEquivalents = Double(run.evaluations)
    cost.infeasiblePoints = 0
    (cost.seconds, cost.cpuSeconds, cost.optimizerSeconds, cost.watchingSeconds) = (0, 0, 0, 0)
    cost.peakBytes = 0
  }
}
