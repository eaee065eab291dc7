import QHostComparing
import QHostRuntime

/// What a comparison would do: schema `qhost.dry-run/1`.
struct DryRun: Encodable {
  /// Optimizers on a problem.
  struct Problem: Encodable {
    /// The model's label.
    var model: String
    /// The dataset's label.
    var dataset: String
    /// When a run ends.
    var budget: Budget
    /// Rows of the training split.
    var rows: Int
    /// The combinations that work.
    var combinations: [Combination]
  }

  /// A combination that works.
  struct Combination: Encodable {
    /// What it is called.
    var labels: CellLabels
    /// Rows of a minibatch.
    var batchRows: Int
    /// Trainable parameters; `nil` where its parts could not be made.
    var parameterCount: Int?
    /// Seconds of a cell; `nil` when none could be tried.
    var seconds: Double?
    /// The files that inner models start from, by the key that names them; `nil`: none do.
    var starts: [String: String]?
  }

  var schema = "qhost.dry-run/1"
  /// The SHA-256 of the plan.
  var planHash: String
  /// Cells of the plan that can be done.
  var cells: Int
  /// Seeds of each combination.
  var seeds: Int
  var problems: [Problem]
  /// The combinations that cannot work.
  var skipped: [JournalHeader.Skipped]
  /// The part that would be done.
  var shard: Shard
  /// Its cells.
  var shardCells: Int
  /// Those of them that are not done yet, which the time is of.
  var openCells: Int
  /// Worker processes.
  var jobs: Int
  /// Seconds until the journal is whole; `nil`: no cell was tried.
  var seconds: Double?
  /// Seconds of its cells, one after the other; `nil`: none was tried.
  var workSeconds: Double?
  /// Combinations that were tried.
  var probedCombinations: Int
  /// Whether runs may end before their budget, at a target.
  var isUpperBound: Bool

  /// Describes a comparison.
  ///
  /// - Parameters:
  ///   - grid: its combinations.
  ///   - survey: which of them work.
  ///   - shard: the part that would be done.
  ///   - open: numbers of the cells that are still to do.
  ///   - estimate: how long they may take; `nil`: that was not asked.
  ///   - jobs: worker processes.
  /// - Throws: kind `usage` when the plan cannot be hashed.
  init(
    _ grid: Grid, survey: Survey, shard: Shard, open: [Int], estimate: Estimate?, jobs: Int
  ) throws(RunError) {
    let skipped = Set(survey.skipped.map(\.labels))
    let works = grid.combinations.indices.filter {
      !skipped.contains(grid.combinations[$0].labels)
    }
    planHash = try grid.plan.hash()
    cells = works.count * grid.plan.seeds.count
    seeds = grid.plan.seeds.count
    problems = Dictionary(grouping: works) { grid.combinations[$0].problem }
      .sorted { $0.key < $1.key }.map { problem, places in
        Problem(grid.problems[problem], places, grid, survey, estimate)
      }
    self.skipped = survey.skipped
    self.shard = shard
    shardCells = grid.cells(in: shard).count { !skipped.contains(grid.cell($0).labels) }
    openCells = open.count { !skipped.contains(grid.cell($0).labels) }
    self.jobs = jobs
    seconds = estimate?.seconds
    workSeconds = estimate?.workSeconds
    probedCombinations = estimate?.probedCount ?? 0
    isUpperBound = grid.problems.contains { $0.budget.hasTarget }
  }

  /// Some lines of text.
  var text: String {
    let count = problems.reduce(0) { $0 + $1.combinations.count }
    var part =
      shard == .whole ? "" : "; \(shardCells) of them in shard \(shard.index)/\(shard.count)"
    if openCells < shardCells { part += "; \(openCells) are still to do" }
    return
      (problems.flatMap(\.lines) + [
        "\(cells) cells: \(count) combinations x \(seeds) seeds\(part)"
      ] + [timeLine].compactMap(\.self)).joined(separator: "\n")
  }

  private var timeLine: String? {
    guard let seconds, let workSeconds else { return nil }
    guard probedCombinations > 0 else {
      return "no cell could be tried, so that it is not known how long they take"
    }
    return
      "about \(Numbers.duration(seconds)) with \(jobs) jobs, \(Numbers.duration(workSeconds)) of "
      + "work (from \(probedCombinations) combinations that were tried"
      + "\(isUpperBound ? "; less where runs reach the target" : ""))"
  }
}

extension DryRun.Problem {
  fileprivate init(
    _ problem: PlannedProblem, _ places: [Int], _ grid: Grid, _ survey: Survey,
    _ estimate: Estimate?
  ) {
    model = problem.model.label
    dataset = problem.dataset.label
    budget = problem.budget
    rows = places.lazy.compactMap { survey.batch(of: $0)?.total }.first ?? 0
    combinations = places.map { place in
      DryRun.Combination(
        labels: grid.combinations[place].labels, batchRows: survey.batch(of: place)?.rows ?? 0,
        parameterCount: survey.parameterCount(of: place), seconds: estimate?.seconds(of: place),
        starts: grid.combinations[place].starts.isEmpty ? nil : grid.combinations[place].starts)
    }
  }

  /// The problem with its budget, and its optimizers; their minibatches where they differ.
  fileprivate var lines: [String] {
    let sizes = Set(combinations.map(\.batchRows))
    let isCommon = sizes.count == 1 || rows < 2
    let common =
      isCommon && rows > 1 ? sizes.map { "; \(BatchSize.words($0, of: rows))" }.joined() : ""
    let heading = "\(model) on \(dataset): \(budget.words { Numbers.short($0) })\(common)"
    return [heading]
      + combinations.map { combination in
        let labels = combination.labels
        let optimizer = labels.text(at: "optimizer") ?? labels.optimizer
        let isWhole = labels.part(at: "model").count + labels.part(at: "dataset").count == 2
        let rest =
          isWhole
          ? labels.text(at: "target").map { " for \($0)" } ?? "" : ", \(labels.problemText)"
        let own = isCommon ? "" : ": \(BatchSize.words(combination.batchRows, of: rows))"
        let starts = (combination.starts ?? [:]).sorted { $0.key < $1.key }.map {
          ", \($0.key)=\($0.value)"
        }
        return "  \(optimizer)\(rest)\(own)\(starts.joined())"
      }
  }
}
