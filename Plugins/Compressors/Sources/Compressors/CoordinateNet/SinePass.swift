internal import CCompressors
internal import QHostMemory
internal import QHostNetworks

/// A network of sine units at given parameters on one strip of weights after another.
///
/// B ≤ ``CoordinateGenerator/strip`` weights; hidden layers are [units × strip], in single precision.
struct SinePass {
  private let layers: SineLayers
  private let parameters: AlignedBuffer<Float>
  private let sums: AlignedBuffer<Float>
  private let hidden: [AlignedBuffer<Float>]
  /// cos z of hidden layers; empty without slopes.
  private let slopes: [AlignedBuffer<Float>]
  private let gradients: [AlignedBuffer<Float>]
  private let part: AlignedBuffer<Float>
  private let outputs: AlignedBuffer<Float>
  private let outputSlopes: AlignedBuffer<Float>

  /// f, [B], after ``forward(_:stride:count:)``.
  var output: UnsafeMutablePointer<Float> { outputs.start }
  /// ∂L/∂f, [B], to be set before ``backward(_:stride:count:into:)``.
  var outputGradient: UnsafeMutablePointer<Float> { outputSlopes.start }

  /// Takes the parameters in single precision.
  init(_ layers: SineLayers, _ values: UnsafeBufferPointer<Double>, hasSlopes: Bool) {
    let strip = CoordinateGenerator.strip
    let widths = layers.widths.dropFirst().dropLast()
    self.layers = layers
    parameters = AlignedBuffer(count: layers.parameterCount)
    for index in 0..<layers.parameterCount { parameters.start[index] = Float(values[index]) }
    sums = AlignedBuffer(count: strip * (widths.max() ?? 1))
    hidden = widths.map { AlignedBuffer(count: strip * $0) }
    slopes = hasSlopes ? widths.map { AlignedBuffer(count: strip * $0) } : []
    gradients = hasSlopes ? widths.map { AlignedBuffer(count: strip * $0) } : []
    part = AlignedBuffer(count: layers.parameterCount)
    outputs = AlignedBuffer(count: strip)
    outputSlopes = AlignedBuffer(count: strip)
  }

  /// Writes ``output``.
  func forward(_ inputs: UnsafePointer<Float>, stride: Int, count: Int) {
    let strip = CoordinateGenerator.strip
    for layer in 0..<layers.layerCount {
      let isLast = layer + 1 == layers.layerCount
      let units = layers.widths[layer + 1]
      DenseKernel.forward(
        weights: parameters.start + layers.offsets[layer], rowStep: layers.widths[layer],
        columnStep: 1, bias: parameters.start + layers.biasOffset(layer),
        x: layer == 0 ? inputs : UnsafePointer(hidden[layer - 1].start),
        xStride: layer == 0 ? stride : strip, inputCount: layers.widths[layer],
        outputCount: units, rowCount: count, z: isLast ? outputs.start : sums.start, zStride: strip)
      guard !isLast else { return }
      qhost_kernel_sine(
        sums.start, units, strip, hidden[layer].start,
        slopes.isEmpty ? nil : slopes[layer].start)
    }
  }

  /// Adds the gradient of weights and biases, after ``forward(_:stride:count:)`` on the same strip.
  func backward(
    _ inputs: UnsafePointer<Float>, stride: Int, count: Int,
    into gradient: UnsafeMutableBufferPointer<Double>
  ) {
    let strip = CoordinateGenerator.strip
    var g = UnsafePointer(outputSlopes.start)
    for layer in (0..<layers.layerCount).reversed() {
      let (below, units) = (layers.widths[layer], layers.widths[layer + 1])
      DenseKernel.weightGradient(
        g: g, gStride: strip, x: layer == 0 ? inputs : UnsafePointer(hidden[layer - 1].start),
        xStride: layer == 0 ? stride : strip, inputCount: below, outputCount: units,
        rowCount: count, gradient: part.start)
      for index in 0..<below * units {
        gradient[layers.offsets[layer] + index] += Double(part.start[index])
      }
      DenseKernel.biasGradient(
        g: g, gStride: strip, outputCount: units, rowCount: count, gradient: part.start)
      for unit in 0..<units {
        gradient[layers.biasOffset(layer) + unit] += Double(part.start[unit])
      }
      guard layer > 0 else { return }
      let next = gradients[layer - 1].start
      DenseKernel.forward(
        weights: parameters.start + layers.offsets[layer], rowStep: 1, columnStep: below,
        bias: nil, x: g, xStride: strip, inputCount: units, outputCount: below, rowCount: count,
        z: next, zStride: strip)
      for index in 0..<below * strip { next[index] *= slopes[layer - 1].start[index] }
      g = UnsafePointer(next)
    }
  }
}
