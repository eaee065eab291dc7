internal import QHostInterfaces
internal import QHostMemory
internal import QHostNetworks

extension NetworkSession {
  func preparePotential(unit: Int, offset: Double) throws(ComponentError) {
    let cuts = try openedCuts()
    try check(unit)
    guard let reach = potentialRoom(cuts).reach else { return }
    let (layer, _) = network.place(ofHiddenUnit: unit)
    reach.takeSizes(layer: layer, inputCount: network.widths[layer]) {
      column(layer: layer, input: $0, cuts.kernel)
    }
    reach.prepare(unit: unit, inputCount: network.widths[layer], offset: Float(offset))
  }

  func hold(
    unit: Int, at places: UnsafeBufferPointer<Double>, outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let cuts = try openedCuts()
    try check(unit)
    let (layer, place) = network.place(ofHiddenUnit: unit)
    guard let reach = potentialRoom(cuts).reach else {
      let bounds = network.activation.bounds ?? (lower: -1, upper: 1)
      let (middle, half) = ((bounds.upper + bounds.lower) / 2, (bounds.upper - bounds.lower) / 2)
      return cuts.kernel.hold(
        layer: layer, unit: place, at: places.map { Float(middle + half * $0) }, outputs: outputs)
    }
    cuts.kernel.hold(
      layer: layer, unit: place, at: places.map { Float($0) }, reach: try reach.of(unit),
      outputs: outputs)
  }

  private func check(_ unit: Int) throws(ComponentError) {
    guard unit < network.potentialUnitCount else {
      throw ComponentError("there is no unit \(unit) whose output has bounds")
    }
  }

  private func potentialRoom(_ cuts: NetworkCuts) -> OpenPotential {
    if let potential { return potential }
    let made = OpenPotential(rowCount: rowCount, isBinary: network.hasBinaryPotentials, cuts)
    potential = made
    return made
  }

  func openPotential(_ potential: UnitPotential) throws(ComponentError) -> Double {
    let cuts = try openedCuts()
    let open = potentialRoom(cuts)
    let isLine = open.reach == nil
    guard potential.unit < network.potentialUnitCount,
      (1...(isLine ? 2 : UnitPotential.coefficientLimit)).contains(potential.coefficientCount),
      potential.noiseWidth == 0 || isLine, let coefficients = potential.coefficients.baseAddress
    else {
      throw ComponentError(
        "unit \(potential.unit) was opened with \(potential.coefficientCount) coefficients a row and noise "
          + "of width \(potential.noiseWidth), which its activation '\(network.activation)' does not have"
      )
    }
    let (layer, unit) = network.place(ofHiddenUnit: potential.unit)
    let reach = try open.reach?.of(potential.unit)
    open.isSmoothed = potential.noiseWidth > 0
    open.coefficientCount = potential.coefficientCount
    open.isPassDue = false
    open.isOpen = true
    (open.layer, open.unit) = (layer, unit)
    let first = network.offsets[layer] + unit * network.widths[layer]
    open.weights = first..<first + network.widths[layer]
    open.bias = network.hasBias ? network.biasOffset(layer) + unit : nil
    open.entries = layer == 0 ? lists().map { UnsafePointer($0.entries) } : nil
    if let reach {
      return open.kernel.open(
        reach: reach, coefficients: coefficients, coefficientCount: potential.coefficientCount)
    }
    open.sums.start.update(from: cuts.kernel.keptZ(layer) + unit * stride, count: rowCount)
    let noise = open.isSmoothed ? noise.map { $0 + potential.unit * rowCount } : nil
    for row in 0..<rowCount { open.room.start[row] = open.sums.start[row] - (noise?[row] ?? 0) }
    return open.kernel.open(
      network.activation, noiseWidth: potential.noiseWidth, z: open.room.start,
      coefficients: coefficients, coefficientCount: potential.coefficientCount)
  }

  func cutPotential(
    index: Int, offsets: UnsafeBufferPointer<Double>, into changes: UnsafeMutablePointer<Double>
  ) throws(ComponentError) -> PotentialWork {
    let (open, inputs) = (try opened(), try inputs(of: index))
    let outside = open.kernel.cut(
      inputs, offsets: open.cuts.rounded(index: index, offsets), into: changes)
    return PotentialWork(
      outside: outside,
      work: listWork(of: index, open)
        + work.potential(
          open.coefficientCount, looked: inputs.count, times: offsets.count { $0 != 0 }))
  }

  func movePotential(
    index: Int, delta: Double
  ) throws(ComponentError) -> (change: Double, took: PotentialWork) {
    let (open, inputs) = (try opened(), try inputs(of: index))
    let (weight, change, isPassDue) = open.cuts.move(index: index, delta: delta)
    weights.start[index] = weight
    if isPassDue { open.isPassDue = true }
    let moved = open.kernel.move(inputs, offset: change)
    return (
      moved.change,
      PotentialWork(
        outside: moved.outside,
        work: listWork(of: index, open)
          + work.potential(open.coefficientCount, looked: inputs.count, times: 1))
    )
  }

  func closePotential() throws(ComponentError) -> Double {
    guard let potential, potential.isOpen, potential.cuts.isOpen else {
      throw ComponentError("no unit is open that could be closed")
    }
    let (cuts, layer, unit) = (potential.cuts, potential.layer, potential.unit)
    potential.isOpen = false
    guard !potential.isPassDue else {
      pass(cuts.kernel)
      return work.passes.pass + Double(rowCount) * work.passes.row
    }
    let change = potential.room.start
    potential.kernel.writePlaces(to: change)
    let number = network.hiddenUnit(layer: layer, unit: unit)
    if let reach = try potential.reach?.of(number) {
      for row in 0..<rowCount { change[row] *= reach[row] }
    } else {
      let noise = potential.isSmoothed ? noise.map { $0 + number * rowCount } : nil
      for row in 0..<rowCount { change[row] += (noise?[row] ?? 0) - potential.sums.start[row] }
    }
    cuts.kernel.move(layer: layer, unit: unit, x: change, offset: 1)
    return work.closing(layer: layer, rowCount: rowCount)
  }

  /// The unit that is open.
  @inline(__always)
  private func opened() throws(ComponentError) -> OpenPotential {
    guard let potential, potential.isOpen, potential.cuts.isOpen else {
      throw ComponentError("no unit is open; open one before its weights are cut")
    }
    return potential
  }

  /// The inputs of a parameter of the open unit, in the rows where they are not 0.
  @inline(__always)
  private func inputs(of index: Int) throws(ComponentError) -> InputRows {
    let open = try opened()
    guard open.weights.contains(index) else {
      guard index == open.bias else {
        throw ComponentError("parameter \(index) is none of the unit that is open")
      }
      return InputRows(count: rowCount, rows: nil, values: nil)
    }
    let input = index - open.weights.lowerBound
    if let entry = open.entries?[input], entry.count >= 0 { return entry }
    return inputRows(layer: open.layer, input: input, open.cuts.kernel)
  }

  @inline(__always)
  private func listWork(of index: Int, _ open: OpenPotential) -> Double {
    open.entries == nil ? 0 : listWork(layer: 0, input: index == open.bias ? nil : 0)
  }
}
