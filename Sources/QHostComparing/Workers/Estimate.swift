public import QHostRuntime

/// How long a comparison may take, from some of its cells that are done for a moment.
///
/// They go the way of all cells, to the workers and back into a journal, which is not kept, so that what a
/// cell costs beside its run counts too.
public struct Estimate: Sendable {
  /// Seconds that all trials may take together.
  private static let trialSeconds = 2.0

  /// Seconds of the comparison with its workers; an upper bound where runs end at a target.
  public let seconds: Double
  /// Seconds of all cells, one after the other.
  public let workSeconds: Double
  /// Combinations that were tried.
  public let probedCount: Int
  private let costs: [Int: CellCost]

  /// Tries combinations: all, or evenly chosen ones when there are many.
  ///
  /// - Parameters:
  ///   - grid: the combinations.
  ///   - survey: which of them work.
  ///   - cells: the cells that are to be done.
  ///   - crew: the workers.
  ///   - jobs: their number.
  ///   - folder: where the journal will be.
  ///   - setupSeconds: what was spent until the first cell could begin.
  /// - Throws: kind `data` when a journal cannot be written there, kind `plugin` when workers cannot work.
  public init(
    _ grid: Grid, survey: Survey, cells: [Int], crew: WorkerCrew, jobs: Int, folder: String,
    setupSeconds: Double
  ) throws(RunError) {
    let open = grid.combinations.indices.filter { survey.works[$0] }
    let known = try Self.probe(grid, open, crew: crew, jobs: jobs, folder: folder)
    probedCount = known.count
    let costs = Self.completed(known, grid, open)
    self.costs = costs
    var schedule = CellSchedule(jobs: min(jobs, max(cells.count, 1)))
    var work = 0.0
    let works = cells.filter { survey.works[grid.combinationIndex(of: $0)] }
    for training in Self.trainings(works, grid) {
      let parts = training.compactMap { costs[grid.combinationIndex(of: $0)] }
      guard let first = parts.first, let cell = training.first else { continue }
      work += first.run + parts.reduce(0) { $0 + $1.beside }
      schedule.add(parts, dataset: grid.cell(cell).labels.dataset)
    }
    workSeconds = work
    seconds = setupSeconds + schedule.seconds
  }

  /// Seconds of a combination's cell; `nil` of one that cannot work.
  public func seconds(of combination: Int) -> Double? { costs[combination]?.seconds }

  private static func probe(
    _ grid: Grid, _ open: [Int], crew: WorkerCrew, jobs: Int, folder: String
  ) throws(RunError) -> [Int: CellCost] {
    let journal = try Journal(trialIn: folder)
    var queue = ProbeQueue(
      grid, combinations: open, seconds: trialSeconds, jobs: jobs, now: now())
    var begun: [Int: Double] = [:]
    try crew.perform(
      next: { last in
        guard let trial = queue.next(after: last?.cell.number, now: now()) else { return nil }
        var request = grid.request(.run, combination: trial.combination)
        request.cell.specification = trial.specification
        begun[trial.combination] = now()
        return request
      }, tick: { _ in },
      finished: { (request, outcome) throws(RunError) in
        guard case .done(.record(let line)) = outcome, let result = JournalContents.result(of: line)
        else { return }
        try journal.append(line: line)
        let place = request.cell.number
        let trial = CellCost.Trial(
          result, of: grid.combinations[place].specification.budget,
          seconds: now() - (begun[place] ?? now()))
        queue.note(trial, of: place)
      })
    return queue.trials.mapValues { CellCost($0) }
  }

  /// The costs of all combinations: of one that was not tried, what others of its problem take.
  private static func completed(
    _ known: [Int: CellCost], _ grid: Grid, _ open: [Int]
  ) -> [Int: CellCost] {
    let problems = Dictionary(grouping: known.keys) { grid.combinations[$0].problem }
    let means = problems.compactMapValues { places in
      CellCost.mean(places.compactMap { known[$0] })
    }
    let mean = CellCost.mean(Array(known.values))
    return open.reduce(into: known) { costs, place in
      costs[place] = known[place] ?? means[grid.combinations[place].problem] ?? mean
    }
  }

  /// Cells side by side that share a training.
  private static func trainings(_ cells: [Int], _ grid: Grid) -> [ArraySlice<Int>] {
    var trainings: [ArraySlice<Int>] = []
    var start = cells.startIndex
    for place in cells.indices
    where place + 1 == cells.endIndex
      || grid.training(of: cells[place + 1]) != grid.training(of: cells[place])
    {
      trainings.append(cells[start...place])
      start = place + 1
    }
    return trainings
  }

  private static func now() -> Double { Double(Clock.nanoseconds()) * 1e-9 }
}
