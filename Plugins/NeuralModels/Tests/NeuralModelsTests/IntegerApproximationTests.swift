import NeuralModels
import QHostInterfaces
import QHostNetworks
import QHostTesting
import Testing

@Suite("integer-mlp near a network of real numbers")
struct IntegerApproximationTests {
  /// An `mlp` of the case's layers, its parameters, and rows [N × 400]; so many inputs at a time are the same.
  private func network(
    _ test: IntegerCase, activation: String, scale: Double = 3, alike: Int = 1
  ) throws -> (graph: Graph, rows: [Float], outputs: [Float]) {
    let model = try MLP(
      request: request(
        for: MLP.descriptor,
        [
          "hidden": .integers(test.hidden), "scale": .real(scale),
          "activation": .choice(activation, index: 0),
        ]), mapping: mapping([test.inputs], test.outputs))
    let parameters = try model.initialParameters(start: 3)
    let drawn = test.rows(400, seed: 9).map { min(max($0, 0), 1) }
    let rows = drawn.indices.map { drawn[$0 / 400 / alike * 400 + $0 % 400] }
    let driver = try SessionDriver(model, outputCount: test.outputs)
    try driver.bind(rows, rowCount: 400)
    return (try model.graph(parameters: parameters), rows, try driver.forward(parameters))
  }

  /// The part of the real outputs' variance that the integer network misses.
  private func miss(_ test: IntegerCase, activation: String, alike: Int = 1) throws -> Double {
    // The sine's table ends at π, so its sums must be smaller.
    let scale = activation == "sine" ? 1.0 : 3
    let (graph, rows, expected) = try network(
      test, activation: activation, scale: scale, alike: alike)
    let model = try test.model()
    // Calibration has row after row.
    let typical = rows.indices.map { rows[$0 % test.inputs * 400 + $0 / test.inputs] }
    let parameters = try model.approximation(
      of: graph, calibration: Calibration(rowCount: 400, inputs: typical))
    let driver = try test.driver()
    try driver.bind(rows, rowCount: 400)
    let outputs = try driver.forward(parameters)
    var (error, square) = (0.0, 0.0)
    for unit in 0..<test.outputs {
      let own = expected[unit * 400..<(unit + 1) * 400]
      let mean = own.reduce(0) { $0 + Double($1) } / 400
      for (a, b) in zip(outputs[unit * 400..<(unit + 1) * 400], own) {
        error += Double(a - b) * Double(a - b)
        square += (Double(b) - mean) * (Double(b) - mean)
      }
    }
    return error / square
  }

  @Test(
    "Outputs follow those of the network, the better the finer the lattice",
    arguments: [("tanh", Activation.tanh), ("sigmoid", .sigmoid), ("sine", .sine)])
  func nearness(name: String, activation: Activation) throws {
    var test = IntegerCase(hidden: [9, 6], weights: "255", activation: activation)
    (test.inputs, test.inputBits, test.activationBits) = (12, 8, 7)
    let fine = try miss(test, activation: name)
    test.weights = "15"
    let coarse = try miss(test, activation: name)
    test.weights = "ternary"
    let coarsest = try miss(test, activation: name)
    #expect(fine < 0.03)
    #expect(fine < coarse && coarse < coarsest && coarse < 0.1)
  }

  @Test("What rounding one weight leaves is made up for by inputs that go together")
  func together() throws {
    // Three ternary weights of the same input are as fine as one of seven levels.
    var test = IntegerCase(hidden: [6], weights: "ternary,255")
    (test.inputs, test.inputBits, test.activationBits) = (12, 8, 7)
    #expect(
      try miss(test, activation: "tanh", alike: 3) < 0.3 * miss(test, activation: "tanh"))
  }

  @Test(
    "A network whose sums are not finite is refused, one with sums beyond single precision is not")
  func extremes() throws {
    let test = IntegerCase(hidden: [5, 4])
    let (graph, rows, _) = try network(test, activation: "tanh")
    func parameters(_ factor: Float) throws -> [Double] {
      var changed = graph
      let place = try #require(changed.constants.firstIndex { $0.shape.extents == [5, 5] })
      guard case .float(let weights) = changed.constants[place].elements else { return [] }
      changed.constants[place].elements = .float(weights.map { $0 * factor })
      return try test.model().approximation(
        of: changed, calibration: Calibration(rowCount: 400, inputs: rows))
    }
    #expect(throws: ComponentError.self) { try parameters(.infinity) }
    let description = try test.model().modelDescription
    let huge = try parameters(1e37)
    #expect(huge.count == description.parameterCount)
    for (index, value) in huge.enumerated() {
      #expect(value >= description.lower[index] && value <= description.upper[index])
    }
  }

  @Test("Powers of two are approximated as well")
  func powers() throws {
    var test = IntegerCase(hidden: [9], weights: "pow2")
    (test.inputs, test.inputBits, test.activationBits) = (12, 8, 7)
    #expect(try miss(test, activation: "tanh") < 0.15)
  }

  @Test("Every parameter is whole where it must be, and within its bounds")
  func bounds() throws {
    let test = IntegerCase(hidden: [5, 4], weights: "ternary,7,31")
    let (graph, rows, _) = try network(test, activation: "tanh", scale: 40)
    let model = try test.model()
    let parameters = try model.approximation(
      of: graph, calibration: Calibration(rowCount: 400, inputs: rows))
    let description = model.modelDescription
    #expect(parameters.count == description.parameterCount)
    for (index, value) in parameters.enumerated() {
      #expect(value >= description.lower[index] && value <= description.upper[index])
      #expect(description.kinds[index] == .real || value == value.rounded())
    }
  }

  @Test("Other layers, another activation and no rows are refused by name")
  func refusals() throws {
    let test = IntegerCase(hidden: [5, 4])
    let (graph, rows, _) = try network(test, activation: "relu")
    let calibration = Calibration(rowCount: 400, inputs: rows)
    func message(_ test: IntegerCase, _ graph: Graph, _ calibration: Calibration) throws -> String {
      let model = try test.model()
      do {
        _ = try model.approximation(of: graph, calibration: calibration)
        return ""
      } catch { return error.message }
    }
    #expect(try message(test, graph, calibration).contains("tanh and cannot stand for Relu"))
    let other = IntegerCase(hidden: [5, 3], activation: .relu)
    #expect(try message(other, graph, calibration).contains("5-5-4-3"))
    let same = IntegerCase(hidden: [5, 4], activation: .relu)
    #expect(
      try message(same, graph, Calibration(rowCount: 0, inputs: [])).contains("typical inputs"))
    #expect(try message(same, graph, calibration) == "")
    let whole = try test.model().graph(parameters: try test.parameters())
    #expect(try message(test, whole, calibration).contains("layers of real numbers"))
  }
}
