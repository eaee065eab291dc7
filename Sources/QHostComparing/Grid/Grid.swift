public import QHostRuntime

/// A plan with its names looked up: every combination, and every cell in order.
///
/// Cells are numbered seed by seed, so that each combination has about as many finished runs as any
/// other while a comparison continues.
public struct Grid: Sendable {
  /// The plan.
  public let plan: ComparisonPlan
  /// What optimizers are compared on, in order.
  public let problems: [PlannedProblem]
  /// The combinations: problems, in them optimizers, in them solvers, in them targets.
  public let combinations: [Combination]
  /// The plugins that they use.
  public let plugins: [PluginFile]

  /// What users should know of the plan before it is done.
  public let notes: [String]

  /// Looks up the names, and checks every setting.
  ///
  /// A solver goes with those optimizers that take one; others stand in the grid once.
  ///
  /// - Parameters:
  ///   - plan: what is compared.
  ///   - catalogue: the plugins.
  ///   - origins: where the parts of the plan are written, for messages.
  /// - Throws: kind `usage`.
  public init(
    _ plan: ComparisonPlan, catalogue: PluginCatalogue, origins: PlanOrigins = PlanOrigins()
  ) throws(RunError) {
    try plan.check()
    var builder = CombinationBuilder(plan: plan, catalogue: catalogue, origins: origins)
    let alternatives = plan.dependencies.values.map(\.count)
    let counts =
      [plan.optimizers.count, plan.solvers.count, plan.targets.count] + alternatives
      + (plan.listedProblems.isEmpty
        ? [plan.datasets.count, plan.models.count] : [plan.listedProblems.count])
    try PlanSize.check(counts, "the plan")
    let problems = plan.problems
    for (place, problem) in problems.enumerated() {
      for optimizer in plan.optimizers { try builder.add(optimizer, to: problem, at: place) }
    }
    try builder.checkUse()
    self.plan = plan
    self.problems = problems
    combinations = builder.combinations
    plugins = builder.plugins()
    notes = builder.notes
    guard cellCount <= PlanSize.mostCells else {
      throw RunError(
        .usage,
        "the plan has \(cellCount) cells, at most \(PlanSize.mostCells) are taken; name fewer seeds, or "
          + "share them out among several plans")
    }
  }

  /// The number of cells.
  public var cellCount: Int { combinations.count * plan.seeds.count }

  /// The cell of a number, from 1.
  public func cell(_ number: Int) -> Cell {
    let combination = combinations[(number - 1) % combinations.count]
    var specification = combination.specification
    specification.seed = plan.seeds[(number - 1) / combinations.count]
    return Cell(number: number, labels: combination.labels, specification: specification)
  }

  /// The place of a cell's combination in ``combinations``.
  public func combinationIndex(of number: Int) -> Int { (number - 1) % combinations.count }

  /// The numbers of a shard's cells.
  public func cells(in shard: Shard) -> [Int] {
    (1...cellCount).filter {
      shard.holds(cell: training(of: $0), width: combinations.count / targetCount)
    }
  }

  /// The number of a cell's training, from 1: cells that differ in their target alone share one, and
  /// stand side by side.
  func training(of cell: Int) -> Int { (cell - 1) / targetCount + 1 }

  /// Cells of each training.
  var targetCount: Int { max(1, plan.targets.count) }
}
