internal import QHostInterfaces
internal import QHostMemory
internal import QHostNetworks

/// A unit whose losses are summed along its weights, and what is due when it is closed.
final class OpenPotential {
  let kernel: PotentialKernel
  /// The unit's sums when it was opened, with their noise, [B].
  let sums: AlignedBuffer<Float>
  /// Room for sums, [B].
  let room: AlignedBuffer<Float>
  /// Where the unit is; `nil`: none is open.
  var place: (layer: Int, unit: Int)?
  /// Whether its sums are without noise.
  var isSmoothed = false
  /// How many coefficients a row has.
  var coefficientCount = 2
  /// Whether so many moves were made that all z and h are to be computed again.
  var isPassDue = false

  init(rowCount: Int) {
    kernel = PotentialKernel(rowCount: rowCount)
    sums = AlignedBuffer<Float>(count: rowCount)
    room = AlignedBuffer<Float>(count: rowCount)
  }
}

extension NetworkSession {
  func hold(
    unit: Int, at places: UnsafeBufferPointer<Double>, outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let cuts = try openedCuts()
    guard unit < network.potentialUnitCount, let bounds = network.activation.bounds else {
      throw ComponentError("there is no unit \(unit) whose output has bounds")
    }
    let (layer, place) = network.place(ofHiddenUnit: unit)
    let (middle, half) = ((bounds.upper + bounds.lower) / 2, (bounds.upper - bounds.lower) / 2)
    cuts.kernel.hold(
      layer: layer, unit: place, at: places.map { Float(middle + half * $0) }, outputs: outputs)
  }

  func openPotential(_ potential: UnitPotential) throws(ComponentError) -> Double {
    let cuts = try openedCuts()
    let isLine = network.activation == .step || network.activation == .sign
    guard potential.unit < network.potentialUnitCount,
      (1...(isLine ? 2 : UnitPotential.coefficientLimit)).contains(potential.coefficientCount),
      potential.noiseWidth == 0 || isLine, let coefficients = potential.coefficients.baseAddress
    else {
      throw ComponentError(
        "unit \(potential.unit) was opened with \(potential.coefficientCount) coefficients a row and noise "
          + "of width \(potential.noiseWidth), which its activation '\(network.activation)' does not have"
      )
    }
    let open = self.potential ?? OpenPotential(rowCount: rowCount)
    self.potential = open
    let (layer, unit) = network.place(ofHiddenUnit: potential.unit)
    open.sums.start.update(from: cuts.kernel.keptZ(layer) + unit * stride, count: rowCount)
    open.isSmoothed = potential.noiseWidth > 0
    let noise = open.isSmoothed ? noise.map { $0 + potential.unit * rowCount } : nil
    for row in 0..<rowCount { open.room.start[row] = open.sums.start[row] - (noise?[row] ?? 0) }
    open.coefficientCount = potential.coefficientCount
    open.isPassDue = false
    open.place = (layer, unit)
    return open.kernel.open(
      network.activation, noiseWidth: potential.noiseWidth, z: open.room.start,
      coefficients: coefficients, coefficientCount: potential.coefficientCount)
  }

  func cutPotential(
    index: Int, offsets: UnsafeBufferPointer<Double>, into changes: UnsafeMutablePointer<Double>
  ) throws(ComponentError) -> Double {
    let (cuts, open, inputs, lists) = try opened(index)
    cuts.rounded(index: index, offsets) { open.kernel.cut(inputs, offsets: $0, into: changes) }
    return lists
      + work.potential(
        index, open.coefficientCount, looked: inputs.count, times: offsets.count { $0 != 0 })
  }

  func movePotential(
    index: Int, delta: Double
  ) throws(ComponentError) -> (change: Double, work: Double) {
    let (cuts, open, inputs, lists) = try opened(index)
    let (weight, change, isPassDue) = cuts.move(index: index, delta: delta)
    weights.start[index] = weight
    if isPassDue { open.isPassDue = true }
    return (
      open.kernel.move(inputs, offset: change),
      lists + work.potential(index, open.coefficientCount, looked: inputs.count, times: 1)
    )
  }

  func closePotential() throws(ComponentError) -> Double {
    guard let cuts, cuts.isOpen, let potential, let (layer, unit) = potential.place else {
      throw ComponentError("no unit is open that could be closed")
    }
    potential.place = nil
    guard !potential.isPassDue else {
      pass(cuts.kernel)
      return work.passes.pass + Double(rowCount) * work.passes.row
    }
    let change = potential.room.start
    potential.kernel.writeSums(to: change)
    let noise =
      potential.isSmoothed
      ? noise.map { $0 + network.hiddenUnit(layer: layer, unit: unit) * rowCount } : nil
    for row in 0..<rowCount { change[row] += (noise?[row] ?? 0) - potential.sums.start[row] }
    cuts.kernel.move(layer: layer, unit: unit, x: change, offset: 1)
    return work.closing(layer: layer, rowCount: rowCount)
  }

  /// What a call along a weight of the open unit works on, and the work of the lists that it needs.
  private func opened(
    _ index: Int
  ) throws(ComponentError) -> (NetworkCuts, OpenPotential, InputRows, Double) {
    guard let cuts, cuts.isOpen, let potential, let place = potential.place else {
      throw ComponentError("no unit is open; open one before its weights are cut")
    }
    guard case .weight(let layer, let unit, let input) = network.place(of: index),
      layer == place.layer, unit == place.unit
    else { throw ComponentError("parameter \(index) is none of the unit that is open") }
    return (
      cuts, potential, inputRows(layer: layer, input: input, cuts.kernel),
      listWork(layer: layer, input: input)
    )
  }
}
