public import QHostInterfaces

/// Plays the host for one optimizer: answers its queries on an objective until a budget is spent.
public struct ObjectiveRun<Kind: OptimizerComponent> {
  /// A loss, and a gradient where one is asked for, at a point on a batch.
  public typealias Objective = (_ point: ArraySlice<Double>, _ batch: Int) -> (
    loss: Double, gradient: [Double]
  )

  /// The search space.
  public let problem: Problem
  /// The losses that may be asked for.
  public let budget: Int
  /// Where the run stands.
  public let optimizer: Kind
  /// The losses asked for so far.
  public private(set) var evaluationCount = 0
  /// The lowest of them.
  public private(set) var best = Double.infinity
  /// All points asked for, in order, while ``keepsTrace``.
  public private(set) var points: [[Double]] = []
  /// All queries, in order, while ``keepsTrace``; one that says it is done always.
  public private(set) var queries: [Query] = []
  /// Whether points and queries are kept.
  public var keepsTrace = true
  private let objective: Objective
  private var batch = 0
  private var asked = AskedPoints()

  /// Makes an optimizer with its defaults, changed as a user would.
  public init(
    _ kind: Kind.Type, _ problem: Problem, _ changes: [String: ParameterValue] = [:],
    seed: UInt64 = 1, budget: Int, objective: @escaping Objective
  ) throws {
    self.problem = problem
    self.budget = budget
    self.objective = objective
    optimizer = try Kind(
      request: request(for: Kind.descriptor, changes, host: TestHost(seed: seed)), problem: problem)
  }

  /// Makes one query; `false` once the budget is spent or the optimizer is done.
  public mutating func advance() throws -> Bool {
    guard evaluationCount < budget else { return false }
    var query = Query()
    try optimizer.ask(&query)
    guard query.kind != .done else {
      queries.append(query)
      return false
    }
    if query.batch == .next { batch += 1 }
    var answer = Answer()
    answer.kind = query.kind
    for point in try asked.take(query, dimension: problem.dimension) {
      let (loss, gradient) = objective(point[...], batch)
      answer.losses.append(loss)
      if query.kind == .gradient { answer.gradient = gradient }
      best = min(best, loss)
      evaluationCount += 1
      if keepsTrace { points.append(point) }
    }
    if keepsTrace { queries.append(query) }
    answer.progress = min(1, Double(evaluationCount) / Double(budget))
    try optimizer.tell(answer)
    return true
  }

  /// Runs to the end.
  public mutating func finish() throws {
    while try advance() {}
  }

  /// Runs to the end and gives the best loss seen.
  public static func best(
    _ problem: Problem, _ changes: [String: ParameterValue] = [:], seed: UInt64, budget: Int,
    _ loss: @escaping (ArraySlice<Double>) -> Double
  ) throws -> Double {
    var run = try Self(Kind.self, problem, changes, seed: seed, budget: budget) { point, _ in
      (loss(point), [])
    }
    run.keepsTrace = false
    try run.finish()
    return run.best
  }
}
