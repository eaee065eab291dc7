internal import QHostInterfaces

extension SampleEvaluator {
  /// Asks the model once along whose units its parameters are, if it sums losses along them.
  func findPotentials() {
    guard model.modelDescription.potentialUnitCount > 0, keptLoss == .crossEntropy,
      potentialUnits.isEmpty
    else { return }
    potentialUnits = (0..<model.modelDescription.parameterCount).map {
      Int32(truncatingIfNeeded: model.potentialUnit(of: $0) ?? -1)
    }
  }

  /// Prepares a block for cuts that are opened.
  func preparePotential(_ block: RowBlock) {
    guard !potentialUnits.isEmpty, block.rowCount >= BlockPotential.leastRows else { return }
    block.potential = block.potential ?? BlockPotential(rowCount: block.rowCount)
    block.potential?.reset()
  }

  /// Answers what is asked along the unit that is open in a block, as most of a run is.
  ///
  /// - Returns: how many moves were made, and whether that was all.
  func answerAlongUnit(
    _ query: CutQuery, _ block: RowBlock, _ work: inout Double,
    into sums: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) -> (moved: Int, isAnswered: Bool) {
    guard let potential = block.potential, let unit = potential.unit, query.indices.count == 1,
      let index = query.indices.first, potentialUnit(of: index) == unit,
      let sums = sums.baseAddress
    else { return (0, false) }
    var moved = 0
    for place in query.moveIndices.indices {
      let index = query.moveIndices[place]
      guard potential.unit == unit, potentialUnit(of: index) == unit else { return (moved, false) }
      try move(index, by: query.moveDeltas[place], block, potential, unit, &work)
      moved += 1
    }
    guard potential.unit == unit else { return (moved, false) }
    potential.run.note(index, of: unit)
    let took = try block.session.cutPotential(index: index, offsets: query.offsets(0), into: sums)
    work += HostWork.call + took.work
    guard took.outside == 0 else {
      // The unit is opened again below.
      potential.noteLeaving(unit)
      work += try closePotential(block)
      return (moved, false)
    }
    return (moved, potential.add(to: sums, count: query.offsetCount))
  }

  private func potentialUnit(of index: Int) -> Int? {
    let unit = Int(potentialUnits[index])
    return unit < 0 ? nil : unit
  }

  /// Moves a parameter of the unit that is open; closes that where the parameter is another's.
  ///
  /// - Returns: whether the move was made.
  func movePotential(
    _ index: Int, by delta: Double, _ block: RowBlock, _ work: inout Double
  ) throws(ComponentError) -> Bool {
    guard let potential = block.potential, let unit = potential.unit else { return false }
    guard potentialUnit(of: index) == unit else {
      work += try closePotential(block)
      return false
    }
    try move(index, by: delta, block, potential, unit, &work)
    return true
  }

  private func move(
    _ index: Int, by delta: Double, _ block: RowBlock, _ potential: BlockPotential, _ unit: Int,
    _ work: inout Double
  ) throws(ComponentError) {
    let moved = try block.session.movePotential(index: index, delta: delta)
    work += HostWork.call + moved.took.work
    potential.sum += moved.change
    guard moved.took.outside > 0 else { return }
    potential.noteLeaving(unit)
    work += try closePotential(block)
  }

  /// Writes the losses along a parameter whose unit is open, or is opened now since its cuts come one after the other.
  ///
  /// - Returns: whether they were written.
  func cutPotential(
    _ index: Int, _ offsets: UnsafeBufferPointer<Double>, _ block: RowBlock, _ losses: RowLosses,
    _ work: inout Double, into sums: UnsafeMutablePointer<Double>
  ) throws(ComponentError) -> Bool {
    guard let potential = block.potential else { return false }
    let unit = potentialUnit(of: index)
    let isExpected = potential.run.note(index, of: unit)
    if let open = potential.unit, open != unit { work += try closePotential(block) }
    guard let unit else { return false }
    // A second time where rows are outside: opened again there is room for one cut at least.
    var isInside = false
    while !isInside {
      if potential.unit == nil {
        guard isExpected || block.flips != nil, !potential.refuses(unit) else { return false }
        work += try openPotential(
          unit, along: index, offsets.reduce(0) { max($0, abs($1)) }, block, potential, losses)
        guard potential.unit != nil else { return false }
      }
      let took = try block.session.cutPotential(index: index, offsets: offsets, into: sums)
      work += HostWork.call + took.work
      isInside = took.outside == 0
      guard !isInside else { break }
      potential.noteLeaving(unit)
      work += try closePotential(block)
    }
    guard potential.add(to: sums, count: offsets.count) else {
      potential.refuse(unit)
      work += try closePotential(block)
      return false
    }
    return true
  }

  private func openPotential(
    _ unit: Int, along index: Int, _ offset: Double, _ block: RowBlock,
    _ potential: BlockPotential, _ losses: RowLosses
  ) throws(ComponentError) -> Double {
    let isBinary = model.modelDescription.hasBinaryPotentials
    if !isBinary {
      // Nothing is learned from a cut that stays where it is.
      guard offset > 0, offset.isFinite else { return 0 }
      try block.session.preparePotential(unit: unit, offset: offset)
    }
    // Losses are taken sixteen rows at a time: beyond the last output there is room for a line.
    let size = max(1, outputCount * block.rowCount)
    let outputs = block.outputs(for: 1 + (15 + size) / size)
    let looked = try potential.open(
      unit, isBinary: isBinary,
      noiseWidth: block.flips?.width ?? 0,
      write: { (place, written) throws(ComponentError) in
        try withUnsafePointer(to: place) { (place) throws(ComponentError) in
          try block.session.hold(
            unit: unit, at: UnsafeBufferPointer(start: place, count: 1), outputs: outputs)
        }
        losses.write(block.outputs(of: 0), stride: block.rowCount, into: written)
      },
      in: { (opened) throws(ComponentError) in try block.session.openPotential(opened) })
    return try wholeWork(index, looked, block)
      + HostWork.potentialRow * Double(looked * block.rowCount)
  }

  private func closePotential(_ block: RowBlock) throws(ComponentError) -> Double {
    block.potential?.close()
    block.losses?.isKnown = false
    return HostWork.call + (try block.session.closePotential())
  }
}
