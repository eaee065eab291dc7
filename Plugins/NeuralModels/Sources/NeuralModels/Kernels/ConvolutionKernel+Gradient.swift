internal import QHostMemory
internal import CNeuralModels

extension ConvolutionKernel {
  /// What a gradient needs beside what is kept of the layers.
  struct Slopes {
    var stages: [qhost_kernel_stage_gradient]
    var scratch: AlignedBuffer<Float>
    var memory: [AlignedBuffer<Float>]
  }

  func makeSlopes() -> Slopes {
    var slopes = Slopes(
      stages: [],
      scratch: AlignedBuffer<Float>(count: (layers.map(\.outputCount).max() ?? 1) * Self.lanes),
      memory: [])
    for layer in layers {
      let g = AlignedBuffer<Float>(count: layer.slopeCount * Self.lanes)
      let turned = AlignedBuffer<Float>(count: layer.weightCount)
      slopes.memory += [g, turned]
      slopes.stages.append(
        qhost_kernel_stage_gradient(
          g: g.start, turned: turned.start, weights: nil, bias: nil, knots: nil))
    }
    return slopes
  }

  /// Adds the gradient of Σ outputSlopes · outputs, at the last forward, to zeros.
  ///
  /// - Parameters:
  ///   - outputSlopes: [C × B].
  ///   - gradients: where each layer's weights, biases and knots (`nil`: none) are added to.
  public func addGradient(
    outputSlopes: UnsafePointer<Float>,
    to gradients: (Int) -> (
      weights: UnsafeMutablePointer<Float>, bias: UnsafeMutablePointer<Float>,
      knots: UnsafeMutablePointer<Float>?
    )
  ) {
    precondition(keepsRows, "a gradient needs a pass that keeps all rows")
    var own = slopes.stages
    for layer in layers.indices {
      let place = gradients(layer)
      own[layer].weights = place.weights
      own[layer].bias = place.bias
      own[layer].knots = place.knots
    }
    qhost_kernel_convolution_gradient(
      stages.baseAddress, own, layers.count, inputs.start, inputStep,
      rowCount, outputSlopes, slopes.scratch.start)
  }
}
