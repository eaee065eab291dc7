import NeuralModels
import QHostInterfaces
import QHostNetworks
import QHostTesting
import Testing

@Suite("Graph of an integer network")
struct IntegerGraphTests {
  @Test("The graph computes what forward does, to the bit", arguments: IntegerCase.all)
  func graph(test: IntegerCase) throws {
    let driver = try test.driver()
    let (rows, parameters) = (test.rows(23), try test.parameters())
    try driver.bind(rows, rowCount: 23)
    let graph = try driver.model.graph(parameters: parameters)
    let byRow = (0..<rows.count).map { rows[$0 % test.inputs * 23 + $0 / test.inputs] }
    let run = GraphInterpreter(graph, inputs: byRow, rowCount: 23)
    let values = run.values[graph.output] ?? []
    let outputs = (0..<values.count).map { values[$0 % 23 * test.outputs + $0 / 23] }
    #expect(try outputs == driver.forward(parameters))
    #expect(graph.nodes.count { $0.operation == "MatMulInteger" } == test.hidden.count + 1)
  }

  @Test("Images are flattened")
  func flatten() throws {
    let model = try IntegerMLP(
      request: request(for: IntegerMLP.descriptor), mapping: mapping([2, 3], 4))
    let graph = try model.graph(parameters: try model.initialParameters(start: 0))
    #expect(graph.nodes.first?.operation == "Flatten")
  }

  @Test("Sums that may leave 16 bits are refused with unit and range")
  func overflow() throws {
    let test = IntegerCase(hidden: [2], weights: "255", inputBits: 8, inputs: 3)
    let model = try test.model()
    var parameters = try model.initialParameters(start: 0)
    // 255 · 127 = 32,385; the middle of the table and a third weight are too much.
    for input in 0..<3 { parameters[3 + input] = 127 }
    let error = #expect(throws: ComponentError.self) { try model.graph(parameters: parameters) }
    #expect(error?.message.contains("unit 1 of layers.0") == true)
    #expect(error?.message.contains("which 16 bits do not hold") == true)
    for input in 0..<3 { parameters[3 + input] = input == 0 ? 50 : 0 }
    for input in 0..<3 { parameters[input] = 0 }
    _ = try model.graph(parameters: parameters)
  }

  @Test("The bounds of sums are reached, and never passed", arguments: IntegerCase.all)
  func bounds(test: IntegerCase) throws {
    let parameters = try test.parameters()
    let plain = test.plain(parameters)
    for (layer, values) in plain.layers.enumerated() {
      let highest = layer == 0 ? 1 << test.inputBits - 1 : 1 << test.activationBits - 1
      for weights in values.weights {
        let high = weights.reduce(0) { $0 + max($1, 0) } * highest
        #expect(high <= Int(Int16.max), "the case itself overflows")
      }
    }
    _ = try test.model().graph(parameters: parameters)
  }
}
