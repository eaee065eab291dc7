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

  static let perceptrons = activations.map { name in
    ModelCase(
      make: {
        try MLP(
          request: request(
            for: MLP.descriptor,
            ["hidden": .integers([5, 4]), "activation": .choice(name, index: 0)]),
          mapping: mapping([2, 3]))
      }, testDescription: "mlp \(name)")
  }

  static let convolutions = activations.flatMap { name in
    ["none", "max", "mean"].map { pooling in
      ModelCase(
        make: {
          try CNN(
            request: request(
              for: CNN.descriptor,
              [
                "kernel": .integer(3), "pooling": .choice(pooling, index: 0),
                "padding": .choice(name == "sine" ? "same" : "valid", index: 0),
                "activation": .choice(name, index: 0),
              ]),
            mapping: mapping(name == "tanh" ? [1, 14, 14] : [14, 14]))
        }, testDescription: "cnn \(name) \(pooling)")
    }
  }

  static let integers: [ModelCase] = [("ternary", 8, 4), ("pow2", 1, 2), ("127", 6, 7)].flatMap {
    weights, input, activation in
    ["tanh", "relu", "step"].map { name in
      ModelCase(
        make: {
          try IntegerMLP(
            request: request(
              for: IntegerMLP.descriptor,
              [
                "hidden": .integers([6, 5]), "weights": .text(weights),
                "input_bits": .integer(input), "activation_bits": .integer(activation),
                "activation": .choice(name, index: 0),
              ]), mapping: mapping([2, 2]))
        }, testDescription: "integer-mlp \(weights) \(name)")
    }
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

  func graph() throws -> Graph {
    let model = try make()
    return try model.graph(parameters: model.initialParameters(start: 3))
  }
}

@Suite("Graphs of our models in ONNX files")
struct GraphRoundTripTests {
  @Test("What is read is what was written", arguments: ModelCase.all)
  func identity(test: ModelCase) throws {
    let graph = try test.graph()
    let network = try ONNXNetwork(
      decoding: ONNXModel(graph, name: "test").encoded, file: "net.onnx")
    #expect(network.graph == graph)
    #expect(network.leftOut.isEmpty && network.labels.isEmpty && !network.isClassifier)
  }

  @Test(
    "The form qdq gives the same bits as the operators of the contract",
    arguments: ModelCase.integers)
  func quantized(test: ModelCase) throws {
    let graph = try test.graph()
    let target = try ONNXTarget(
      request: request(for: ONNXTarget.descriptor, ["form": .choice("qdq", index: 1)]))
    let compiled = try target.compile(graph, calibration: Calibration(rowCount: 0, inputs: []))
    let file = try #require(compiled.artifacts.first)
    let other = try ONNXNetwork(decoding: file.bytes, file: file.name).graph
    #expect(!other.nodes.contains { $0.operation == "MatMulInteger" })
    #expect(other.nodes.count { $0.operation == "Gemm" } == 3)
    let width = graph.inputShape.count
    let rows = (0..<300 * width).map { Float($0 * 7919 % 1021) / 1000 - 0.01 }
    let (first, second) = (
      try GraphEvaluator(graph).outputs(inputs: rows, rowCount: 300),
      try GraphEvaluator(other).outputs(inputs: rows, rowCount: 300)
    )
    #expect(Set(first).count > 3, "the rows tell nothing apart")
    #expect(first == second)
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
