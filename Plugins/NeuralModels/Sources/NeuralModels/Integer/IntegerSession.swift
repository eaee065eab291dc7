internal import QHostInterfaces
internal import QHostNetworks

/// A block of rows on which an integer network is evaluated, exactly.
final class IntegerSession: ModelSession {
  let network: IntegerNetwork
  /// What its calls cost.
  let work: IntegerWork
  private var kernel: IntegerKernel?
  private(set) var point: IntegerPoint
  private var isOpen = false
  private(set) var changes: [IntegerKernel.Change] = []

  init(network: IntegerNetwork) {
    self.network = network
    work = IntegerWork(network)
    point = IntegerPoint(network)
  }

  func bind(inputs: UnsafeBufferPointer<Float>, rowCount: Int) throws(ComponentError) {
    precondition(
      inputs.count >= network.widths[0] * rowCount, "\(inputs.count) inputs are too few")
    isOpen = false
    guard rowCount > 0, let start = inputs.baseAddress else {
      kernel = nil
      return
    }
    let kernel =
      self.kernel.flatMap { $0.rowCount == rowCount ? $0 : nil }
      ?? IntegerKernel(widths: network.widths, tables: network.tables, rowCount: rowCount)
    kernel.takeInputs(start, bits: network.inputBits)
    self.kernel = kernel
  }

  func forward(
    parameters: UnsafeBufferPointer<Double>, pointCount: Int,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    isOpen = false
    guard let kernel, let out = outputs.baseAddress else { return }
    let (n, size) = (network.parameterCount, network.outputCount * kernel.rowCount)
    precondition(outputs.count >= pointCount * size, "\(outputs.count) outputs are too few")
    for place in 0..<pointCount {
      pass(parameters[place * n..<(place + 1) * n], kernel)
      kernel.write(
        scale: point.scale, outputStride: kernel.rowCount, out + place * size)
    }
  }

  func openCuts(parameters: UnsafeBufferPointer<Double>) throws(ComponentError) {
    guard let kernel else {
      throw ComponentError("cuts need rows; bind a block of rows before opening them")
    }
    pass(parameters[..<network.parameterCount], kernel)
    isOpen = true
  }

  /// Computes all sums and levels at the parameters.
  private func pass(_ parameters: Slice<UnsafeBufferPointer<Double>>, _ kernel: IntegerKernel) {
    point.take(parameters)
    for layer in 0..<network.layerCount {
      let weights = kernel.weights(layer)
      for unit in 0..<network.widths[layer + 1] {
        let row = weights + unit * network.widths[layer]
        for input in 0..<network.widths[layer] {
          row[input] = Int8(point.weight(layer, unit, input))
        }
        kernel.setUnit(layer: layer, unit: unit, point.unit(layer, unit))
      }
    }
    kernel.pass()
  }

  func cut(
    index: Int, offsets: UnsafeBufferPointer<Double>, outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let kernel = try openedKernel()
    let place = network.place(of: index)
    let before = point.parameters[index]
    guard let owner = place.owner else {
      let size = network.outputCount * kernel.rowCount
      precondition(outputs.count >= offsets.count * size, "\(outputs.count) outputs are too few")
      guard let out = outputs.baseAddress else { return }
      for (k, offset) in offsets.enumerated() {
        kernel.write(
          scale: point.scale(at: before + offset), outputStride: kernel.rowCount, out + k * size)
      }
      return
    }
    plan(index, place, owner, offsets)
    kernel.cut(
      layer: owner.layer, unit: owner.unit, input: place.input, changes: changes,
      scale: point.scale, outputs: outputs)
  }

  func move(index: Int, delta: Double) throws(ComponentError) {
    let kernel = try openedKernel()
    let place = network.place(of: index)
    let value = point.parameters[index] + delta
    if let owner = place.owner {
      kernel.move(
        layer: owner.layer, unit: owner.unit, input: place.input,
        change(index, place, owner, to: value))
    }
    point.move(index, place, to: value)
  }

  /// Makes ``changes`` those of a cut's offsets.
  func plan(
    _ index: Int, _ place: IntegerNetwork.Place, _ owner: (layer: Int, unit: Int),
    _ offsets: UnsafeBufferPointer<Double>
  ) {
    changes.removeAll(keepingCapacity: true)
    let before = point.parameters[index]
    for offset in offsets { changes.append(change(index, place, owner, to: before + offset)) }
  }

  /// What becomes of a unit where one of its parameters is `value`.
  private func change(
    _ index: Int, _ place: IntegerNetwork.Place, _ owner: (layer: Int, unit: Int), to value: Double
  ) -> IntegerKernel.Change {
    let (now, then) = (point.values[index], point.value(place, at: value))
    switch place {
    case .weight:
      let lattice = network.lattices[owner.layer]
      let weight = lattice.weight(then) - lattice.weight(now)
      return .init(weight: weight, unit: point.unit(owner.layer, owner.unit, weights: weight))
    case .bias:
      return .init(weight: 0, unit: point.unit(owner.layer, owner.unit, bias: then - now))
    case .gain, .exponent:
      return .init(weight: 0, unit: point.unit(owner.layer, owner.unit, gain: then - now))
    }
  }

  func openedKernel() throws(ComponentError) -> IntegerKernel {
    guard isOpen, let kernel else {
      throw ComponentError("cuts are closed; open them after binding rows or a forward pass")
    }
    return kernel
  }
}

extension IntegerNetwork.Place {
  /// The unit whose parameter it is; `nil` for the exponent.
  var owner: (layer: Int, unit: Int)? {
    switch self {
    case .weight(let layer, let unit, _), .bias(let layer, let unit), .gain(let layer, let unit):
      (layer, unit)
    case .exponent: nil
    }
  }

  /// The input that a weight belongs to.
  var input: Int? {
    guard case .weight(_, _, let input) = self else { return nil }
    return input
  }
}
