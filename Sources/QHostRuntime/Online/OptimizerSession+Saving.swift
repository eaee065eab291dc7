internal import QHostInterfaces

extension OptimizerSession {
  /// Makes a place that a checkpoint can continue from, whether one is written or not.
  func clean() { objective.cutState.close() }

  /// Adds its state to a checkpoint, at a clean place.
  ///
  /// - Throws: severity `unsupported` when the optimizer cannot be saved.
  func save(_ writer: inout StateWriter) throws(ComponentError) {
    writer.write([counts.drifts, counts.endings, counts.renewals, counts.fills])
    writer.write(point)
    writer.write([credit, best.standing.loss])
    writer.write(best.point)
    writer.write([scheduleRow, rowsBehind])
    for flag in [hasRows, isBehind, takesWholeSplit] { writer.write(flag) }
    writer.write(table.inputs.map { Double($0) })
    writer.write(table.targets.map { Double($0) })
    writer.write(objective.cutState.base)
    let cost = objective.cost
    writer.write([
      cost.lossEvaluations, cost.lossRows, cost.gradientEvaluations, cost.gradientRows,
      cost.discarded,
    ])
    writer.write(cost.forwardEquivalents)
    writer.write(instanceStart)
    let state = try optimizer?.save()
    writer.write(state?.count ?? -1)
    writer.write((state ?? []).map { Int($0) })
  }

  /// Reads back what ``save(_:)`` wrote.
  ///
  /// - Throws: for a state that is damaged or of another run.
  func load(_ reader: inout StateReader) throws(ComponentError) {
    let numbers = try reader.readIntegers(count: 4)
    let n = objective.dimension
    let place = try reader.readReals(count: n)
    let reals = try reader.readReals(count: 2)
    let bestPoint = try reader.readReals()
    guard [0, n].contains(bestPoint.count) else {
      throw ComponentError("the saved point is of another model; start a new run")
    }
    let rows = try reader.readIntegers(count: 2)
    hasRows = try reader.readBoolean()
    isBehind = try reader.readBoolean()
    takesWholeSplit = try reader.readBoolean()
    for (index, value) in try reader.readReals(count: table.inputs.count).enumerated() {
      table.inputs[index] = Float(value)
    }
    for (index, value) in try reader.readReals(count: table.targets.count).enumerated() {
      table.targets[index] = Float(value)
    }
    let base = try reader.readReals()
    let sums = try reader.readIntegers(count: 5)
    var cost = Cost()
    (cost.lossEvaluations, cost.lossRows) = (sums[0], sums[1])
    (cost.gradientEvaluations, cost.gradientRows, cost.discarded) = (sums[2], sums[3], sums[4])
    cost.forwardEquivalents = try reader.readReal()
    objective.restore(batchNumber: -1, isOnFull: false, base: base, cost: cost)
    let start = try reader.readReals()
    let size = try reader.readInteger()
    let state = try reader.readIntegers()
    // The instance is made with the numbers that it had: the counts come first.
    counts = Counts(
      drifts: numbers[0], endings: numbers[1], renewals: numbers[2], fills: numbers[3])
    point = place
    (credit, scheduleRow, rowsBehind) = (reals[0], rows[0], rows[1])
    guard size >= 0 else { return }
    guard size == state.count, start.count == n, state.allSatisfy({ (0...255).contains($0) }) else {
      throw ComponentError("the saved state of the optimizer is damaged; start a new run")
    }
    let flags = (hasRows, isBehind, takesWholeSplit)
    try made(at: start).load(state.map { UInt8($0) })
    (hasRows, isBehind, takesWholeSplit) = flags
    best = BestPoint(Standing(loss: reals[1]), point: bestPoint)
  }
}
