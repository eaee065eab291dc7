internal import QHostInterfaces

extension SampleEvaluator {
  /// The unit with two outputs whose sum a parameter is in.
  func flippingUnit(of index: Int) -> Int? {
    let unit = Int(flippingUnits[index])
    return unit < 0 ? nil : unit
  }

  /// Asks the model once whose weights its parameters are.
  func findUnits() {
    guard flippingUnits.isEmpty else { return }
    flippingUnits = (0..<model.modelDescription.parameterCount).map {
      Int32(truncatingIfNeeded: model.flippingUnit(of: $0) ?? -1)
    }
  }

  /// Gives a block's session the noise of the cuts that are opened next.
  func take(_ noise: CutNoise?, _ block: RowBlock, _ index: Int) throws(ComponentError) {
    guard let noise else {
      if block.flips != nil { try block.session.takeNoise(nil) }
      block.flips = nil
      return
    }
    let flips =
      block.flips
      ?? UnitFlips(unitCount: model.modelDescription.flipUnitCount, rowCount: block.rowCount)
    block.flips = flips
    try block.session.takeNoise(flips.draw(noise, block: index))
  }

  /// Writes the expected losses along a weight of a unit with two outputs.
  ///
  /// - Returns: the work of it.
  func cut(
    _ index: Int, of unit: Int, _ offsets: UnsafeBufferPointer<Double>, _ block: RowBlock,
    _ flips: UnitFlips, _ losses: RowLosses, into sums: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) -> Double {
    var work = HostWork.call
    if flips.unit != unit {
      try open(unit, block, flips, losses)
      work += try wholeWork(index, 2, block)
    }
    let factors = try block.session.factors(index: index)
    guard let start = sums.baseAddress else { return work }
    flips.cut(factors, offsets: offsets, into: start)
    return work + HostWork.flip * Double(factors.count * offsets.count)
  }

  /// Takes a move to the unit that is open, or closes it where something else has moved.
  ///
  /// - Returns: the work of it.
  func moveUnit(
    _ index: Int, by delta: Double, _ block: RowBlock
  ) throws(ComponentError) -> Double {
    guard let flips = block.flips, let unit = flips.unit else { return 0 }
    guard flippingUnit(of: index) == unit else {
      flips.close()
      return 0
    }
    let factors = try block.session.factors(index: index)
    flips.move(factors, by: delta)
    return HostWork.flip * Double(factors.count)
  }

  private func open(
    _ unit: Int, _ block: RowBlock, _ flips: UnitFlips, _ losses: RowLosses
  ) throws(ComponentError) {
    // Losses are taken sixteen rows at a time: beyond the last output there is room for a line.
    let size = max(1, outputCount * block.rowCount)
    let outputs = block.outputs(for: 2 + (15 + size) / size)
    try flips.open(unit) { (sums, low, high) throws(ComponentError) in
      try block.session.openUnit(unit, sums: sums, outputs: outputs)
      losses.write(
        block.outputs(of: 0), stride: block.rowCount, into: low)
      losses.write(
        block.outputs(of: 1), stride: block.rowCount, into: high)
    }
  }
}
