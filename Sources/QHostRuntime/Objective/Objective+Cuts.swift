internal import QHostInterfaces
internal import QHostMemory

extension Objective {
  /// Whether the run can be resumed to the same bits from here.
  ///
  /// Called before each query; when the activations are due to be computed again, they are dropped.
  func isCleanPoint() -> Bool {
    if cutState.isOpen, !cutState.isDue { return false }
    cutState.close()
    return true
  }

  /// Makes the moves of a query for cuts, and answers its next units.
  func cuts(
    _ query: borrowing Query, _ posed: inout PosedQuery, atMost count: Int, _ answer: inout Answer
  ) throws(ComponentError) {
    let first = posed.answered
    if hasFastCuts {
      try fastCuts(query, &posed, atMost: count, &answer)
    } else {
      posed.answered = min(first + count, posed.unitCount)
      if posed.answered > first {
        try wholeCuts(query, first..<posed.answered, posed, &answer)
      }
    }
    let places = first..<posed.answered
    try answer.withScores(shape) { (scores) throws(ComponentError) in
      finish(scores[places], posed.rowCount)
    }
    addPrior(query, places, stride: posed.stride, &answer)
  }

  /// Keeps the base point, in full precision, beside what the sessions keep.
  func moveBase(_ query: borrowing Query) throws(ComponentError) {
    try checkNoise(query)
    if !query.base.isEmpty {
      cutState.base = query.base
      cutState.isOpen = false
      cutState.penalty = nil
    }
    guard !cutState.base.isEmpty else {
      throw ComponentError(
        "\(parts.optimizer) asked for cuts without a base point; report it to its author")
    }
    for move in query.moveIndices.indices {
      let (index, delta) = (query.moveIndices[move], query.moveDeltas[move])
      if let prior, let penalty = cutState.penalty {
        cutState.penalty =
          penalty + prior.change(index: index, from: cutState.base[index], by: delta)
      }
      let before = cutState.base[index]
      cutState.base[index] += delta
      if CutState.isTooRough(from: before, to: cutState.base[index], scale: scale(of: index)) {
        cutState.isOpen = false
      }
    }
  }

  private func scale(of index: Int) -> Double {
    moveScales.isEmpty ? 1 : moveScales[index]
  }

  /// One piece: whole coordinates, or offsets of one of them.
  private func fastCuts(
    _ query: borrowing Query, _ posed: inout PosedQuery, atMost count: Int, _ answer: inout Answer
  ) throws(ComponentError) {
    let isFirst = !posed.isPrepared
    let isOpening = isFirst && !cutState.isOpen
    if isFirst { try prepare(query, &posed, isOpening: isOpening) }
    let moves = isFirst && !isOpening
    let piece = posed.piece(atMost: count, byCoordinate: posed.isCounted)
    let places = piece.coordinates
    let counted = try query.offsets.withUnsafeBufferPointer {
      (offsets) throws(ComponentError) -> Double? in
      try answer.withScores(shape) { (scores) throws(ComponentError) in
        try posed.evaluator.cut(
          CutQuery(
            moveIndices: moves ? query.moveIndices : [], moveDeltas: moves ? query.moveDeltas : [],
            indices: query.cutIndices[places],
            offsets: UnsafeBufferPointer(rebasing: offsets[piece.units]),
            offsetCount: piece.units.count / max(1, places.count)),
          into: scores[piece.units])
      }
    }
    posed.answered = piece.units.upperBound
    if let counted {
      posed.countedBefore = posed.counted
      posed.counted += counted / costs.unit
      if piece.units.lowerBound > 0, piece.units.lowerBound % posed.stride == 0 {
        posed.counted += costs.furtherCut
      }
    }
    guard posed.isWhole else { return }
    // Once a query, so that sums do not depend on how it was cut into pieces.
    let passes = try passes(of: query, posed, after: posed.unitCount)
    cutState.passes += passes / posed.pointCost
    cutState.work += passes * costs.unit
  }

  /// Opens the sessions at the base point where they are not, and charges for it or for the moves.
  private func prepare(
    _ query: borrowing Query, _ posed: inout PosedQuery, isOpening: Bool
  ) throws(ComponentError) {
    let rowCount = posed.rowCount
    posed.isPrepared = true
    posed.preparation = costs.cutQuery(rowCount: rowCount)
    if isOpening {
      cutState.noise = query.noise > 0 ? noise(query.noise, after: posed.before) : nil
      let noise = cutState.noise
      try cutState.base.withUnsafeBufferPointer { (base) throws(ComponentError) in
        try posed.evaluator.openCuts(base: base, noise: noise)
      }
      cutState.isOpen = true
      posed.preparation += costs.opening(
        rowCount: rowCount, keepsLosses: posed.isCounted)
    } else if !posed.isCounted {
      for index in query.moveIndices {
        posed.preparation += try moveCost(index, rowCount: rowCount)
      }
    }
    cutState.moves += query.moveIndices.count
    cutState.queries += 1
  }

  /// Answers cuts by whole passes, for models and scenarios that have none of their own.
  private func wholeCuts(
    _ query: borrowing Query, _ units: Range<Int>, _ posed: borrowing PosedQuery,
    _ answer: inout Answer
  ) throws(ComponentError) {
    let k = query.offsetCount
    let (evaluator, draws) = (posed.evaluator, posed.draws)
    let points = scratch.reserve(k * dimension)
    var first = units.lowerBound
    while first < units.upperBound {
      let place = first / k
      let end = min((place + 1) * k, units.upperBound)
      for unit in first..<end {
        let start = (unit - first) * dimension
        let point = UnsafeMutableBufferPointer(rebasing: points[start..<start + dimension])
        _ = point.update(fromContentsOf: cutState.base)
        point[query.cutIndices[place]] += query.offsets[unit]
      }
      try answer.withScores(shape) { (scores) throws(ComponentError) in
        try evaluator.evaluate(
          points: UnsafeBufferPointer(rebasing: points[..<((end - first) * dimension)]),
          draws: draws.dropping(first), into: scores[first..<end])
      }
      first = end
    }
  }

  private func addPrior(
    _ query: borrowing Query, _ places: Range<Int>, stride: Int, _ answer: inout Answer
  ) {
    guard let prior, !places.isEmpty else { return }
    let penalty =
      cutState.penalty ?? cutState.base.withUnsafeBufferPointer { prior.penalty(at: $0) }
    cutState.penalty = penalty
    for unit in places {
      let index = query.cutIndices[unit / stride]
      answer.losses[unit] +=
        penalty + prior.change(index: index, from: cutState.base[index], by: query.offsets[unit])
    }
  }
}

extension PosedQuery {
  /// The next piece: whole coordinates as far as `count` units allow, at least a part of one.
  ///
  /// - Parameters:
  ///   - count: units at most.
  ///   - byCoordinate: whether a piece is of one coordinate, so that what each of them cost is known.
  /// - Returns: its units, and the places of its coordinates in the query.
  fileprivate func piece(
    atMost count: Int, byCoordinate: Bool
  ) -> (units: Range<Int>, coordinates: Range<Int>) {
    guard answered < unitCount else { return (answered..<answered, 0..<0) }
    let place = answered / stride
    let rest = stride - answered % stride
    if rest < stride || count < stride || byCoordinate {
      return (answered..<answered + min(rest, max(1, count)), place..<place + 1)
    }
    let end = min(place + count / stride, unitCount / stride)
    return (answered..<end * stride, place..<end)
  }
}
