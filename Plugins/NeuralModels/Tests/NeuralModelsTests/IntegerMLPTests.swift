import NeuralModels
import QHostInterfaces
import QHostNetworks
import QHostTesting
import Testing

@Suite("integer-mlp")
struct IntegerMLPTests {
  @Test(
    "Outputs are the integers of the plain network, times the scale",
    arguments: IntegerCase.all, [1, 64, 300])
  func forward(test: IntegerCase, rowCount: Int) throws {
    let driver = try test.driver()
    let (rows, parameters) = (test.rows(rowCount), try test.parameters())
    try driver.bind(rows, rowCount: rowCount)
    let outputs = try driver.forward(parameters)
    let plain = test.plainOutputs(parameters, rows, rowCount: rowCount)
    let factor = try #require(try scale(test, parameters))
    #expect(outputs == plain.map { Float($0) * factor })
    #expect(Set(plain).count > 1, "all outputs are alike")
  }

  /// The scale of the outputs, as the graph has it.
  private func scale(_ test: IntegerCase, _ parameters: [Double]) throws -> Float? {
    let graph = try test.model().graph(parameters: parameters)
    guard case .float(let values) = graph.constants.last?.elements else { return nil }
    return values.first
  }

  @Test("A pixel's level is its first bits", arguments: 1...8)
  func pixels(bits: Int) {
    for pixel in 0...255 {
      let level = PlainIntegerNetwork.level(Float(pixel) / 255, bits: bits)
      #expect(level == pixel >> (8 - bits), "pixel \(pixel)")
    }
    // The mean of four pixels: a sum of s stands for s/1020, and has the level ⌊2^bits s/1020⌋.
    for sum in 0...1020 {
      let level = PlainIntegerNetwork.level(Float(sum) / 1020, bits: bits)
      #expect(level == min(sum << bits / 1020, 1 << bits - 1), "sum \(sum)")
    }
  }

  @Test("Inputs beyond 0 to 1 have the levels of the ends")
  func inputsBeyond() throws {
    let test = IntegerCase(hidden: [4])
    let driver = try test.driver()
    let parameters = try test.parameters()
    try driver.bind([-3, 7, -.infinity, .infinity, 0.5], rowCount: 1)
    let beyond = try driver.forward(parameters)
    try driver.bind([0, 1, 0, 1, 0.5], rowCount: 1)
    #expect(try driver.forward(parameters) == beyond)
  }

  @Test("Parameters are rounded, and kept within their bounds")
  func rounding() throws {
    let test = IntegerCase(hidden: [4, 3], weights: "ternary")
    let driver = try test.driver()
    var parameters = try test.parameters()
    try driver.bind(test.rows(20), rowCount: 20)
    parameters[0] = 1
    let outputs = try driver.forward(parameters)
    parameters[0] = 17.3
    parameters[1] += 0.4
    #expect(try driver.forward(parameters) == outputs)
  }

  @Test("At the start hidden units are not saturated", arguments: ["ternary", "15", "pow2"])
  func start(weights: String) throws {
    let test = IntegerCase(hidden: [12, 8], weights: weights, inputs: 196, outputs: 10)
    let parameters = try test.model().initialParameters(start: 0)
    var plain = test.plain(parameters)
    plain.layers.removeLast()
    plain.layers.append(.init(weights: [[1]], offsets: [0], tables: []))
    let rows = test.rows(50).map { $0 * $0 }
    for layer in 0..<2 {
      let cut = PlainIntegerNetwork(layers: Array(plain.layers[...layer]), inputBits: 4)
      let levels = (0..<50).flatMap { row in cut.outputs((0..<196).map { rows[$0 * 50 + row] }) }
      let ends = levels.count { $0 == 0 || $0 == 15 }
      #expect(ends < levels.count / 2, "layer \(layer)")
    }
  }

  @Test("Blocks cover the parameters; integers have bounds, and there is no gradient")
  func description() throws {
    let description = try IntegerCase(hidden: [4, 2], weights: "ternary,15,31").model()
      .modelDescription
    #expect(
      description.blocks.map(\.name) == [
        "layers.0.weight", "layers.0.bias", "layers.0.gain", "layers.1.weight", "layers.1.bias",
        "layers.1.gain", "layers.2.weight", "layers.2.bias", "scale.exponent",
      ])
    #expect(description.blocks.map(\.offset) == [0, 20, 24, 28, 36, 38, 40, 46, 49])
    #expect(description.parameterCount == 50)
    #expect(description.kinds.count { $0 == .integer } == 49)
    #expect(description.lower[0] == -1 && description.upper[0] == 1)
    #expect(description.lower[28] == -7 && description.upper[40] == 15)
    #expect(!description.hasGradient && description.hasCuts && description.hasGraph)
  }

  @Test(
    "Lists of lattices that fit no network are refused by name",
    arguments: ["", "16", "15,", "ternary,15", "binary", "1", "257", "15,15,15,15"])
  func refusals(weights: String) throws {
    let error = #expect(throws: ComponentError.self) {
      try IntegerCase(hidden: [4, 3], weights: weights).model()
    }
    #expect(error?.message.contains("weights is '\(weights)'") == true)
  }

  @Test("Spaces between lattices do not matter")
  func spaces() throws {
    let model = try IntegerCase(hidden: [4, 3], weights: "ternary, 15, 31").model()
    #expect(model.modelDescription.upper[0] == 1)
  }
}
