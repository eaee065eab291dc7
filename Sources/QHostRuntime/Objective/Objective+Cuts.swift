internal import QHostInterfaces

extension Objective {
  /// Whether the run can be resumed to the same bits from here.
  ///
  /// Called before each query; when the activations are due to be computed anew, they are dropped.
  func isCleanPoint() -> Bool {
    if cutState.isOpen, !cutState.isDue { return false }
    cutState.isOpen = false
    cutState.moves = 0
    cutState.queries = 0
    cutState.work = 0
    cutState.passes = 0
    return true
  }

  func cuts(
    _ query: borrowing Query, _ evaluator: any Evaluator, _ answer: inout Answer
  ) throws(ComponentError) {
    try moveBase(query)
    let count = query.cutIndices.count * query.offsetCount
    answer.losses.resize(to: count)
    if hasFastCuts {
      try fastCuts(query, evaluator, &answer)
    } else if count > 0 {
      try wholeCuts(query, evaluator, &answer)
      cost.forwardEquivalents += costs.point(rowCount: evaluator.rowCount) * Double(count)
    }
    cost.lossEvaluations += count
    finish(&answer.losses, evaluator.rowCount)
  }

  /// Keeps the base point, in full precision, beside what the sessions keep.
  private func moveBase(_ query: borrowing Query) throws(ComponentError) {
    if !query.base.isEmpty {
      cutState.base = query.base
      cutState.isOpen = false
    }
    guard !cutState.base.isEmpty else {
      throw ComponentError(
        "\(parts.optimizer) asked for cuts without a base point; report it to its author")
    }
    for move in query.moveIndices.indices {
      cutState.base[query.moveIndices[move]] += query.moveDeltas[move]
    }
  }

  private func fastCuts(
    _ query: borrowing Query, _ evaluator: any Evaluator, _ answer: inout Answer
  ) throws(ComponentError) {
    let isOpening = !cutState.isOpen
    let rowCount = evaluator.rowCount
    var passes = 0.0
    if isOpening {
      try cutState.base.withUnsafeBufferPointer { (base) throws(ComponentError) in
        try evaluator.openCuts(base: base)
      }
      cutState.isOpen = true
      passes += costs.opening(rowCount: rowCount, keepsLosses: evaluator.keepsLosses)
    }
    let moveIndices = isOpening ? [] : query.moveIndices
    let moveDeltas = isOpening ? [] : query.moveDeltas
    let counted = try query.offsets.withUnsafeBufferPointer {
      (offsets) throws(ComponentError) -> Double? in
      try answer.losses.withUnsafeMutableBufferPointer { (losses) throws(ComponentError) in
        try evaluator.cut(
          CutQuery(
            moveIndices: moveIndices, moveDeltas: moveDeltas, indices: query.cutIndices,
            offsets: offsets, offsetCount: query.offsetCount), into: losses)
      }
    }
    if let counted {
      passes += counted / costs.unit
    } else {
      passes += costs.cutQuery(rowCount: rowCount)
      for index in moveIndices { passes += try moveCost(index, rowCount: rowCount) }
      for index in query.cutIndices {
        passes += try cutCost(index, offsetCount: query.offsetCount, rowCount: rowCount)
      }
    }
    cost.forwardEquivalents += passes
    cutState.moves += query.moveIndices.count
    cutState.queries += 1
    cutState.passes += passes / costs.point(rowCount: rowCount)
    cutState.work += passes * costs.unit
  }

  /// What a cut costs that works on all rows: an estimate, mostly too high, where only some change.
  func cutCost(
    _ index: Int, offsetCount: Int, rowCount: Int
  ) throws(ComponentError) -> Double {
    guard hasFastCuts else { return Double(offsetCount) * costs.point(rowCount: rowCount) }
    if isDirect {
      return parts.dataset.cutCost * Double(offsetCount) * costs.point(rowCount: rowCount)
    }
    let work = try parts.model.cutWork(
      index: index, offsetCount: offsetCount, rowCount: rowCount)
    return costs.cut(work: work, offsetCount: offsetCount, rowCount: rowCount)
  }

  /// What a move costs that works on all rows.
  func moveCost(_ index: Int, rowCount: Int) throws(ComponentError) -> Double {
    guard hasFastCuts else { return 0 }
    if isDirect { return parts.dataset.cutCost * costs.point(rowCount: rowCount) }
    let work = try parts.model.cutWork(index: index, offsetCount: 0, rowCount: rowCount)
    return costs.move(work: work, rowCount: rowCount)
  }

  /// Answers cuts by whole passes, for models and scenarios that have none of their own.
  private func wholeCuts(
    _ query: borrowing Query, _ evaluator: any Evaluator, _ answer: inout Answer
  ) throws(ComponentError) {
    let k = query.offsetCount
    let points = scratch.reserve(k * dimension)
    for (place, index) in query.cutIndices.enumerated() {
      for offset in 0..<k {
        let point = UnsafeMutableBufferPointer(
          rebasing: points[offset * dimension..<(offset + 1) * dimension])
        _ = point.update(fromContentsOf: cutState.base)
        point[index] += query.offsets[place * k + offset]
      }
      try answer.losses.withUnsafeMutableBufferPointer { (losses) throws(ComponentError) in
        try evaluator.evaluate(
          points: UnsafeBufferPointer(points), count: k,
          into: UnsafeMutableBufferPointer(rebasing: losses[place * k..<(place + 1) * k]))
      }
    }
  }
}
