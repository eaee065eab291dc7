import NeuralModels
import ONNX
import QHostGraphs
import QHostInterfaces
import QHostONNX
import QHostTesting
import Testing

/// A model of ours, made for some rows.
struct ModelCase: Sendable, CustomTestStringConvertible {
  var make: @Sendable () throws -> any Model
  var testDescription: String

  private static func mapping(_ input: [Int]) -> Mapping {
    Mapping(task: .classification, input: Shape(input), output: Shape([3]))
  }

  static let activations = ["tanh", "relu", "sigmoid", "sine", "step", "sign", "learned"]

  private static func perceptron(_ activation: String) -> ModelCase {
    let changes: [String: ParameterValue] = [
      "hidden": .integers([5, 4]), "activation": .choice(activation, index: 0),
    ]
    return ModelCase(
      make: { try MLP(request: request(for: MLP.descriptor, changes), mapping: mapping([2, 3])) },
      testDescription: "mlp \(activation)")
  }

  private static func convolution(_ activation: String, _ pooling: String) -> ModelCase {
    let changes: [String: ParameterValue] = [
      "kernel": .integer(3), "pooling": .choice(pooling, index: 0),
      "padding": .choice(activation == "sine" ? "same" : "valid", index: 0),
      "activation": .choice(activation, index: 0),
    ]
    let input = activation == "tanh" ? [1, 14, 14] : [14, 14]
    return ModelCase(
      make: { try CNN(request: request(for: CNN.descriptor, changes), mapping: mapping(input)) },
      testDescription: "cnn \(activation) \(pooling)")
  }

  private static func integer(
    _ weights: String, _ inputBits: Int, _ activationBits: Int, _ activation: String
  ) -> ModelCase {
    let changes: [String: ParameterValue] = [
      "hidden": .integers([6, 5]), "weights": .text(weights), "input_bits": .integer(inputBits),
      "activation_bits": .integer(activationBits), "activation": .choice(activation, index: 0),
    ]
    return ModelCase(
      make: {
        try IntegerMLP(
          request: request(for: IntegerMLP.descriptor, changes), mapping: mapping([2, 2]))
      }, testDescription: "integer-mlp \(weights) \(activation)")
  }

  static let perceptrons = activations.map { perceptron($0) }

  static let convolutions = activations.flatMap { activation in
    ["none", "max", "mean"].map { convolution(activation, $0) }
  }

  static let integers = ["tanh", "relu", "step"].flatMap { activation in
    [
      integer("ternary", 8, 4, activation), integer("pow2", 1, 2, activation),
      integer("127", 6, 7, activation),
    ]
  }

  static let others = [
    ModelCase(
      make: {
        try Logistic(
          request: request(for: Logistic.descriptor, ["bias": .boolean(false)]),
          mapping: mapping([4]))
      }, testDescription: "logistic without biases")
  ]

  static let all = perceptrons + convolutions + integers + others

  func graph(start: UInt64 = 3) throws -> Graph {
    let model = try make()
    return try model.graph(parameters: model.initialParameters(start: start))
  }
}

@Suite("Graphs of our models in ONNX files")
struct GraphRoundTripTests {
  @Test("What is read is what was written", arguments: ModelCase.all)
  func identity(test: ModelCase) throws {
    var graph = try test.graph()
    let network = try ONNXNetwork(
      decoding: ONNXModel(graph, name: "test").encoded, file: "net.onnx")
    // What no node takes, as the bounds of integers, is for targets that learn on.
    let taken = Set(graph.nodes.flatMap(\.inputs))
    graph.constants.removeAll { !taken.contains($0.name) }
    #expect(network.graph == graph)
    #expect(network.leftOut.isEmpty && network.labels.isEmpty && !network.isClassifier)
  }

  @Test(
    "The form qdq gives the same bits as the operators of the contract",
    arguments: ModelCase.integers)
  func quantized(test: ModelCase) throws {
    var varying = 0
    for start: UInt64 in 1...24 {
      let graph = try test.graph(start: start)
      let target = try ONNXTarget(
        request: request(for: ONNXTarget.descriptor, ["form": .choice("qdq", index: 1)]))
      let compiled = try target.compile(graph, calibration: Calibration(rowCount: 0, inputs: []))
      let file = try #require(compiled.artifacts.first)
      let other = try ONNXNetwork(decoding: file.bytes, file: file.name).graph
      #expect(!other.nodes.contains { $0.operation == "MatMulInteger" })
      #expect(other.nodes.count { $0.operation == "Gemm" } == 3)
      let width = graph.inputShape.count
      let rows = (0..<300 * width).map { Float($0 * 7919 % 1021) / 1000 - 0.01 }
      let outputs = try GraphEvaluator(graph).outputs(inputs: rows, rowCount: 300)
      #expect(try GraphEvaluator(other).outputs(inputs: rows, rowCount: 300) == outputs)
      // Outputs of one row may be equal to those of another; not of all others.
      if Set((0..<300).map { outputs[3 * $0..<3 * $0 + 3] }).count > 1 { varying += 1 }
    }
    #expect(varying > 0, "the rows tell nothing apart")
  }

  @Test("A file that is cut off anywhere is refused")
  func truncated() throws {
    let bytes = ONNXModel(try ModelCase.perceptrons[0].graph(), name: "test").encoded
    for count in 0..<bytes.count {
      let text = message {
        _ = try ONNXNetwork(decoding: Array(bytes[..<count]), file: "net.onnx")
      }
      #expect(text.hasPrefix("'net.onnx': it is cut off"), "\(count): \(text)")
    }
  }

  @Test("A file with a wrong byte anywhere is read or refused, and nothing else")
  func damaged() throws {
    let bytes = ONNXModel(try ModelCase.perceptrons[6].graph(), name: "test").encoded
    for place in bytes.indices {
      for change: UInt8 in [0x01, 0x80, 0xFF] {
        var other = bytes
        other[place] ^= change
        let text = message { _ = try ONNXNetwork(decoding: other, file: "net.onnx") }
        #expect(text.isEmpty || text.hasPrefix("'net.onnx': "), "\(place): \(text)")
      }
    }
  }
}
