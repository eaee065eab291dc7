import NeuralModels
import QHostInterfaces
import QHostNetworks
import QHostTesting
import Testing

@Suite("cnn")
struct CNNTests {
  /// Sums of some hundred terms below 1 in single precision, through up to four layers.
  private static let tolerance = 2e-5

  @Test("Outputs agree with the plain network", arguments: ConvolutionCase.all, [1, 16, 37])
  func forward(test: ConvolutionCase, rowCount: Int) throws {
    let driver = try test.driver()
    let (rows, parameters) = (test.rows(rowCount), test.parameters())
    #expect(driver.model.modelDescription.parameterCount == test.plain.parameterCount)
    try driver.bind(rows, rowCount: rowCount)
    let plain = test.plain.outputs(parameters: parameters, inputs: rows, rowCount: rowCount)
    let outputs = try driver.forward(parameters)
    let far = zip(outputs, plain).count { !(abs(Double($0) - $1) < Self.tolerance) }
    #expect(far <= (test.activation.hasGradient ? 0 : outputs.count / 100))
    let points = try driver.forward(parameters + test.parameters(seed: 2), pointCount: 2)
    #expect(Array(points.prefix(outputs.count)) == outputs)
  }

  @Test(
    "The plain gradient is that of central differences", arguments: ConvolutionCase.differentiable)
  func plainGradient(test: ConvolutionCase) {
    let (rows, parameters) = (test.rows(2), test.parameters())
    let slopes = numbers(test.outputs * 2, seed: 5)
    let gradient = test.plain.gradient(
      parameters: parameters, inputs: rows, rowCount: 2, outputGradients: slopes)
    func sum(_ parameters: [Double]) -> Double {
      zip(test.plain.outputs(parameters: parameters, inputs: rows, rowCount: 2), slopes)
        .reduce(0) { $0 + $1.0 * $1.1 }
    }
    let step = 1e-6
    for index in parameters.indices {
      var (above, below) = (parameters, parameters)
      above[index] += step
      below[index] -= step
      // Rounding of sums near 10 over the step; that no kink lies within it is the seeds' doing.
      #expect(abs((sum(above) - sum(below)) / (2 * step) - gradient[index]) < 1e-7)
    }
  }

  @Test(
    "The gradient agrees with the plain one", arguments: ConvolutionCase.differentiable, [1, 35])
  func gradient(test: ConvolutionCase, rowCount: Int) throws {
    let driver = try test.driver()
    let (rows, parameters) = (test.rows(rowCount), test.parameters())
    try driver.bind(rows, rowCount: rowCount)
    _ = try driver.forward(parameters)
    let slopes = numbers(test.outputs * rowCount, seed: 5)
    let plain = test.plain.gradient(
      parameters: parameters, inputs: rows, rowCount: rowCount, outputGradients: slopes)
    for _ in 0..<2 {
      let gradient = try driver.backward(slopes.map { Float($0) })
      // Some hundred terms a row, of a few units, added in single precision.
      #expect(distance(gradient.map { Float($0) }, plain) < 1e-5 * Double(rowCount) + 1e-5)
    }
  }

  @Test("Other rows can be bound, fewer and more")
  func bindAgain() throws {
    let test = ConvolutionCase(isSame: true)
    let driver = try test.driver()
    for (seed, rowCount) in [(3, 20), (4, 20), (5, 3), (6, 50)] as [(UInt64, Int)] {
      let rows = test.rows(rowCount, seed: seed)
      try driver.bind(rows, rowCount: rowCount)
      let plain = test.plain.outputs(
        parameters: test.parameters(), inputs: rows, rowCount: rowCount)
      #expect(distance(try driver.forward(test.parameters()), plain) < Self.tolerance)
    }
  }

  @Test("On 28 by 28 images the defaults have 6,690 weights, layer by layer")
  func defaults() throws {
    let model = try CNN(request: request(for: CNN.descriptor), mapping: mapping([28, 28], 10))
    let description = model.modelDescription
    #expect(description.parameterCount == 6690)
    #expect(
      description.blocks.map(\.shape.extents) == [
        [8, 1, 5, 5], [8], [12, 8, 5, 5], [12], [20, 192], [20], [10, 20], [10],
      ])
    // 8 filters at 24×24 places, 12 filters of 8 channels at 8×8, 192 to 20 units, 20 to 10.
    let (first, second, third, fourth) = (115_200, 153_600, 3840, 200)
    let total = Double(first + second + third + fourth)
    #expect(Double(description.multiplyAdds) == total)
  }

  @Test("Step has no gradient, and says so")
  func noGradient() throws {
    let driver = try ConvolutionCase(activation: .step).driver()
    #expect(!driver.model.modelDescription.hasGradient)
    try driver.bind(ConvolutionCase().rows(1), rowCount: 1)
    let error = #expect(throws: ComponentError.self) { try driver.backward([1, 1, 1]) }
    #expect(error?.severity == .unsupported)
  }

  @Test("Flat inputs, even kernels and planes too small are refused")
  func refusals() {
    for test in [
      ConvolutionCase(input: [90]), ConvolutionCase(kernel: 4),
      ConvolutionCase(filters: [2, 2, 2]), ConvolutionCase(filters: []),
    ] {
      let error = #expect(throws: ComponentError.self) { try test.model() }
      #expect(error?.message.contains("; ") == true)
    }
  }

  @Test("Initial weights have Glorot's variance, biases are 0, and knots lie on tanh")
  func initialParameters() throws {
    let test = ConvolutionCase(filters: [16, 16], activation: .learned, knots: 5)
    let model = try test.model()
    let parameters = try model.initialParameters(start: 0)
    #expect(try parameters != model.initialParameters(start: 1))
    let blocks = model.modelDescription.blocks
    let weights = parameters[blocks[3].offset..<blocks[4].offset]
    let variance = 2.0 / (16 * 9 + 16 * 9)
    let square = weights.reduce(0) { $0 + $1 * $1 } / Double(weights.count)
    // Five standard errors: the square of a uniform value deviates by √(4/5) of its mean.
    #expect(abs(square / variance - 1) < 5 * (0.8 / Double(weights.count)).squareRoot())
    #expect(parameters[blocks[1].offset..<blocks[2].offset].allSatisfy { $0 == 0 })
    #expect(blocks[2].name == "layers.0.knots")
    let knots = parameters[blocks[2].offset..<blocks[3].offset]
    let expected = [-2.0, -1, 0, 1, 2].map { Activation.tanh.value($0) }
    #expect(zip(knots, expected).allSatisfy { abs($0 - $1) < 1e-15 })
  }
}
