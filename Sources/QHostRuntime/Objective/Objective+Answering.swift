internal import QHostBridging
public import QHostInterfaces

extension Objective {
  /// How many losses and gradients a query asks for.
  public func evaluationCount(of query: borrowing Query) -> Int {
    switch query.kind {
    case .points: query.points.count / dimension
    case .gradient: 1
    case .cuts: query.cutIndices.count * query.offsetCount
    case .done: 0
    }
  }

  /// Answers a query of any kind but `done`, and counts it.
  ///
  /// - Parameters:
  ///   - query: what is asked.
  ///   - answer: receives losses and gradient; the progress is the caller's.
  /// - Throws: what a component throws, and when a loss is NaN or a gradient not finite.
  public func answer(
    _ query: borrowing Query, into answer: inout Answer
  ) throws(ComponentError) {
    var posed = try pose(query, into: &answer)
    repeat {
      try self.answer(query, &posed, atMost: posed.unitCount, into: &answer)
    } while !posed.isWhole
    rank(&answer)
  }

  /// Takes up a query of any kind but `done`; nothing is computed yet.
  ///
  /// - Parameters:
  ///   - query: what is asked.
  ///   - answer: gets room for the losses.
  /// - Returns: what its pieces have in common.
  /// - Throws: when it cannot be answered.
  func pose(
    _ query: borrowing Query, into answer: inout Answer
  ) throws(ComponentError) -> PosedQuery {
    guard query.kind != .gradient || queries.contains(.gradient) else {
      throw ComponentError(
        "the optimizer asked for a gradient, which model '\(parts.modelName)' with loss "
          + "'\(parts.loss.rawValue)' does not have; report it to its author")
    }
    answer.kind = query.kind
    answer.gradient.removeAll(keepingCapacity: true)
    let evaluator = try evaluator(for: query.batch)
    if query.kind == .cuts { try moveBase(query) }
    let unitCount = evaluationCount(of: query)
    answer.resize(to: unitCount, shape)
    return PosedQuery(
      evaluator: evaluator, rowCount: evaluator.rowCount,
      pointCost: costs.point(rowCount: evaluator.rowCount), isCounted: evaluator.keepsLosses,
      unitCount: unitCount, stride: query.kind == .cuts ? max(1, query.offsetCount) : 1,
      before: cost,
      draws: query.draws == .common ? .common : Draws(after: cost, rowCount: evaluator.rowCount))
  }

  /// Answers the next units of a query, and counts them.
  ///
  /// - Parameters:
  ///   - query: what is asked.
  ///   - posed: how far it is answered.
  ///   - count: how many units at most; fewer are done where a piece must end with a coordinate.
  ///   - answer: receives their losses.
  /// - Throws: what a component throws.
  func answer(
    _ query: borrowing Query, _ posed: inout PosedQuery, atMost count: Int,
    into answer: inout Answer
  ) throws(ComponentError) {
    try beginPiece(query, &posed)
    let start = posed.answered
    // A model's session forgets the base point of cuts when it runs forward.
    if query.kind != .cuts, !isDirect { cutState.isOpen = false }
    switch query.kind {
    case .points:
      let places = start..<min(start + count, posed.unitCount)
      try evaluate(query.points, places, posed, &answer)
      posed.answered = places.upperBound
    case .gradient:
      try gradient(query.points, posed, &answer)
      posed.answered = 1
    case .cuts:
      try cuts(query, &posed, atMost: count, &answer)
    case .done: preconditionFailure("the query 'done' has no answer")
    }
    cost = try cost(of: query, posed, after: posed.answered)
  }

  /// Forgets the units of a query from `units` on, which were answered in one piece with the last one
  /// that counts.
  func trim(
    _ query: borrowing Query, _ posed: borrowing PosedQuery, to units: Int
  ) throws(ComponentError) {
    cost = try cost(of: query, posed, after: units)
  }

  private func evaluate(
    _ points: [Double], _ places: Range<Int>, _ posed: borrowing PosedQuery,
    _ answer: inout Answer
  ) throws(ComponentError) {
    let (evaluator, draws) = (posed.evaluator, posed.draws.dropping(places.lowerBound))
    try points.withUnsafeBufferPointer { (points) throws(ComponentError) in
      let points = UnsafeBufferPointer(
        rebasing: points[places.lowerBound * dimension..<places.upperBound * dimension])
      try answer.withScores(shape) { (scores) throws(ComponentError) in
        let scores = scores[places]
        try evaluator.evaluate(points: points, draws: draws, into: scores)
        finish(scores, evaluator.rowCount)
        guard let prior else { return }
        for place in scores.losses.indices {
          scores.losses[place] += prior.penalty(
            at: UnsafeBufferPointer(rebasing: points[place * dimension..<(place + 1) * dimension]))
        }
      }
    }
  }

  private func gradient(
    _ point: [Double], _ posed: borrowing PosedQuery, _ answer: inout Answer
  ) throws(ComponentError) {
    let (evaluator, draws) = (posed.evaluator, posed.draws)
    answer.gradient.resize(to: dimension)
    do throws(ComponentError) {
      answer.losses[0] = try point.withUnsafeBufferPointer { (point) throws(ComponentError) in
        try answer.gradient.withUnsafeMutableBufferPointer { (gradient) throws(ComponentError) in
          let loss = try evaluator.gradient(point: point, draws: draws, into: gradient)
          guard let prior else { return loss }
          return loss + prior.addGradient(at: point, to: gradient)
        }
      }
    } catch let error {
      guard error.severity == .discard else { throw error }
      // A point that the model finds infeasible has an infinite loss, and no way down from it.
      answer.losses[0] = .infinity
      for index in answer.gradient.indices { answer.gradient[index] = 0 }
      cost.discarded += 1
      return
    }
    guard answer.losses[0].isFinite, answer.gradient.withUnsafeBufferPointer(\.areFinite) else {
      throw ComponentError(
        "the loss of model '\(parts.modelName)' or its gradient is no longer finite; "
          + "lower the learning rate")
    }
  }

  /// Sums over rows become means, objectives a loss, and points that cannot be had are counted.
  func finish(_ scores: ScoreBuffer, _ rowCount: Int) {
    let scale = 1 / Double(rowCount)
    for place in scores.losses.indices { scores.losses[place] *= scale }
    if shape != .losses { finishAll(scores, scale) }
    for place in scores.losses.indices where scores.losses[place] == .infinity {
      cost.discarded += 1
    }
  }

  private func finishAll(_ scores: ScoreBuffer, _ scale: Double) {
    for place in scores.violations.indices {
      scores.violations[place] *= scale
      if scores.violations[place] > 0, scores.losses[place] < .infinity { cost.discarded += 1 }
    }
    let m = shape.objectiveCount
    guard m > 0, let scalarLoss = parts.scalarLoss else { return }
    for place in scores.objectives.indices { scores.objectives[place] *= scale }
    for point in scores.losses.indices {
      scores.losses[point] = scalarLoss.loss(
        of: scores.objectives[point * m..<(point + 1) * m])
    }
  }

  /// Gives infeasible points losses that rank them behind all feasible ones, by violation.
  ///
  /// Such a loss is the highest one of all feasible points so far plus the violation (K. Deb 2000). Done for a whole answer, so that it does not depend on how the answer was cut into pieces.
  func rank(_ answer: inout Answer) {
    guard shape.hasViolations else { return }
    answer.plainLosses.replaceSubrange(
      answer.plainLosses.startIndex..., with: answer.losses)
    let before = worstFeasible
    for (loss, violation) in zip(answer.losses, answer.violations)
    where violation == 0 && loss < .infinity { worstFeasible = max(worstFeasible ?? loss, loss) }
    let worst = worstFeasible ?? 0
    answer.infeasibleAbove = before ?? -.infinity
    answer.infeasibleRise = worst - (before ?? 0)
    for place in answer.losses.indices where answer.violations[place] > 0 {
      answer.losses[place] = max(worst + answer.violations[place], worst.nextUp)
    }
  }
}

extension [Double] {
  /// Makes the array `count` long; what is in it does not matter.
  @inline(__always)
  mutating func resize(to count: Int) {
    if self.count > count { removeLast(self.count - count) }
    if self.count < count { append(contentsOf: repeatElement(0, count: count - self.count)) }
  }
}
