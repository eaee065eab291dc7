internal import QHostInterfaces

extension TrainingRun {
  /// Answers a query in pieces, and looks at what came out.
  ///
  /// A piece takes no more units than the rest of the budget allows, and no more time than a user who
  /// interrupts should wait. Leaves the time of the answer in ``now``.
  ///
  /// - Parameters:
  ///   - query: what is asked.
  ///   - answer: receives the losses.
  ///   - asked: the time.
  /// - Returns: why the run ends within the query; `nil` when all of it is answered.
  /// - Throws: what a component throws.
  func answer(
    _ query: borrowing Query, into answer: inout Answer, at asked: UInt64
  ) throws(ComponentError) -> StopReason? {
    let rows = objective.rowsInUse
    var posed = try objective.pose(query, into: &answer)
    if objective.rowsInUse != rows { best.forgetLoss() }
    var pieceBegun = asked
    repeat {
      let count = try unitsOfNextPiece(query, posed, at: pieceBegun)
      guard count > 0 || posed.unitCount == 0 else {
        now = pieceBegun
        return .budgetSpent
      }
      try objective.answer(query, &posed, atMost: count, into: &answer)
      let pieceEnded = Clock.nanoseconds()
      pace.note(
        query.kind, units: posed.answered - posed.pieceStart, nanoseconds: pieceEnded - pieceBegun)
      now = pieceEnded
      if try observe(query, answer, posed, from: pieceBegun, to: pieceEnded) {
        return .targetReached
      }
      pieceBegun = pieceEnded
      guard !posed.isWhole else { break }
      if assembly.common.cancellation.isRequested { return .cancelled }
    } while true
    objective.rank(&answer)
    return nil
  }

  /// How many units come next: 0 when the budget is spent.
  private func unitsOfNextPiece(
    _ query: borrowing Query, _ posed: borrowing PosedQuery, at time: UInt64
  ) throws(ComponentError) -> Int {
    let seconds = seconds(at: time)
    // What is over before the first unit was already over when the query was asked.
    if posed.answered > 0, budget.isSpent(objective.cost, seconds: seconds) { return 0 }
    var count = posed.unitCount - posed.answered
    if let most = budget.maxEvaluations {
      count = min(count, unitsWithin(most, query, posed))
    }
    if let most = budget.maxForwardEquivalents, count > 0 {
      let rest = most - objective.cost.forwardEquivalents
      count = min(count, try objective.affordableUnits(of: query, posed, passes: rest))
    }
    guard count > 1 else { return count }
    let rest = budget.maxSeconds.map { ($0 - seconds) * 1e9 } ?? .infinity
    let units = pace.units(of: query.kind, rest: rest)
    guard posed.isCounted else { return min(count, units) }
    // What a coordinate costs is counted as a whole: the clock must not say how it is split.
    return min(count, (units - 1) / posed.stride * posed.stride + posed.stride)
  }

  /// How many more units the budget of evaluations allows; the last one of a whole split may exceed it.
  private func unitsWithin(
    _ most: Int, _ query: borrowing Query, _ posed: borrowing PosedQuery
  ) -> Int {
    let cost = objective.cost
    guard cost.evaluations < most else { return 0 }
    if query.kind == .gradient { return 1 }
    let rows = (most - cost.gradientEvaluations).multipliedReportingOverflow(
      by: objective.batchRows)
    guard !rows.overflow else { return .max }
    return (rows.partialValue - cost.lossRows + posed.rowCount - 1) / posed.rowCount
  }

  /// Notes every improvement of a piece where it happened.
  ///
  /// - Returns: whether one of them reached the loss that ends the run; the cost then ends with it.
  private func observe(
    _ query: borrowing Query, _ answer: borrowing Answer, _ posed: borrowing PosedQuery,
    from begun: UInt64, to ended: UInt64
  ) throws(ComponentError) -> Bool {
    let isWatched = objective.isNoisy
    let places = posed.pieceStart..<posed.answered
    let hit = best.observe(
      query, answer.losses, violations: answer.violations, places: places,
      base: objective.cutState.base, dimension: objective.dimension,
      until: isWatched ? -.infinity : budget.untilLoss ?? -.infinity)
    guard !isWatched else { return false }
    if objective.shape.objectiveCount > 0 {
      noteObjectives(query, answer, posed, places.lowerBound..<(hit ?? posed.answered - 1) + 1)
    }
    for place in best.improvedPlaces where answer.violation(place) == 0 {
      let cost = try objective.cost(of: query, posed, after: place + 1)
      let part = Double(place + 1 - places.lowerBound) / Double(places.count)
      let time = begun + UInt64(part * Double(ended - begun))
      events.note(
        LossEvents.Event(
          evaluations: cost.evaluations, forwardEquivalents: cost.forwardEquivalents,
          seconds: seconds(at: time), loss: answer.losses[place]))
    }
    guard let hit else { return false }
    try objective.trim(query, posed, to: hit + 1)
    return true
  }
}

extension TrainingRun {
  /// Keeps what no other point dominates of the feasible points of a piece.
  private func noteObjectives(
    _ query: borrowing Query, _ answer: borrowing Answer, _ posed: borrowing PosedQuery,
    _ places: Range<Int>
  ) {
    let m = objective.shape.objectiveCount
    let n = objective.dimension
    let before = posed.before.evaluations
    for place in places where answer.violation(place) == 0 {
      let values = Array(answer.objectives[place * m..<(place + 1) * m])
      // Escapes no further than the call.
      let point = query.kind == .cuts ? [] : Array(query.points[place * n..<(place + 1) * n])
      let cut = query.kind == .cuts
      let index = cut ? query.cutIndices[place / query.offsetCount] : 0
      let offset = cut ? query.offsets[place] : 0
      noteObjectives(values, evaluations: before + place + 1) {
        guard cut else { return point }
        var point = objective.cutState.base
        point[index] += offset
        return point
      }
    }
  }

  /// Keeps a feasible point if no other one dominates it.
  ///
  /// - Parameters:
  ///   - values: its objectives [M], each in its own unit; empty: there are none.
  ///   - evaluations: losses that the run had asked for.
  ///   - parameters: makes the point.
  func noteObjectives(_ values: [Double], evaluations: Int, parameters: () -> [Double]) {
    guard !values.isEmpty else { return }
    let objectives = assembly.data.dataset.datasetDescription.objectives
    front.note(
      zip(objectives, values).map { $0.normalised($1) }, evaluations: evaluations,
      parameters: parameters)
  }
}
