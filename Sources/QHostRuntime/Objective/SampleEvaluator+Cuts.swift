internal import QHostInterfaces
internal import QHostMemory

extension SampleEvaluator {
  func openCuts(base: UnsafeBufferPointer<Double>, noise: CutNoise?) throws(ComponentError) {
    if noise != nil { findUnits() }
    findPotentials()
    try forEachBlock { (index, block) throws(ComponentError) in
      try self.take(noise, block, index)
      try block.session.openCuts(parameters: base)
      block.losses?.isKnown = false
      self.preparePotential(block)
    }
  }

  /// Of losses only: a scenario scores the outputs of a model as a whole.
  func cut(_ query: CutQuery, into scores: ScoreBuffer) throws(ComponentError) -> Double? {
    let count = query.indices.count * query.offsetCount
    let sums = sums.reserve(blocks.count * count)
    let kept = keptLoss
    try forEachBlock { (index, block) throws(ComponentError) in
      let sums = UnsafeMutableBufferPointer(rebasing: sums[index * count..<(index + 1) * count])
      if let kept {
        try self.cutChanges(query, block, kept, into: sums)
      } else {
        try self.cutAll(query, block, into: sums)
      }
    }
    addBlocks(sums, into: scores)
    return kept == nil ? nil : blocks.reduce(0) { $0 + $1.work }
  }

  /// Scores the outputs of all rows at each offset.
  private func cutAll(
    _ query: CutQuery, _ block: RowBlock, into sums: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    for move in query.moveIndices.indices {
      try block.session.move(index: query.moveIndices[move], delta: query.moveDeltas[move])
    }
    for (place, index) in query.indices.enumerated() {
      try cutAll(query, place, index, block, into: sums)
    }
  }

  private func cutAll(
    _ query: CutQuery, _ place: Int, _ index: Int, _ block: RowBlock,
    into sums: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    try block.session.cut(
      index: index, offsets: query.offsets(place), outputs: block.outputs(for: query.offsetCount))
    for offset in 0..<query.offsetCount {
      sums[place * query.offsetCount + offset] = try scorer.sum(block, candidate: offset)
    }
  }

  /// Scores the outputs of the rows that change.
  private func cutChanges(
    _ query: CutQuery, _ block: RowBlock, _ loss: Loss,
    into sums: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    var work = 0.0
    defer { block.work = work }
    let (moved, isAnswered) = try answerAlongUnit(query, block, &work, into: sums)
    guard !isAnswered else { return }
    let losses = block.losses ?? makeLosses(block, loss)
    var changes = losses.changes(max(1, query.offsetCount))
    for move in query.moveIndices.indices.dropFirst(moved) {
      if try movePotential(query.moveIndices[move], by: query.moveDeltas[move], block, &work) {
        continue
      }
      try block.session.moveChanges(
        index: query.moveIndices[move], delta: query.moveDeltas[move], into: &changes)
      work += costs.work(of: changes, offsetCount: 1, rowCount: block.rowCount)
      if losses.isKnown { losses.move(changes) }
      work += try moveUnit(query.moveIndices[move], by: query.moveDeltas[move], block)
    }
    for (place, index) in query.indices.enumerated() {
      if let start = sums.baseAddress,
        try cutPotential(
          index, query.offsets(place), block, losses, &work,
          into: start + place * query.offsetCount)
      {
        continue
      }
      if !losses.isKnown { work += try takeBase(block, losses, &changes) }
      if let flips = block.flips, let unit = flippingUnit(of: index) {
        work += try cut(
          index, of: unit, query.offsets(place), block, flips, losses,
          into: UnsafeMutableBufferPointer(
            rebasing: sums[place * query.offsetCount..<(place + 1) * query.offsetCount]))
        continue
      }
      guard losses.sum.isFinite else {
        // Nothing can be added to such a base point: each offset is scored as a whole.
        try cutAll(query, place, index, block, into: sums)
        work += try wholeWork(index, query.offsetCount, block)
        losses.isKnown = false
        continue
      }
      try block.session.cutChanges(index: index, offsets: query.offsets(place), into: &changes)
      work += costs.work(
        of: changes, offsetCount: query.offsetCount, rowCount: block.rowCount)
      for offset in 0..<query.offsetCount {
        let sum = losses.sum(changes, offset)
        guard !sum.isNaN else {
          try cutAll(query, place, index, block, into: sums)
          work += try wholeWork(index, query.offsetCount, block)
          break
        }
        sums[place * query.offsetCount + offset] = sum
      }
    }
  }

  /// The work of a cut whose offsets are scored as wholes.
  func wholeWork(
    _ index: Int, _ offsetCount: Int, _ block: RowBlock
  ) throws(ComponentError) -> Double {
    let work = try model.cutWork(
      index: index, offsetCount: offsetCount, rowCount: block.rowCount)
    return costs.unit
      * costs.cut(work: work, offsetCount: offsetCount, rowCount: block.rowCount)
  }

  private func makeLosses(_ block: RowBlock, _ loss: Loss) -> RowLosses {
    let losses = RowLosses(
      loss: loss, outputCount: outputCount,
      labels: UnsafeBufferPointer(rebasing: block.targets[..<block.rowCount]))
    block.losses = losses
    return losses
  }

  /// The outputs at the base point: those of a cut at offset 0.
  ///
  /// - Returns: the work of it where the opening of cuts was not charged for it.
  private func takeBase(
    _ block: RowBlock, _ losses: RowLosses, _ changes: inout CutChanges
  ) throws(ComponentError) -> Double {
    let zero = [0.0]
    try zero.withUnsafeBufferPointer { (zero) throws(ComponentError) in
      try block.session.cut(index: 0, offsets: zero, outputs: block.outputs(for: 1))
    }
    let outputs = block.outputs(of: 0)
    let count = block.rowCount
    changes.rowCounts[0] = UInt64(count)
    for unit in 0..<outputCount {
      let place = changes.outputs + unit * changes.stride(of: 0)
      for row in 0..<count { place[row] = outputs[unit * count + row] }
    }
    losses.take(changes)
    guard let potential = block.potential, potential.hasLostBase else { return 0 }
    potential.hasLostBase = false
    return HostWork.baseOutput * Double(outputCount * count)
  }
}

extension CutQuery {
  /// The offsets of the cut at `place`.
  func offsets(_ place: Int) -> UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(rebasing: offsets[place * offsetCount..<(place + 1) * offsetCount])
  }
}
