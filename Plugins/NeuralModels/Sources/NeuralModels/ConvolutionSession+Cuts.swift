internal import QHostInterfaces
internal import QHostMemory

extension ConvolutionSession {
  /// After this many moves all layers are computed again, so that rounding does not build up.
  private static let movesBetweenPasses = 1024

  func openCuts(parameters: UnsafeBufferPointer<Double>) throws(ComponentError) {
    guard let kernel else {
      throw ComponentError("cuts need rows; bind a block of rows before opening them")
    }
    takeWeights(parameters, from: 0)
    base.removeAll(keepingCapacity: true)
    base.append(contentsOf: parameters[..<network.parameterCount])
    moves = 0
    kernel.keepRows()
    pass(outputs.start)
  }

  func cut(
    index: Int, offsets values: UnsafeBufferPointer<Double>,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let kernel = try openedKernel()
    let (layer, place) = network.place(of: index)
    let start = base[index]
    offsets.removeAll(keepingCapacity: true)
    for value in values { offsets.append(Float(start + value) - Float(start)) }
    offsets.withUnsafeBufferPointer {
      kernel.cut(layer: layer, place: place, offsets: $0, outputs: outputs)
    }
  }

  func move(index: Int, delta: Double) throws(ComponentError) {
    let kernel = try openedKernel()
    let (layer, place) = network.place(of: index)
    let before = Float(base[index])
    base[index] += delta
    weights.start[index] = Float(base[index])
    moves += 1
    guard moves < Self.movesBetweenPasses else {
      moves = 0
      return pass(outputs.start)
    }
    kernel.move(layer: layer, place: place, offset: weights.start[index] - before)
  }

  private func openedKernel() throws(ComponentError) -> ConvolutionKernel {
    guard let kernel, !base.isEmpty else {
      throw ComponentError("cuts are closed; open them after binding rows or a forward pass")
    }
    return kernel
  }
}
