/// What a look at every combination of a grid found, before any is trained.
public struct Survey: Sendable {
  /// Combinations that cannot work, and why.
  public private(set) var skipped: [JournalHeader.Skipped] = []
  /// The datasets.
  public private(set) var datasets: [JournalHeader.Data] = []
  /// Whether each combination can work; one that fails for another reason is tried again for each seed.
  let works: [Bool]

  /// Makes the parts of every combination once, in the workers.
  ///
  /// - Throws: kind `data` when a dataset cannot be read; kind `usage` when no combination can work, or,
  ///   with `isStrict`, when one cannot.
  public init(_ grid: Grid, crew: WorkerCrew, isStrict: Bool) throws(RunError) {
    var checks = [CombinationCheck?](repeating: nil, count: grid.combinations.count)
    var refusals = [String?](repeating: nil, count: grid.combinations.count)
    var next = 0
    try crew.perform(
      next: { _ in
        guard next < grid.combinations.count else { return nil }
        defer { next += 1 }
        return grid.request(.check, combination: next)
      }, tick: { _ in },
      finished: { (request, outcome) throws(RunError) in
        switch outcome {
        case .done(.checked(let check)): checks[request.cell.number] = check
        case .failed("usage", let message): refusals[request.cell.number] = message
        case .failed("data", let message): throw RunError(.data, message)
        case .done, .failed: break
        }
      })
    works = refusals.map { $0 == nil }
    for (place, combination) in grid.combinations.enumerated() {
      if let reason = refusals[place] {
        skipped.append(JournalHeader.Skipped(labels: combination.labels, reason: reason))
      }
      if let check = checks[place] { note(check, of: combination.labels.dataset) }
    }
    if let first = skipped.first, isStrict || skipped.count == grid.combinations.count {
      throw RunError(.usage, "\(first.labels.text) cannot be done: \(first.reason)")
    }
  }

  private mutating func note(_ check: CombinationCheck, of dataset: String) {
    guard !datasets.contains(where: { $0.dataset == dataset }) else { return }
    datasets.append(
      JournalHeader.Data(dataset: dataset, sha256: check.datasetHash, rows: check.rows))
  }
}

extension Grid {
  /// What a worker is asked to do with a combination.
  func request(
    _ kind: CellRequest.Kind, combination place: Int, seconds: Double? = nil
  ) -> CellRequest {
    let combination = combinations[place]
    return CellRequest(
      kind: kind,
      cell: Cell(
        number: place, labels: combination.labels, specification: combination.specification),
      seconds: seconds)
  }
}
