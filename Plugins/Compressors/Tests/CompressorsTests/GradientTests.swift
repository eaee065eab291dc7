import Compressors
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Gradients of generated weights")
struct GradientTests {
  private static let rowCount = 5

  /// Σ weights · outputs at points, and its gradient at the first.
  private func sums(
    _ model: any Model, _ points: [[Double]]
  ) throws -> (values: [Double], gradient: [Double]) {
    let host = TestHost(seed: 9)
    let inputs = host.uniforms(step: 0, index: 0, count: 4 * Self.rowCount).map { Float($0) }
    let weights = host.uniforms(step: 1, index: 0, count: 3 * Self.rowCount).map { Float($0) }
    return try inputs.withUnsafeBufferPointer { inputs in
      let session = try model.makeSession()
      try session.bind(inputs: inputs, rowCount: Self.rowCount)
      var outputs = [Float](repeating: .nan, count: weights.count * points.count)
      try points.flatMap { $0 }.withUnsafeBufferPointer { parameters in
        try outputs.withUnsafeMutableBufferPointer {
          try session.forward(
            parameters: parameters, pointCount: points.count, outputs: $0)
        }
      }
      var gradient = [Double](repeating: .nan, count: points[0].count)
      if points.count == 1 {
        try weights.withUnsafeBufferPointer { weights in
          try gradient.withUnsafeMutableBufferPointer {
            try session.backward(outputGradients: weights, gradient: $0)
          }
        }
      }
      let values = points.indices.map { point in
        weights.indices.reduce(0.0) {
          $0 + Double(weights[$1]) * Double(outputs[point * weights.count + $1])
        }
      }
      return (values, gradient)
    }
  }

  @Test("They are the slopes of central differences, for every kind of generating")
  func differences() throws {
    for (name, model) in try CompressorCase.all() {
      let point = try model.initialParameters(start: 2)
      let gradient = try sums(model, [point]).gradient
      // Sums of outputs carry about 1e-6; the third derivative of a sine of a trained frequency is of order 1.
      let step = 0x1p-8
      var (error, size) = (0.0, 0.0)
      for index in point.indices {
        var sides = [point, point]
        sides[0][index] -= step
        sides[1][index] += step
        let values = try sums(model, sides).values
        let slope = (values[1] - values[0]) / (2 * step)
        error += (slope - gradient[index]) * (slope - gradient[index])
        size += slope * slope
      }
      #expect(size > 0.01, "\(name)")
      #expect(error.squareRoot() < 3e-3 * size.squareRoot(), "\(name): \(error) of \(size)")
    }
  }

  @Test("Outputs are those of the inner model at the weights that are handed out, bit for bit")
  func outputs() throws {
    let inner = try CompressorCase.perceptron(hidden: 16)
    for model: any WrappingModel in [
      try CompressorCase.subspace("hashed", numbers: 131, around: inner),
      try CompressorCase.subspace("dense", around: inner),
      try CompressorCase.coordinateNet(around: inner),
    ] {
      let point = try model.initialParameters(start: 1)
      let weights = try model.innerParameters(at: point)
      #expect(try sums(model, [point]).values == sums(inner, [weights]).values)
    }
  }
}
