internal import QHostInterfaces
internal import QHostRandomness

/// An optimizer that continues while the rows of its objective change, and is made again where it must be.
///
/// To the optimizer the run is one with minibatches, each of which is the memory as it stands: `next` gives the rows of now, `same`
/// those of the query before. An instance is made again, at the point where it stands,
/// - after a drift, with its schedule from the beginning: what was wide at the start of a run is wide again;
/// - when it is done;
/// - before rows change under losses that it takes for comparable: it has asked for the whole split, or has kept the same rows
///   for as long as a memory lasts.
final class OptimizerSession {
  /// What it has been through.
  struct Counts: Codable, Equatable {
    /// Instances that were made after a drift.
    var drifts = 0
    /// Instances that were made because the one before was done.
    var endings = 0
    /// Instances that were made because rows changed under the one before.
    var renewals = 0
    /// How often the rows of the objective were changed.
    var fills = 0
  }

  private let parts: OnlineParts
  let table: SampleTable
  let objective: Objective
  var optimizer: (any Optimizer)?
  var counts = Counts()
  /// Where it stands, [n].
  var point: [Double]
  var best = BestPoint()
  /// Where the instance began, [n]; empty without one.
  var instanceStart: [Double] = []
  /// What may still be spent; below 0 where the last query cost more than there was.
  var credit = 0.0
  /// Rows since the schedule began.
  var scheduleRow = 0
  var hasRows = false
  /// Whether the memory has changed since the rows were taken.
  var isBehind = true
  var rowsBehind = 0
  var takesWholeSplit = false
  private var query = Query()
  private var answer = Answer()

  init(_ parts: OnlineParts) throws(ComponentError) {
    self.parts = parts
    table = try SampleTable(rowCount: parts.batchRows, for: parts.dataset.datasetDescription)
    objective = parts.objective(on: table)
    point = parts.start
  }

  deinit { (optimizer as? LoopAdapter)?.end() }

  /// Says that rows have come to the memory.
  func noteRows(_ count: Int) {
    isBehind = true
    rowsBehind += count
  }

  /// Ends the instance after a drift; the next one begins where it stands, with its schedule from the beginning.
  func widen() throws(ComponentError) {
    try end()
    counts.drifts += 1
    scheduleRow = 0
  }

  /// Goes back to the model's own start.
  func startOver() throws(ComponentError) {
    try end()
    point = parts.start
    scheduleRow = 0
  }

  /// Learns from a memory until a budget is spent.
  ///
  /// - Parameters:
  ///   - memory: the rows.
  ///   - rows: how many rows' budget there is more.
  ///   - progress: of the schedule; `nil`: that of the rows since it began.
  /// - Throws: what a component throws.
  func learn(
    from memory: RowMemory, rows: Int, progress: ((Double) -> Double)? = nil
  ) throws(ComponentError) {
    guard memory.count > 0 else { return }
    let (amount, unit) = Self.amount(parts.settings.budget)
    credit += amount * Double(rows)
    let whole = max(credit, 1e-300)
    if isBehind, optimizer != nil, takesWholeSplit || rowsBehind >= memory.capacity {
      try end()
      counts.renewals += 1
    }
    var isIdle = false
    while credit > 0 {
      let optimizer = try instance()
      query.clear()
      try optimizer.ask(&query)
      guard query.kind != .done else {
        // One that is done before it has asked for anything has nothing to do here.
        guard !isIdle else {
          credit = 0
          break
        }
        isIdle = true
        try end()
        counts.endings += 1
        continue
      }
      isIdle = false
      try objective.confine(&query)
      try takeRows(memory)
      let (before, begun) = (objective.cost, Clock.nanoseconds())
      try objective.answer(query, into: &answer)
      _ = best.observe(
        query, answer.losses, places: 0..<answer.losses.count, base: objective.cutState.base,
        dimension: objective.dimension)
      let part = min(1, 1 - credit / whole)
      answer.progress = progress?(part) ?? scheduleProgress
      try optimizer.tell(answer)
      credit -= spent(unit, since: before, begun)
    }
    if let recommended = try optimizer?.recommendation() {
      point = recommended
    } else if !best.point.isEmpty {
      point = best.point
    }
  }

  private enum Unit { case losses, passes, microseconds }

  private static func amount(_ budget: OnlineSettings.RowBudget) -> (Double, Unit) {
    switch budget {
    case .losses(let value): (value, .losses)
    case .passes(let value): (value, .passes)
    case .microseconds(let value): (value, .microseconds)
    }
  }

  private func spent(_ unit: Unit, since before: Cost, _ begun: UInt64) -> Double {
    switch unit {
    case .losses: Double(objective.cost.evaluations - before.evaluations)
    case .passes:
      (objective.cost.forwardEquivalents - before.forwardEquivalents) * Double(table.rowCount)
    case .microseconds: max(Double(Clock.nanoseconds() - begun) * 1e-3, 1e-3)
    }
  }

  private var scheduleProgress: Double {
    parts.settings.plateau
      * min(1, Double(scheduleRow) / Double(max(1, parts.settings.scheduleRows)))
  }

  /// Gives the objective the rows that the query asks for.
  private func takeRows(_ memory: RowMemory) throws(ComponentError) {
    if query.batch == .full { takesWholeSplit = true }
    let wants = query.batch == .next && (isBehind || memory.count > table.rowCount)
    guard !hasRows || wants || (query.batch == .full && isBehind) else { return }
    memory.fill(table, number: counts.fills)
    counts.fills += 1
    try objective.renewRows()
    best.forgetLoss()
    (hasRows, isBehind, rowsBehind) = (true, false, 0)
  }

  private func instance() throws(ComponentError) -> any Optimizer {
    if let optimizer { return optimizer }
    return try made(at: point)
  }

  func made(at start: [Double]) throws(ComponentError) -> any Optimizer {
    var common = parts.common
    // So that an instance does not draw the numbers of the one before.
    common.seed = Philox.key(seed: common.seed, component: "instance \(instanceNumber)")
    let made = try parts.optimizer.optimizer(common, parts.problem(objective, at: start))
    optimizer = made
    instanceStart = start
    hasRows = hasRows && !isBehind
    best = BestPoint()
    takesWholeSplit = false
    return made
  }

  private var instanceNumber: Int { counts.drifts + counts.endings + counts.renewals }

  private func end() throws(ComponentError) {
    guard let optimizer else { return }
    (optimizer as? LoopAdapter)?.end()
    (optimizer as? any EndingOptimizer)?.end()
    if let recommended = try optimizer.recommendation() { point = recommended }
    self.optimizer = nil
    isBehind = true
  }
}
