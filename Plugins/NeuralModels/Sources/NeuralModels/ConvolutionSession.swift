internal import QHostInterfaces
internal import QHostMemory
internal import QHostNetworks

/// A block of rows on which a convolutional network is evaluated.
final class ConvolutionSession: ModelSession {
  let network: ConvolutionNetwork
  /// The parameters in single precision, [n].
  let weights: AlignedBuffer<Float>
  private(set) var kernel: ConvolutionKernel?
  private(set) var inputs: UnsafePointer<Float>?
  private(set) var rowCount = 0
  /// The base point of cuts, [n]; empty when they are closed.
  var base: [Double] = []
  /// Moves since all layers were computed.
  var moves = 0
  /// Offsets in single precision.
  var offsets: [Float] = []
  /// Where passes leave outputs that nobody asked for, [C × B].
  private(set) var outputs = AlignedBuffer<Float>(count: 0)
  private let weightGradient: AlignedBuffer<Float>

  init(network: ConvolutionNetwork) {
    self.network = network
    weights = AlignedBuffer<Float>(count: network.parameterCount)
    weightGradient = AlignedBuffer<Float>(count: network.parameterCount)
  }

  func bind(inputs: UnsafeBufferPointer<Float>, rowCount: Int) throws(ComponentError) {
    precondition(
      inputs.count >= network.inputCount * rowCount, "\(inputs.count) inputs are too few")
    self.inputs = inputs.baseAddress
    base.removeAll(keepingCapacity: true)
    if rowCount != self.rowCount {
      self.rowCount = rowCount
      kernel = rowCount > 0 ? makeKernel(rowCount) : nil
      outputs = AlignedBuffer<Float>(count: network.outputCount * rowCount)
    }
  }

  private func makeKernel(_ rowCount: Int) -> ConvolutionKernel {
    ConvolutionKernel(
      layers: network.layers, margin: network.margin, activation: network.hidden.function,
      parameters: network.layers.indices.map { layer in
        ConvolutionKernel.Parameters(
          weights: weights.start + network.offsets[layer],
          bias: weights.start + network.biasOffset(layer),
          table: network.hidden.table(weights.start + network.knotOffset(layer)))
      }, rowCount: rowCount)
  }

  func forward(
    parameters: UnsafeBufferPointer<Double>, pointCount: Int,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let size = network.outputCount * rowCount
    precondition(outputs.count >= pointCount * size, "\(outputs.count) outputs are too few")
    base.removeAll(keepingCapacity: true)
    guard let out = outputs.baseAddress else { return }
    for point in 0..<pointCount {
      takeWeights(parameters, from: point * network.parameterCount)
      pass(out + point * size)
    }
  }

  /// Computes all layers at the session's weights.
  func pass(_ outputs: UnsafeMutablePointer<Float>) {
    guard let inputs else { return }
    kernel?.forward(inputs: inputs, outputs: outputs)
  }

  /// Has passes keep what gradients and cuts need, which most sessions never do.
  func keepRows() {
    guard let kernel, !kernel.keepsRows else { return }
    kernel.keepRows()
    pass(outputs.start)
  }

  func takeWeights(_ parameters: UnsafeBufferPointer<Double>, from place: Int) {
    precondition(
      parameters.count >= place + network.parameterCount,
      "\(parameters.count) parameters are too few")
    for index in 0..<network.parameterCount {
      weights.start[index] = Float(parameters[place + index])
    }
  }

  func backward(
    outputGradients: UnsafeBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    guard network.hidden.function.hasGradient || network.layers.count == 1 else {
      throw .unsupported(
        "activation '\(network.hidden.function)' has no gradient; choose another, such as tanh")
    }
    precondition(
      outputGradients.count >= network.outputCount * rowCount
        && gradient.count >= network.parameterCount, "the gradients' buffers are too small")
    let sums = weightGradient.start
    sums.update(repeating: 0, count: network.parameterCount)
    keepRows()
    if let slopes = outputGradients.baseAddress {
      kernel?.addGradient(outputSlopes: slopes) { [network] layer in
        let hasKnots = network.hidden.knotCount > 0 && layer + 1 < network.layers.count
        return (
          sums + network.offsets[layer], sums + network.biasOffset(layer),
          hasKnots ? sums + network.knotOffset(layer) : nil
        )
      }
    }
    for index in 0..<network.parameterCount { gradient[index] = Double(sums[index]) }
  }
}
