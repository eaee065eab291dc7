internal import QHostMemory
internal import CNeuralModels

extension ConvolutionKernel {
  /// Memory of one strip for changes.
  struct CutScratch {
    var scratch: qhost_kernel_cut_scratch
    var memory: [AlignedBuffer<Float>]
  }

  func makeCutScratch() -> CutScratch {
    func room(_ size: KeyPath<ConvolutionLayer, Int>) -> AlignedBuffer<Float> {
      AlignedBuffer<Float>(count: (layers.map { $0[keyPath: size] }.max() ?? 1) * Self.lanes)
    }
    let memory = [
      room(\.sumCount), room(\.pooledCount), room(\.outputCount), room(\.outputCount),
    ]
    return CutScratch(
      scratch: qhost_kernel_cut_scratch(
        u: memory[0].start, z: memory[1].start, even: memory[2].start, odd: memory[3].start),
      memory: memory)
  }

  private func parameter(_ layer: Int, _ place: Place) -> qhost_kernel_parameter {
    // SIZE_MAX, as the kernel's interface has it.
    let none = -1
    switch place {
    case .weight(let filter, let channel, let tap):
      return qhost_kernel_parameter(stage: layer, filter: filter, channel: channel, tap: tap)
    case .bias(let filter):
      return qhost_kernel_parameter(stage: layer, filter: filter, channel: none, tap: 0)
    case .knot(let knot):
      return qhost_kernel_parameter(stage: layer, filter: none, channel: none, tap: knot)
    }
  }

  /// Writes the outputs [K × C × B] where a parameter changes by offsets[k], from the last forward on.
  public func cut(
    layer: Int, place: Place, offsets: UnsafeBufferPointer<Float>,
    outputs: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(
      outputs.count >= offsets.count * layers[layers.count - 1].filters * rowCount,
      "\(outputs.count) outputs are too few")
    precondition(keepsRows, "cuts need a pass that keeps all rows")
    guard let start = offsets.baseAddress, let out = outputs.baseAddress else { return }
    withUnsafePointer(to: cutScratch.scratch) {
      qhost_kernel_convolution_cut(
        stages.baseAddress, layers.count, inputs.start, inputStep,
        rowCount, parameter(layer, place), start, offsets.count, $0, out)
    }
  }

  /// Makes such a change to all that is kept; the parameter itself is the caller's.
  public func move(layer: Int, place: Place, offset: Float) {
    withUnsafePointer(to: cutScratch.scratch) {
      qhost_kernel_convolution_move(
        stages.baseAddress, layers.count, inputs.start, inputStep,
        rowCount, parameter(layer, place), offset, $0)
    }
  }
}
