import NeuralModels
import QHostInterfaces
import QHostNetworks
import QHostTesting
import Testing

@Suite("mlp")
struct MLPTests {
  /// Sums of a few terms below 10 in single precision, through up to five layers.
  private static let tolerance = 1e-5

  @Test("Outputs agree with the plain network", arguments: NetworkCase.all, [1, 7, 16, 100])
  func forward(test: NetworkCase, rowCount: Int) throws {
    let driver = try test.driver()
    let rows = test.rows(rowCount)
    try driver.bind(rows, rowCount: rowCount)
    let plain = test.plain.outputs(parameters: test.parameters(), inputs: rows, rowCount: rowCount)
    #expect(distance(try driver.forward(test.parameters()), plain) < Self.tolerance)
  }

  @Test("Wide layers, which OpenBLAS computes, agree with the plain network", arguments: [1, 37])
  func wideLayers(rowCount: Int) throws {
    let test = NetworkCase(hidden: [70, 65], activation: .tanh, inputs: 20, outputs: 66)
    let driver = try test.driver()
    let rows = test.rows(rowCount)
    let parameters = test.parameters().map { $0 / 8 }
    try driver.bind(rows, rowCount: rowCount)
    let plain = test.plain.outputs(parameters: parameters, inputs: rows, rowCount: rowCount)
    #expect(distance(try driver.forward(parameters), plain) < Self.tolerance)
    let slopes = numbers(plain.count, seed: 3)
    let exact = test.plain.gradient(
      parameters: parameters, inputs: rows, rowCount: rowCount, outputGradients: slopes)
    let gradient = try driver.backward(slopes.map { Float($0) })
    #expect(distance(gradient.map { Float($0) }, exact) < 1e-4)
    try driver.openCuts(parameters)
    let index = 20 * 70 + 12
    var moved = parameters
    moved[index] += 0.5
    let after = test.plain.outputs(parameters: moved, inputs: rows, rowCount: rowCount)
    #expect(distance(try driver.cut(index, [0.5]), after) < Self.tolerance)
  }

  @Test("Several points at once give what each gives alone", arguments: NetworkCase.all)
  func points(test: NetworkCase) throws {
    let driver = try test.driver()
    try driver.bind(test.rows(21), rowCount: 21)
    let points = (1...3).map { test.parameters(seed: $0) }
    let alone = try points.flatMap { try driver.forward($0) }
    #expect(try driver.forward(points.flatMap { $0 }, pointCount: 3) == alone)
  }

  @Test("Other rows can be bound, fewer and more", arguments: NetworkCase.all)
  func bindAgain(test: NetworkCase) throws {
    let driver = try test.driver()
    for (seed, rowCount) in [(3, 20), (4, 20), (5, 3), (6, 50)] as [(UInt64, Int)] {
      let rows = test.rows(rowCount, seed: seed)
      try driver.bind(rows, rowCount: rowCount)
      let plain = test.plain.outputs(
        parameters: test.parameters(), inputs: rows, rowCount: rowCount)
      #expect(distance(try driver.forward(test.parameters()), plain) < Self.tolerance)
    }
  }

  @Test("The plain gradient is that of central differences", arguments: NetworkCase.differentiable)
  func plainGradient(test: NetworkCase) {
    let (rows, parameters) = (test.rows(4), test.parameters())
    let slopes = numbers(test.outputs * 4, seed: 5)
    let gradient = test.plain.gradient(
      parameters: parameters, inputs: rows, rowCount: 4, outputGradients: slopes)
    func sum(_ parameters: [Double]) -> Double {
      zip(test.plain.outputs(parameters: parameters, inputs: rows, rowCount: 4), slopes)
        .reduce(0) { $0 + $1.0 * $1.1 }
    }
    let step = 1e-6
    for index in parameters.indices {
      var (above, below) = (parameters, parameters)
      above[index] += step
      below[index] -= step
      // Rounding of sums near 10 over the step: 10 · 2⁻⁵³ / 10⁻⁶; the third derivative adds 10⁻¹².
      #expect(abs((sum(above) - sum(below)) / (2 * step) - gradient[index]) < 1e-7)
    }
  }

  @Test(
    "The gradient agrees with the plain one", arguments: NetworkCase.differentiable, [1, 16, 53])
  func gradient(test: NetworkCase, rowCount: Int) throws {
    let driver = try test.driver()
    let (rows, parameters) = (test.rows(rowCount), test.parameters())
    try driver.bind(rows, rowCount: rowCount)
    _ = try driver.forward(parameters)
    let slopes = numbers(test.outputs * rowCount, seed: 5)
    let plain = test.plain.gradient(
      parameters: parameters, inputs: rows, rowCount: rowCount, outputGradients: slopes)
    let gradient = try driver.backward(slopes.map { Float($0) })
    // Terms of a few units each, added in single precision.
    #expect(distance(gradient.map { Float($0) }, plain) < 2e-6 * Double(rowCount) + 1e-5)
  }

  @Test("Step and sign have no gradient, and say so", arguments: [Activation.step, .sign])
  func noGradient(activation: Activation) throws {
    let driver = try NetworkCase(hidden: [4], activation: activation).driver()
    #expect(!driver.model.modelDescription.hasGradient)
    try driver.bind([1, 2, 3, 4, 5], rowCount: 1)
    let error = #expect(throws: ComponentError.self) { try driver.backward([1, 1, 1]) }
    #expect(error?.severity == .unsupported)
    #expect(error?.message.contains("\(activation)") == true)
  }

  @Test("Blocks cover the parameters, weights before biases")
  func blocks() throws {
    let description = try NetworkCase(hidden: [4, 2], activation: .tanh).model().modelDescription
    #expect(description.parameterCount == 24 + 10 + 9)
    #expect(
      description.blocks.map(\.name) == [
        "layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias", "layers.2.weight",
        "layers.2.bias",
      ])
    #expect(description.blocks.map(\.offset) == [0, 20, 24, 32, 34, 40])
    #expect(description.blocks[0].shape == Shape([4, 5]))
    #expect(description.hasGradient && description.hasCuts && description.hasGraph)
  }

  @Test("Multiply-adds are those of the layers' products")
  func multiplyAdds() throws {
    let model = try NetworkCase(hidden: [12, 8], activation: .tanh, inputs: 196, outputs: 10)
      .model()
    let total = 196.0 * 12 + 12 * 8 + 8 * 10
    #expect(Double(model.modelDescription.multiplyAdds) == total)
    #expect(model.modelDescription.gradientCost == 3 - 196 * 12 / total)
  }

  @Test("Knots follow the biases of hidden layers, and start on tanh")
  func knots() throws {
    let test = NetworkCase(hidden: [4, 2], activation: .learned, knots: 5)
    let model = try test.model()
    let blocks = model.modelDescription.blocks.filter { $0.name.hasSuffix(".knots") }
    #expect(blocks.map(\.name) == ["layers.0.knots", "layers.1.knots"])
    #expect(blocks.map(\.offset) == [24, 39])
    let parameters = try model.initialParameters(start: 3)
    for block in blocks {
      let knots = parameters[block.offset..<block.offset + 5]
      let expected = [-2.0, -1, 0, 1, 2].map { Activation.tanh.value($0) }
      #expect(zip(knots, expected).allSatisfy { abs($0 - $1) < 1e-15 })
    }
  }

  @Test("Initial weights have the variances of Glorot and of He, and biases are 0")
  func initialParameters() throws {
    for (activation, variances) in [
      ("tanh", [2.0 / 300, 2.0 / 110]), ("relu", [2.0 / 200, 2.0 / 110]),
    ] {
      let model = try MLP(
        request: request(
          for: MLP.descriptor,
          ["hidden": .integers([100]), "activation": .choice(activation, index: 0)]),
        mapping: mapping([10, 20], 10))
      let parameters = try model.initialParameters(start: 0)
      #expect(try parameters == model.initialParameters(start: 0))
      #expect(try parameters != model.initialParameters(start: 1))
      let description = model.modelDescription
      for (layer, variance) in variances.enumerated() {
        let weight = description.blocks[2 * layer]
        let count = weight.shape.count
        let values = parameters[weight.offset..<weight.offset + count]
        let square = values.reduce(0) { $0 + $1 * $1 } / Double(count)
        // Five standard errors: the square of a uniform value deviates by √(4/5) of its mean.
        #expect(abs(square / variance - 1) < 5 * (0.8 / Double(count)).squareRoot())
        #expect(values.allSatisfy { abs($0) <= (3 * variance).squareRoot() })
        #expect(abs(description.scales[weight.offset] - variance.squareRoot()) < 1e-12)
        #expect(
          parameters[(weight.offset + count)..<(weight.offset + count + 10)].allSatisfy { $0 == 0 })
      }
    }
  }

  @Test("A mapping without inputs is refused")
  func noInputs() {
    #expect(throws: ComponentError.self) {
      try MLP(request: request(for: MLP.descriptor), mapping: mapping([0], 3))
    }
  }
}
