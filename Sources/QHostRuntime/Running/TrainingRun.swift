internal import CQHostGuard
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
    /// Seconds, resumed parts included; those of watching the run are left out.
    public var seconds: Double
    /// Seconds of processor time, alike.
    public var processorSeconds: Double
    /// Seconds that the optimizer itself took.
    public var optimizerSeconds: Double
    /// Seconds that looks at whole splits took, or at samples of them.
    public var watchingSeconds: Double
    /// Rows of the training split that the loss was watched on; `nil`: it is known on all of them.
    public var monitoredRows: Int?
    /// Whether a checkpoint was written from which it can continue.
    public var canResume: Bool
    /// The points that no other one dominates, where there are several objectives.
    package var front: NondominatedSet
  }

  let assembly: RunAssembly
  let folder: String?
  let objective: Objective
  let optimizer: any Optimizer
  let budget: Budget
  weak var observer: (any RunObserver)?

  var best = BestPoint()
  package var events = LossEvents()
  var optimizerNanoseconds: UInt64 = 0
  /// When the last answer had been told.
  var now: UInt64 = 0
  var secondsBefore = 0.0
  var processorSecondsBefore = 0.0
  var lastCheckpoint: UInt64 = 0
  var lastUpdate: UInt64 = 0
  var lastAccuracy: UInt64 = 0
  var accuracy: Double?
  var watch: RunWatch
  /// The best of the points that were looked at, where losses are random draws: the lowest loss of all answers
  /// would be that of the luckiest draw.
  var incumbent: (standing: Standing, point: [Double]) = (.worst, [])
  /// The points that no other one dominates, where there are several objectives.
  package var front = NondominatedSet()
  /// The parameters that reached a target on a whole split.
  var reachedBy: [Double]?
  var canSave = true
  /// The last clean point, where a run that is interrupted within a query can continue from.
  var snapshot: Checkpoint?
  /// When the next one may be taken.
  var nextSnapshot: UInt64 = 0
  var pace = QueryPace()
  /// How long the last query took to answer.
  var lastQueryNanoseconds: UInt64 = 0
  /// The optimizer where it is to be told of the end; asked once, since a cast to a protocol searches all libraries.
  private let ending: (any EndingOptimizer)?
  /// When models are kept on the way; `nil`: never.
  var snapshots: SnapshotSchedule?
  let started: UInt64
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
    ending = assembly.optimizer as? any EndingOptimizer
    budget = assembly.specification.budget
    watch = RunWatch(assembly)
    snapshots = assembly.specification.snapshots.map { SnapshotSchedule(perDecade: $0) }
    started = Clock.nanoseconds()
    processorStarted = Clock.processorSeconds()
    lastCheckpoint = started
  }

  /// Seconds so far, resumed parts included, those of watching left out.
  var seconds: Double { seconds(at: Clock.nanoseconds()) }

  /// The same at a reading of the clock.
  func seconds(at now: UInt64) -> Double {
    secondsBefore + Double(now - started - watch.nanoseconds) * 1e-9
  }

  /// Seconds of processor time so far, alike.
  var processorSeconds: Double {
    processorSecondsBefore + Clock.processorSeconds() - processorStarted - watch.processorSeconds
  }

  /// Runs to the end.
  ///
  /// - Throws: what a component throws. A checkpoint written before stays where it is; where the process of an
  ///   isolated component has failed, the last place is written that the run can continue from.
  public func run() throws(RunError) -> Outcome {
    do throws(RunError) {
      return try runToTheEnd()
    } catch let error {
      if assembly.hasLostAProcess { writeSnapshot() }
      throw error
    }
  }

  private func runToTheEnd() throws(RunError) -> Outcome {
    defer { (optimizer as? LoopAdapter)?.end() }
    // Local, so that a query passes from hand to hand without a copy or a check of exclusive access.
    var query = Query()
    var answer = Answer()
    var reason: StopReason?
    var isWithinQuery = false
    try translating { () throws(ComponentError) in try lookAtStart() }
    try keepStart()
    now = Clock.nanoseconds()
    while reason == nil {
      if assembly.common.cancellation.isRequested {
        reason = .cancelled
        break
      }
      try keepSnapshot()
      reason = try translating { () throws(ComponentError) in try step(&query, &answer) }
      isWithinQuery = reason == .cancelled
      if snapshots != nil, !isWithinQuery { try keepModel() }
    }
    // A loop of its own is asked what it recommends once it has returned.
    ending?.end()
    qhost_guard_settle()
    var canResume = false
    if reason == .cancelled {
      canResume = try writeLastCleanPoint(isWithinQuery: isWithinQuery)
    } else {
      try translating { () throws(ComponentError) in
        if try lookInTheEnd(hasReached: reason == .targetReached) { reason = .targetReached }
      }
    }
    let stop = reason ?? .budgetSpent
    return Outcome(
      reason: stop,
      parameters: assembly.problem.withoutRounding(
        try translating { () throws(ComponentError) in try finalParameters(stop) }),
      cost: objective.cost, seconds: seconds, processorSeconds: processorSeconds,
      optimizerSeconds: Double(optimizerNanoseconds) * 1e-9,
      watchingSeconds: Double(watch.nanoseconds) * 1e-9, monitoredRows: watch.monitoredRows,
      canResume: canResume, front: front.pruned)
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
    let asked = Clock.nanoseconds()
    optimizerNanoseconds += asked - now
    if query.kind == .done { return StopReason(query.reason) }
    try objective.confine(&query)
    if let reason = try self.answer(query, into: &answer, at: asked) { return reason }
    let answered = now
    lastQueryNanoseconds = answered - asked
    answer.progress = budget.progress(objective.cost, seconds: seconds(at: answered))
    try optimizer.tell(answer)
    now = Clock.nanoseconds()
    optimizerNanoseconds += now - answered
    if watch.isDue(objective.cost), try look() { return .targetReached }
    if now - lastUpdate > Self.updateInterval { try update() }
    return budget.isSpent(objective.cost, seconds: seconds(at: now)) ? .budgetSpent : nil
  }

  /// What reached the target; else what the optimizer recommends, or the best point where it says nothing.
  ///
  /// Where the best point's loss is known to be lower than that of the recommended one, for a scenario on
  /// all of its rows, it is the best point.
  private func finalParameters(_ reason: StopReason) throws(ComponentError) -> [Double] {
    if let reachedBy { return reachedBy }
    let isBest = !objective.isNoisy && !best.point.isEmpty
    if isBest, reason == .targetReached, budget.untilLoss != nil { return best.point }
    let known = best.point.isEmpty ? assembly.problem.initial : best.point
    guard let recommended = try optimizer.recommendation() else {
      return incumbent.point.isEmpty ? known : incumbent.point
    }
    guard isBest, assembly.parts.loss == .score else { return recommended }
    return best.standing < (try watch.wholeStanding(of: recommended)) ? known : recommended
  }
}
