internal import QHostInterfaces
internal import QHostMemory

extension NetworkSession {
  func openCuts(parameters: UnsafeBufferPointer<Double>) throws(ComponentError) {
    guard rowCount > 0 else {
      throw ComponentError("cuts need rows; bind a block of rows before opening them")
    }
    takeWeights(parameters, from: 0)
    chargeLists()
    potential?.isOpen = false
    let cuts = self.cuts ?? NetworkCuts(session: self)
    self.cuts = cuts
    cuts.open(UnsafeBufferPointer(rebasing: parameters[..<network.parameterCount]))
    pass(cuts.kernel)
  }

  func cut(
    index: Int, offsets: UnsafeBufferPointer<Double>, outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let cuts = try openedCuts()
    let place = network.place(of: index)
    let offsets = cuts.rounded(index: index, offsets)
    switch place {
    case .weight(let layer, let unit, let input):
      let x = column(layer: layer, input: input, cuts.kernel)
      cuts.kernel.cut(layer: layer, unit: unit, x: x, offsets: offsets, outputs: outputs)
    case .knot(let layer, let knot):
      cuts.kernel.cut(layer: layer, knot: knot, offsets: offsets, outputs: outputs)
    }
  }

  func move(index: Int, delta: Double) throws(ComponentError) {
    let cuts = try openedCuts()
    let (weight, change, isPassDue) = cuts.move(index: index, delta: delta)
    weights.start[index] = weight
    guard !isPassDue else { return pass(cuts.kernel) }
    switch network.place(of: index) {
    case .weight(let layer, let unit, let input):
      let x = column(layer: layer, input: input, cuts.kernel)
      cuts.kernel.move(layer: layer, unit: unit, x: x, offset: change)
    case .knot(let layer, let knot):
      cuts.kernel.move(layer: layer, knot: knot, offset: change)
    }
  }

  func openedCuts() throws(ComponentError) -> NetworkCuts {
    guard let cuts, cuts.isOpen else {
      throw ComponentError("cuts are closed; open them after binding rows or a forward pass")
    }
    guard potential?.isOpen != true else {
      throw ComponentError("a unit is open; close it before other cuts")
    }
    return cuts
  }

  /// Computes all z and h at the session's weights.
  func pass(_ kernel: CutKernel) {
    for layer in 0..<network.layerCount {
      let x = layer > 0 ? UnsafePointer(kernel.h(layer - 1)) : nil
      let h = layer + 1 < network.layerCount ? kernel.h(layer) : nil
      product(layer, x: x, z: kernel.z(layer), zStride: stride, activated: h)
      addNoise(layer, kernel)
    }
  }

  /// A layer's input over all rows; `nil` for the bias, whose input is 1.
  func column(layer: Int, input: Int?, _ kernel: CutKernel) -> UnsafePointer<Float>? {
    guard let input else { return nil }
    guard layer > 0 else { return inputs.map { $0 + input * rowCount } }
    return kernel.keptH(layer - 1) + input * stride
  }
}
