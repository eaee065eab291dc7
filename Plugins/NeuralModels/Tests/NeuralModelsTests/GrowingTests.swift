import NeuralModels
import QHostInterfaces
import QHostNetworks
import QHostTesting
import Testing

@Suite("mlp from a network of fewer layers")
struct GrowingTests {
  private let none = Calibration(rowCount: 0, inputs: [])

  private func graph(_ test: NetworkCase) throws -> Graph {
    try test.model().graph(parameters: test.parameters())
  }

  @Test(
    "Layers are put in that hand on what is said, so that outputs stay as they were",
    arguments: [Activation.sign, .step, .relu],
    [([4], [4, 4]), ([4], [4, 4, 4]), ([6, 3], [6, 6, 3, 3])])
  func deeper(activation: Activation, hidden: ([Int], [Int])) throws {
    let (before, after) = hidden
    let test = NetworkCase(hidden: before, activation: activation)
    let grown = NetworkCase(hidden: after, activation: activation)
    let rows = test.rows(200)
    let old = try test.driver()
    try old.bind(rows, rowCount: 200)
    let new = try grown.driver()
    try new.bind(rows, rowCount: 200)
    let parameters = try grown.model().approximation(of: try graph(test), calibration: none)
    #expect(parameters.count == new.model.modelDescription.parameterCount)
    let outputs = try new.forward(parameters)
    // Graphs have single precision, and so have sessions; a sum next to 0 would be on the other side in both.
    #expect(outputs == (try old.forward(test.parameters())))
    #expect(Set(outputs).count > 3)
  }

  @Test("A unit of a new layer has one weight", arguments: [Activation.sign, .step])
  func oneWeight(activation: Activation) throws {
    let test = NetworkCase(hidden: [4], activation: activation)
    let model = try NetworkCase(hidden: [4, 4], activation: activation).model()
    let parameters = try model.approximation(of: try graph(test), calibration: none)
    let block = try #require(
      model.modelDescription.blocks.first { $0.name == "layers.1.weight" })
    let weights = parameters[block.offset..<block.offset + 16]
    #expect(weights.filter { $0 != 0 }.count == 4)
    for unit in 0..<4 { #expect(weights[block.offset + unit * 5] > 0) }
  }

  @Test("The same layers are taken as they are", arguments: [Activation.tanh, .sine, .sign])
  func same(activation: Activation) throws {
    let test = NetworkCase(hidden: [4, 2], activation: activation)
    let parameters = try test.model().approximation(of: try graph(test), calibration: none)
    #expect(parameters.map { Float($0) } == test.parameters().map { Float($0) })
  }

  private func message(_ own: NetworkCase, _ other: NetworkCase) throws -> String {
    let (model, graph) = (try own.model(), try graph(other))
    let error = #expect(throws: ComponentError.self) {
      try model.approximation(of: graph, calibration: none)
    }
    #expect(error?.severity == .unsupported)
    return error?.message ?? ""
  }

  @Test("Units that cannot hand on a value, other widths and other activations are refused by name")
  func refusals() throws {
    func test(_ hidden: [Int], _ activation: Activation = .sign) -> NetworkCase {
      NetworkCase(hidden: hidden, activation: activation)
    }
    #expect(
      try message(test([4, 4], .tanh), test([4], .tanh)).contains("tanh units cannot hand on"))
    for (own, other, part) in [
      ([4, 3], [4], "5-4-3-3"), ([4], [5], "5-5-3"), ([4], [4, 4], "5-4-4-3"),
      ([4, 4, 2], [4, 3, 2], "5-4-3-2-3"),
    ] {
      let message = try message(test(own), test(other))
      #expect(message.contains(part) && message.contains("as wide as"), "\(message)")
    }
    #expect(
      try message(test([4, 4]), test([4], .step)).contains("sign and cannot stand for Greater"))
    let learned = NetworkCase(hidden: [4], activation: .learned, knots: 5)
    #expect(try message(learned, learned).contains("choose another activation"))
  }
}
