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
  /// When the last answer had been told.
  var now: UInt64 = 0
  var secondsBefore = 0.0
  var processorSecondsBefore = 0.0
  var lastCheckpoint: UInt64 = 0
  var lastUpdate: UInt64 = 0
  var lastAccuracy: UInt64 = 0
  var accuracy: Double?
  var monitored = 0
  /// The parameters that reached a target on a whole split.
  var reachedBy: [Double]?
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
    // Local, so that a query passes from hand to hand without a copy or a check of exclusive access.
    var query = Query()
    var answer = Answer()
    var reason: StopReason?
    var canResume = false
    now = Clock.nanoseconds()
    while reason == nil {
      if objective.isCleanPoint() {
        if assembly.common.cancellation.isRequested {
          canResume = try writeCheckpoint()
          reason = .cancelled
          break
        }
        if now - lastCheckpoint > Self.checkpointInterval { try autosave() }
      }
      reason = try translating { () throws(ComponentError) in try step(&query, &answer) }
    }
    if reason != .cancelled, reason != .targetReached {
      let isReached = try translating { () throws(ComponentError) in
        try isTargetReachedInTheEnd()
      }
      if isReached { reason = .targetReached }
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
  /// The clock is read three times: what happens between `tell` and the next `ask` counts as the
  /// optimizer's own time, which is at most a few nanoseconds too much.
  private func step(
    _ query: inout Query, _ answer: inout Answer
  ) throws(ComponentError) -> StopReason? {
    query.clear()
    try optimizer.ask(&query)
    let posed = Clock.nanoseconds()
    optimizerNanoseconds += posed - now
    if query.kind == .done { return StopReason(query.reason) }
    let isWhole = try answerWithinBudget(&query, &answer)
    let answered = Clock.nanoseconds()
    let seconds = secondsBefore + Double(answered - started) * 1e-9
    best.observe(
      query, answer, base: objective.cutState.base, dimension: objective.dimension,
      cost: objective.cost, seconds: seconds)
    guard isWhole else { return isBestLossReached ? .targetReached : .budgetSpent }
    answer.progress = budget.progress(objective.cost, seconds: seconds)
    try optimizer.tell(answer)
    now = Clock.nanoseconds()
    optimizerNanoseconds += now - answered
    if try isTargetReached() { return .targetReached }
    if now - lastUpdate > Self.updateInterval { try update(now, seconds) }
    return budget.isSpent(objective.cost, seconds: seconds) ? .budgetSpent : nil
  }

  /// Answers a query, or so much of it as the budget of evaluations allows.
  ///
  /// - Parameters:
  ///   - query: what is asked; loses the points that are over the budget.
  ///   - answer: receives the losses; none when nothing could be answered.
  /// - Returns: whether all of it was answered.
  /// - Throws: what a component throws.
  private func answerWithinBudget(
    _ query: inout Query, _ answer: inout Answer
  ) throws(ComponentError) -> Bool {
    let rest = (budget.maxEvaluations ?? .max) - objective.cost.evaluations
    let isWhole = objective.evaluationCount(of: query) <= rest
    if !isWhole {
      guard query.kind == .points, rest > 0 else {
        answer.losses.removeAll(keepingCapacity: true)
        return false
      }
      query.points.removeLast(query.points.count - rest * objective.dimension)
    }
    try objective.answer(query, into: &answer)
    return isWhole
  }

  /// What reached the target; else what the optimizer recommends; for a scenario and for a loss that
  /// was asked for, the best point.
  private func finalParameters(_ reason: StopReason) throws(ComponentError) -> [Double] {
    if let reachedBy { return reachedBy }
    let wantsBest =
      assembly.parts.loss == .score || (reason == .targetReached && budget.untilLoss != nil)
    if wantsBest, !best.point.isEmpty { return best.point }
    if let recommended = try optimizer.recommendation() { return recommended }
    return best.point.isEmpty ? assembly.problem.initial : best.point
  }
}
