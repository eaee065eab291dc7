import QHostNetworks
import QHostRandomness
import Testing

@Suite("Dense kernel")
struct DenseKernelTests {
  private func numbers(_ count: Int, seed: UInt64) -> [Float] {
    let values = [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
      RandomFill.uniform(
        key: seed, step: 0, index: 0, UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      initialized = count
    }
    return values.map { Float(2 * $0 - 1) }
  }

  private static let sizes = [1, 2, 3, 4, 7, 8, 15, 21]

  @Test(
    "Products agree with the plain network, transposed or not", arguments: sizes, sizes)
  func forward(inputCount: Int, outputCount: Int) {
    for rowCount in [1, 16, 300] {
      let plain = PlainNetwork(widths: [inputCount, outputCount], activation: .identity)
      let parameters = numbers(plain.parameterCount, seed: 1)
      let x = numbers(inputCount * rowCount, seed: 2)
      let exact = plain.outputs(
        parameters: parameters.map { Double($0) }, inputs: x, rowCount: rowCount)
      let weights = Array(parameters.prefix(inputCount * outputCount))
      let bias = Array(parameters.suffix(outputCount))
      var transposed = weights
      for m in 0..<outputCount {
        for n in 0..<inputCount { transposed[n * outputCount + m] = weights[m * inputCount + n] }
      }
      for (weights, rowStep, columnStep) in [
        (weights, inputCount, 1), (transposed, 1, outputCount),
      ] {
        var z = [Float](repeating: .nan, count: outputCount * rowCount)
        DenseKernel.forward(
          weights: weights, rowStep: rowStep, columnStep: columnStep, bias: bias, x: x,
          xStride: rowCount, inputCount: inputCount, outputCount: outputCount, rowCount: rowCount,
          z: &z, zStride: rowCount)
        // Each of N + 1 terms below 1 is rounded twice.
        let tolerance = Double(inputCount + 1) * Double(inputCount + 1) * 0x1p-24
        #expect(zip(z, exact).allSatisfy { abs(Double($0) - $1) <= tolerance })
      }
    }
  }

  @Test("Gradients of weights and biases agree with the plain network", arguments: sizes, sizes)
  func gradients(inputCount: Int, outputCount: Int) {
    for rowCount in [1, 16, 55] {
      let plain = PlainNetwork(widths: [inputCount, outputCount], activation: .identity)
      let x = numbers(inputCount * rowCount, seed: 2)
      let g = numbers(outputCount * rowCount, seed: 3)
      let exact = plain.gradient(
        parameters: [Double](repeating: 0, count: plain.parameterCount), inputs: x,
        rowCount: rowCount, outputGradients: g.map { Double($0) })
      var weights = [Float](repeating: .nan, count: inputCount * outputCount)
      var bias = [Float](repeating: .nan, count: outputCount)
      DenseKernel.weightGradient(
        g: g, gStride: rowCount, x: x, xStride: rowCount, inputCount: inputCount,
        outputCount: outputCount, rowCount: rowCount, gradient: &weights)
      DenseKernel.biasGradient(
        g: g, gStride: rowCount, outputCount: outputCount, rowCount: rowCount, gradient: &bias)
      let tolerance = Double(rowCount) * Double(rowCount) * 0x1p-24
      #expect(zip(weights + bias, exact).allSatisfy { abs(Double($0) - $1) <= tolerance })
    }
  }
}
