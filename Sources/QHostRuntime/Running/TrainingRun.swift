internal import QHostInterfaces

/// One run: asks, answers, tells, until a budget is spent or a target reached.
public final class TrainingRun {
  /// How a run ended.
  public struct Outcome: Sendable {
    /// Why it stopped.
    public var reason: StopReason
    /// The parameters that it ended with, [n].
    public var parameters: [Double]
    /// What it cost.
    public var cost: Cost
    /// Seconds, resumed parts included.
    public var seconds: Double
    /// Seconds of processor time.
    public var processorSeconds: Double
    /// Seconds that the optimizer itself took.
    public var optimizerSeconds: Double
    /// Whether a checkpoint was written from which it can go on.
    public var canResume: Bool
  }

  let assembly: RunAssembly
  let folder: String?
  let objective: Objective
  let optimizer: any Optimizer
  let budget: Budget
  weak var observer: (any RunObserver)?

  var best = BestPoint()
  var optimizerNanoseconds: UInt64 = 0
  var secondsBefore = 0.0
  var processorSecondsBefore = 0.0
  var lastCheckpoint: UInt64 = 0
  private var lastTold: UInt64
  var lastUpdate: UInt64 = 0
  var lastAccuracy: UInt64 = 0
  var accuracy: Double?
  var monitored = 0
  var canSave = true
  private let started: UInt64
  private let processorStarted: Double

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - assembly: its parts.
  ///   - folder: where checkpoints go; `nil`: none are written.
  ///   - observer: is told how it is doing.
  public init(_ assembly: RunAssembly, folder: String?, observer: (any RunObserver)? = nil) {
    self.assembly = assembly
    self.folder = folder
    self.observer = observer
    objective = assembly.objective
    optimizer = assembly.optimizer
    budget = assembly.specification.budget
    started = Clock.nanoseconds()
    processorStarted = Clock.processorSeconds()
    lastCheckpoint = started
    lastTold = started
  }

  /// Seconds so far, resumed parts included.
  var seconds: Double { secondsBefore + Double(Clock.nanoseconds() - started) * 1e-9 }

  /// Seconds of processor time so far, resumed parts included.
  var processorSeconds: Double {
    processorSecondsBefore + Clock.processorSeconds() - processorStarted
  }

  /// Runs to the end.
  ///
  /// - Throws: what a component throws. A checkpoint written before stays where it is.
  public func run() throws(RunError) -> Outcome {
    defer { (optimizer as? LoopAdapter)?.end() }
    var reason: StopReason?
    var canResume = false
    // No properties: of those the compiler would make a copy for each call that borrows them.
    var query = Query()
    var answer = Answer()
    while reason == nil {
      if objective.isCleanPoint() {
        if assembly.common.cancellation.isRequested {
          canResume = try writeCheckpoint()
          reason = .cancelled
          break
        }
        if lastTold > lastCheckpoint + Self.checkpointInterval { try autosave() }
      }
      reason = try translating { () throws(ComponentError) in try step(&query, &answer) }
    }
    return Outcome(
      reason: reason ?? .budgetSpent,
      parameters: try translating { () throws(ComponentError) in
        try finalParameters(reason ?? .budgetSpent)
      },
      cost: objective.cost, seconds: seconds, processorSeconds: processorSeconds,
      optimizerSeconds: Double(optimizerNanoseconds) * 1e-9, canResume: canResume)
  }

  /// One query and its answer.
  ///
  /// The clock is read four times and no more: with a trivial objective that is most of what a step
  /// costs.
  private func step(
    _ query: inout Query, _ answer: inout Answer
  ) throws(ComponentError) -> StopReason? {
    let asked = Clock.nanoseconds()
    query.clear()
    try optimizer.ask(&query)
    optimizerNanoseconds += Clock.nanoseconds() - asked
    if query.kind == .done { return StopReason(query.reason) }
    guard try answerWithinBudget(&query, &answer) else { return .budgetSpent }
    observe(query, answer)
    let telling = Clock.nanoseconds()
    let seconds = secondsBefore + Double(telling - started) * 1e-9
    answer.progress = budget.progress(objective.cost, seconds: seconds)
    try optimizer.tell(answer)
    let told = Clock.nanoseconds()
    optimizerNanoseconds += told - telling
    lastTold = told
    if try isTargetReached() { return .targetReached }
    if told - lastUpdate > Self.updateInterval { try update(told, seconds) }
    return budget.isSpent(objective.cost, seconds: seconds) ? .budgetSpent : nil
  }

  /// Answers a query, or so much of it as the budget of evaluations allows.
  ///
  /// - Returns: whether all of it was answered.
  private func answerWithinBudget(
    _ query: inout Query, _ answer: inout Answer
  ) throws(ComponentError) -> Bool {
    guard let max = budget.maxEvaluations else {
      try objective.answer(query, into: &answer)
      return true
    }
    let rest = max - objective.cost.evaluations
    if objective.evaluationCount(of: query) <= rest {
      try objective.answer(query, into: &answer)
      return true
    }
    guard query.kind == .points, rest > 0 else { return false }
    query.points.removeLast(query.points.count - rest * objective.dimension)
    try objective.answer(query, into: &answer)
    observe(query, answer)
    return false
  }

  private func observe(_ query: borrowing Query, _ answer: borrowing Answer) {
    best.observe(
      query, answer, base: objective.cutState.base, dimension: objective.dimension,
      cost: objective.cost, seconds: seconds)
  }

  /// What the optimizer recommends; for a scenario and for a loss that was asked for, the best point.
  private func finalParameters(_ reason: StopReason) throws(ComponentError) -> [Double] {
    let wantsBest =
      assembly.parts.loss == .score || (reason == .targetReached && budget.untilLoss != nil)
    if wantsBest, !best.point.isEmpty { return best.point }
    if let recommended = try optimizer.recommendation() { return recommended }
    return best.point.isEmpty ? assembly.problem.initial : best.point
  }
}
