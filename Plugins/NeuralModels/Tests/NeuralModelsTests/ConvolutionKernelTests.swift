import NeuralModels
import QHostNetworks
import QHostRandomness
import Testing

@Suite("Convolution kernel")
struct ConvolutionKernelTests {
  private static let rowCount = 37

  private static func numbers(_ count: Int, seed: UInt64) -> [Double] {
    var values = [Double](repeating: 0, count: count)
    values.withUnsafeMutableBufferPointer {
      RandomFill.uniform(key: seed, step: 0, index: 0, $0)
    }
    return values.map { Double(Float(2 * $0 - 1)) }
  }

  private static func network(_ pooling: Pooling, kernel: Int, margin: Int) -> PlainConvolution {
    let first = ConvolutionLayer(
      channels: 2, height: 9 + 2 * margin, width: 8 + 2 * margin, filters: 5, kernel: kernel,
      pooling: pooling)
    let last = ConvolutionLayer(
      channels: first.pooledCount, height: 1, width: 1, filters: 3, kernel: 1)
    return PlainConvolution(layers: [first, last], activation: .tanh, margin: margin)
  }

  @Test(
    "Outputs, gradient, cuts and moves agree with the plain network", arguments: Pooling.allCases,
    [(1, 0), (3, 0), (3, 1), (5, 2)])
  func agreement(pooling: Pooling, shape: (kernel: Int, margin: Int)) {
    let plain = Self.network(pooling, kernel: shape.kernel, margin: shape.margin)
    var parameters = Self.numbers(plain.parameterCount, seed: 1).map { $0 / 2 }
    let inputs = Self.numbers(2 * 9 * 8 * Self.rowCount, seed: 2).map { Float($0) }
    let slopes = Self.numbers(3 * Self.rowCount, seed: 3)
    var weights = parameters.map { Float($0) }
    var gradient = [Float](repeating: 0, count: weights.count)
    let offsets = plain.layers[0].weightCount + 5
    weights.withUnsafeMutableBufferPointer { weights in
      gradient.withUnsafeMutableBufferPointer { gradient in
        guard let start = weights.baseAddress, let sums = gradient.baseAddress else { return }
        let places = [0, offsets].map { place in
          ConvolutionKernel.Parameters(
            weights: start + place,
            bias: start + place + plain.layers[place == 0 ? 0 : 1].weightCount)
        }
        let kernel = ConvolutionKernel(
          layers: plain.layers, margin: shape.margin, activation: .tanh, parameters: places,
          rowCount: Self.rowCount)
        func outputs(_ body: (UnsafeMutablePointer<Float>) -> Void) -> [Float] {
          var values = [Float](repeating: .nan, count: 3 * Self.rowCount)
          values.withUnsafeMutableBufferPointer { $0.baseAddress.map(body) }
          return values
        }
        func isNear(_ values: [Float]) -> Bool {
          // Sums of at most 240 terms below 1, and the activation's error times them.
          zip(
            values,
            plain.outputs(parameters: parameters, inputs: inputs, rowCount: Self.rowCount)
          ).allSatisfy { abs(Double($0) - $1) < 5e-5 }
        }
        inputs.withUnsafeBufferPointer { x in
          guard let x = x.baseAddress else { return }
          let first = outputs { kernel.forward(inputs: x, outputs: $0) }
          #expect(isNear(first))
          kernel.keepRows()
          #expect(outputs { kernel.forward(inputs: x, outputs: $0) } == first)
        }
        slopes.map { Float($0) }.withUnsafeBufferPointer {
          guard let slopes = $0.baseAddress else { return }
          kernel.addGradient(outputSlopes: slopes) { layer in
            let place = sums + (layer == 0 ? 0 : offsets)
            return (place, place + plain.layers[layer].weightCount, nil)
          }
        }
        let exact = plain.gradient(
          parameters: parameters, inputs: inputs, rowCount: Self.rowCount, outputGradients: slopes)
        #expect(zip(gradient, exact).allSatisfy { abs(Double($0) - $1) < 1e-3 })
        let taps = shape.kernel * shape.kernel
        let place = ConvolutionKernel.Place.weight(filter: 3, channel: 1, tap: taps - 1)
        let offset: Float = 0.75
        let cut = outputs { out in
          withUnsafePointer(to: offset) {
            kernel.cut(
              layer: 0, place: place, offsets: UnsafeBufferPointer(start: $0, count: 1),
              outputs: UnsafeMutableBufferPointer(start: out, count: 3 * Self.rowCount))
          }
        }
        let index = (3 * 2 + 1) * taps + taps - 1
        parameters[index] += 0.75
        #expect(isNear(cut))
        kernel.move(layer: 0, place: place, offset: offset)
        let moved = outputs { out in
          withUnsafePointer(to: offset) {
            kernel.cut(
              layer: 1, place: .bias(filter: 2),
              offsets: UnsafeBufferPointer(start: $0, count: 1),
              outputs: UnsafeMutableBufferPointer(start: out, count: 3 * Self.rowCount))
          }
        }
        parameters[parameters.count - 1] += 0.75
        #expect(isNear(moved))
      }
    }
  }
}
