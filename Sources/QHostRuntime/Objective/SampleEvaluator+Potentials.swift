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
    let moved = try block.session.movePotential(index: index, delta: delta)
    potential.sum += moved.change
    work += HostWork.call + moved.work
    return true
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
    if potential.unit == nil {
      guard isExpected || block.flips != nil, !potential.refuses(unit) else { return false }
      work += try openPotential(unit, along: index, block, potential, losses)
      guard potential.unit != nil else { return false }
    }
    work += HostWork.call
    work += try block.session.cutPotential(index: index, offsets: offsets, into: sums)
    var isFinite = potential.sum.isFinite
    for place in offsets.indices {
      isFinite = isFinite && sums[place].isFinite
      sums[place] += potential.sum
    }
    guard isFinite else {
      potential.refuse(unit)
      work += try closePotential(block)
      return false
    }
    return true
  }

  private func openPotential(
    _ unit: Int, along index: Int, _ block: RowBlock, _ potential: BlockPotential,
    _ losses: RowLosses
  ) throws(ComponentError) -> Double {
    // Losses are taken sixteen rows at a time: beyond the last output there is room for a line.
    let size = max(1, outputCount * block.rowCount)
    let outputs = block.outputs(for: 1 + (15 + size) / size)
    let looked = try potential.open(
      unit, isBinary: model.modelDescription.hasBinaryPotentials,
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
