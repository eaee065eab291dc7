import NeuralModels
import QHostMemory
import QHostNetworks

/// A convolution of five filters on pictures of 14 × 14 and a layer of ten outputs, 64 rows.
enum ConvolutionDuels {
  private static let rows = 64
  private static let twin = "PlainConvolution"

  static func all() -> [Duel] {
    let first = ConvolutionLayer(
      channels: 1, height: 14, width: 14, filters: 5, kernel: 3, pooling: .max)
    let last = ConvolutionLayer(
      channels: first.pooledCount, height: 1, width: 1, filters: 10, kernel: 1)
    let plain = PlainConvolution(layers: [first, last], activation: .tanh, margin: 0)
    let weights = Numbers.floats(plain.parameterCount, seed: 1, in: -0.5...0.5)
    let inputs = Numbers.floats(196 * rows, seed: 2, in: 0...1)
    let slopes = Numbers.floats(10 * rows, seed: 3)
    let starts = [0, first.weightCount + first.filters]
    let kernel = ConvolutionKernel(
      layers: [first, last], margin: 0, activation: .tanh,
      parameters: zip(starts, [first, last]).map {
        .init(weights: weights.start + $0, bias: weights.start + $0 + $1.weightCount)
      }, rowCount: rows)
    kernel.keepRows()
    let outputs = AlignedBuffer<Float>(count: 10 * rows)
    kernel.forward(inputs: inputs.start, outputs: outputs.start)
    let (parameters, x) = (weights.list.map { Double($0) }, inputs.list)
    let shape = "5 of 3 x 3 on 14 x 14, 64 rows"
    func plainOutputs(_ change: Double = 0) -> [Double] {
      var changed = parameters
      changed[9 + 4] += change
      return plain.outputs(parameters: changed, inputs: x, rowCount: rows)
    }
    let offsets = Numbers.floats(4, seed: 4)
    let cuts = AlignedBuffer<Float>(count: 4 * 10 * rows)
    let place = ConvolutionKernel.Place.weight(filter: 1, channel: 0, tap: 4)
    // Sums of 180 numbers in single precision and the activation's error.
    return [
      Duel("kernel_convolution_forward", twin: twin, shape, tolerance: 1e-5, outputs) {
        kernel.forward(inputs: inputs.start, outputs: $0)
      } list: {
        plainOutputs()
      },
      Duel(
        "kernel_convolution_gradient", twin: twin, shape, tolerance: 1e-4,
        AlignedBuffer<Float>(count: weights.count)
      ) { gradient in
        gradient.update(repeating: 0, count: weights.count)
        kernel.addGradient(outputSlopes: slopes.start) { layer in
          let start = gradient + starts[layer]
          return (start, start + [first, last][layer].weightCount, nil)
        }
      } list: {
        plain.gradient(
          parameters: parameters, inputs: x, rowCount: rows,
          outputGradients: slopes.list.map { Double($0) })
      },
      Duel(
        "kernel_convolution_cut", twin: twin, shape + ", 4 offsets", tolerance: 1e-5, cuts
      ) { _ in
        kernel.cut(layer: 0, place: place, offsets: offsets.view, outputs: cuts.room)
      } list: {
        offsets.list.flatMap { plainOutputs(Double($0)) }
      },
      Duel("kernel_convolution_move (two)", twin: twin, shape, tolerance: 1e-5) {
        kernel.move(layer: 0, place: place, offset: 0.25)
        kernel.move(layer: 0, place: place, offset: -0.25)
      } plain: {
        _ = plainOutputs(0.25)
        _ = plainOutputs()
      } difference: {
        // Moves there and back leave what a cut at offset 0 tells.
        let zero = AlignedBuffer<Float>(count: 1)
        kernel.cut(layer: 0, place: place, offsets: zero.view, outputs: cuts.room)
        let expected = AlignedBuffer<Double>(count: 10 * rows)
        for (index, value) in plainOutputs().enumerated() { expected.start[index] = value }
        return relativeDifference(cuts.start, expected.start, expected.count)
      },
    ]
  }
}
