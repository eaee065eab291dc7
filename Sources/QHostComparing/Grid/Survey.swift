public import QHostRuntime

/// What a look at every combination of a grid found, before any is trained.
public struct Survey: Sendable {
  /// Combinations that cannot work, and why.
  public let skipped: [JournalHeader.Skipped]
  /// The datasets.
  public private(set) var datasets: [JournalHeader.Data] = []
  /// The SHA-256 of the files that inner models start from, by path.
  public private(set) var starts: [String: String] = [:]
  /// What users should know of what is left out, a sentence each.
  public let notes: [String]
  /// Whether each combination can work; one that fails for another reason is tried again for each seed.
  let works: [Bool]
  private let checks: [CombinationCheck?]

  /// Makes the parts of every combination once, in the workers.
  ///
  /// - Parameters:
  ///   - grid: the combinations.
  ///   - crew: the workers.
  ///   - isStrict: whether nothing may be left out.
  ///   - origins: where the plan is written, for messages.
  /// - Throws: kind `data` when a dataset cannot be read; kind `usage` when no combination can work, a
  ///   listed problem works with no optimizer, a budget is too small for all, or, with `isStrict`, when
  ///   one combination cannot work.
  public init(
    _ grid: Grid, crew: WorkerCrew, isStrict: Bool, origins: PlanOrigins = PlanOrigins()
  ) throws(RunError) {
    let (checks, reasons) = try Self.look(at: Array(grid.combinations.indices), of: grid, crew)
    let all = reasons.mapValues { Refusals.Refusal($0) }
    let doubtful = Refusals(all, of: grid).hopelessCombinations
    // What works without limits lacks a larger budget.
    let unlimited = try Self.look(at: doubtful, of: grid, crew, isUnlimited: true).checks
    let refusals = Refusals(
      reasons.reduce(into: [:]) { refusals, refusal in
        refusals[refusal.key] = Refusals.Refusal(
          refusal.value, leastPasses: unlimited[refusal.key]?.leastPasses)
      }, of: grid)
    if let error = refusals.error(isStrict: isStrict, origins: origins) { throw error }
    if let metric = grid.plan.metric {
      try FigureChoice.check(metric, among: checks.values.map(\.figuresOfSplits))
    }
    works = grid.combinations.indices.map { reasons[$0] == nil }
    skipped = refusals.skipped
    let ignoring = grid.combinations.indices.filter { checks[$0]?.ignoresInputs ?? false }
    notes =
      refusals.notes + Self.notes(ofProblemsWithout: grid.plan.metric, grid, checks)
      + refusals.notes(
        ignoringInputs: Set(ignoring.map { grid.combinations[$0].problem }).sorted())
    self.checks = grid.combinations.indices.map { checks[$0] }
    for (place, combination) in grid.combinations.enumerated() {
      if let check = checks[place] { note(check, of: combination.labels.dataset) }
    }
  }

  /// Rows of a combination's minibatch and of its training split; `nil` of one that cannot work.
  public func batch(of combination: Int) -> (rows: Int, total: Int)? {
    checks[combination].map { ($0.batchRows, $0.rows["train"] ?? 0) }
  }

  /// Trainable parameters of a combination's model; `nil` of one that cannot work.
  public func parameterCount(of combination: Int) -> Int? { checks[combination]?.parameterCount }

  private static func look(
    at combinations: [Int], of grid: Grid, _ crew: WorkerCrew, isUnlimited: Bool = false
  ) throws(RunError) -> (checks: [Int: CombinationCheck], reasons: [Int: String]) {
    var checks: [Int: CombinationCheck] = [:]
    var reasons: [Int: String] = [:]
    var pending = combinations[...]
    try crew.perform(
      next: { _ in
        pending.popFirst().map { place in
          var request = grid.request(.check, combination: place)
          if isUnlimited { request.cell.specification.budget.removeLimits() }
          return request
        }
      }, tick: { _ in },
      finished: { (request, outcome) throws(RunError) in
        switch outcome {
        case .done(.checked(let check)): checks[request.cell.number] = check
        case .failed("usage", let message): reasons[request.cell.number] = message
        case .failed("data", let message): throw RunError(.data, message)
        case .done, .failed: break
        }
      })
    return (checks, reasons)
  }

  /// What is said of problems whose runs do not have the figure that the plan compares by.
  private static func notes(
    ofProblemsWithout metric: String?, _ grid: Grid, _ checks: [Int: CombinationCheck]
  ) -> [String] {
    guard let metric else { return [] }
    let places = checks.keys.sorted().filter { checks[$0]?.figuresOfSplits[metric] == nil }
    return Set(places.map { grid.combinations[$0].problem }).sorted().map {
      "runs of \(grid.problems[$0].labels.text) have no figure '\(metric)', and are not compared"
    }
  }

  private mutating func note(_ check: CombinationCheck, of dataset: String) {
    starts.merge(check.starts) { $1 }
    guard !datasets.contains(where: { $0.dataset == dataset }) else { return }
    datasets.append(
      JournalHeader.Data(dataset: dataset, sha256: check.datasetHash, rows: check.rows))
  }
}

extension Grid {
  /// What a worker is asked to do with a combination.
  func request(_ kind: CellRequest.Kind, combination place: Int) -> CellRequest {
    let combination = combinations[place]
    return CellRequest(
      kind: kind,
      cell: Cell(
        number: place, labels: combination.labels, specification: combination.specification))
  }
}

extension Budget {
  /// Removes all limits, and keeps the targets.
  fileprivate mutating func removeLimits() {
    maxEvaluations = nil
    maxForwardEquivalents = nil
    maxSeconds = nil
  }
}
