internal import CNeuralModels
internal import QHostMemory
internal import QHostNetworks

extension CutKernel {
  /// Writes the outputs [J × C × B] with h of a unit at values[j] in all rows.
  ///
  /// - Parameters:
  ///   - layer: the unit's layer, which is not the last.
  ///   - unit: its place there.
  ///   - values: [J].
  ///   - outputs: written.
  public func hold(
    layer: Int, unit: Int, at values: [Float], outputs: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(
      layer + 1 < layers.count && outputs.count >= values.count * outputCount * rowCount,
      "no hidden layer \(layer), or \(outputs.count) outputs are too few")
    guard let first = layers.baseAddress, let out = outputs.baseAddress else { return }
    bringPlanes()
    qhost_kernel_network_hold(
      first + layer, layers.count - layer, activation.rawValue, unit, values, values.count,
      rowCount, stride, scratchStart, out)
  }
}
