internal import CNeuralModels
internal import QHostMemory
internal import QHostNetworks

extension CutKernel {
  /// Writes the outputs [J × C × B] with h of a unit at values[j] in all rows, or with its z at z + reach·values[j].
  ///
  /// - Parameters:
  ///   - layer: the unit's layer, which is not the last.
  ///   - unit: its place there.
  ///   - values: [J].
  ///   - reach: of each row, [B rounded up to 16]; `nil`: `values` are of h.
  ///   - outputs: written.
  public func hold(
    layer: Int, unit: Int, at values: [Float], reach: UnsafePointer<Float>? = nil,
    outputs: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(
      layer + 1 < layers.count && outputs.count >= values.count * outputCount * rowCount,
      "no hidden layer \(layer), or \(outputs.count) outputs are too few")
    guard let first = layers.baseAddress, let out = outputs.baseAddress else { return }
    bringPlanes()
    qhost_kernel_network_hold(
      first + layer, layers.count - layer, activation.rawValue, unit, reach, values, values.count,
      rowCount, stride, scratchStart, out)
  }
}
