public import QHostInterfaces

extension Objective {
  /// What a query would cost, before it is answered.
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
    guard query.kind != .gradient || queries.contains(.gradient) else {
      throw ComponentError(
        "the optimizer asked for a gradient, which model '\(parts.modelName)' with loss "
          + "'\(parts.loss.rawValue)' does not have; report it to its author")
    }
    answer.kind = query.kind
    answer.gradient.removeAll(keepingCapacity: true)
    let evaluator = try evaluator(for: query.batch)
    let rowCount = evaluator.rowCount
    switch query.kind {
    case .points:
      let count = query.points.count / dimension
      try evaluate(query.points, count, evaluator, &answer)
      cost.lossEvaluations += count
      cost.forwardEquivalents += costs.point(rowCount: rowCount) * Double(count)
    case .gradient:
      try gradient(query.points, evaluator, &answer)
      cost.gradientEvaluations += 1
      cost.forwardEquivalents += costs.gradient(rowCount: rowCount)
    case .cuts:
      try cuts(query, evaluator, &answer)
    case .done: preconditionFailure("the query 'done' has no answer")
    }
  }

  private func evaluate(
    _ points: [Double], _ count: Int, _ evaluator: any Evaluator, _ answer: inout Answer
  ) throws(ComponentError) {
    answer.losses.resize(to: count)
    try points.withUnsafeBufferPointer { (points) throws(ComponentError) in
      try answer.losses.withUnsafeMutableBufferPointer { (losses) throws(ComponentError) in
        try evaluator.evaluate(points: points, count: count, into: losses)
      }
    }
    finish(&answer.losses, evaluator.rowCount)
  }

  private func gradient(
    _ point: [Double], _ evaluator: any Evaluator, _ answer: inout Answer
  ) throws(ComponentError) {
    answer.losses.resize(to: 1)
    answer.gradient.resize(to: dimension)
    answer.losses[0] = try point.withUnsafeBufferPointer { (point) throws(ComponentError) in
      try answer.gradient.withUnsafeMutableBufferPointer { (gradient) throws(ComponentError) in
        try evaluator.gradient(point: point, into: gradient)
      }
    }
    guard answer.losses[0].isFinite, answer.gradient.allSatisfy(\.isFinite) else {
      throw ComponentError(
        "the loss of model '\(parts.modelName)' or its gradient is no longer finite; "
          + "lower the learning rate")
    }
  }

  /// Sums over rows become means, and infinite ones are counted.
  func finish(_ losses: inout [Double], _ rowCount: Int) {
    let scale = 1 / Double(rowCount)
    for place in losses.indices {
      losses[place] *= scale
      if losses[place] == .infinity { cost.discarded += 1 }
    }
  }
}

extension [Double] {
  /// Makes the array `count` long; what is in it does not matter.
  @inline(__always)
  mutating func resize(to count: Int) {
    if self.count > count { removeLast(self.count - count) }
    while self.count < count { append(0) }
  }
}
