import QHostGraphs
import QHostInterfaces
import QHostONNX
import Testing

@Suite("Networks that other programs wrote")
struct ONNXNetworkTests {
  /// Names, and the operators that are made of them.
  static let fixtures: [(String, [String])] = [
    ("sklearn", ["Gemm", "Tanh", "Gemm", "Tanh", "Gemm"]),
    ("sklearn-plain", ["Gemm", "Tanh", "Gemm", "Tanh", "Gemm"]),
    ("sklearn-named", ["Gemm", "Tanh", "Gemm", "Tanh", "Gemm"]),
    ("exporter", ["Flatten", "Gemm", "Relu", "Gemm"]),
    ("forms", ["Flatten", "Gemm", "Clip", "Gemm", "Sigmoid", "Gemm"]),
    (
      "images",
      [
        "Reshape", "Conv", "Tanh", "MaxPool", "Conv", "AveragePool", "AveragePool", "AveragePool",
        "Flatten", "Gemm",
      ]
    ),
  ]

  @Test("compute what ONNX Runtime computes, in our models' operators", arguments: fixtures)
  func outputs(name: String, operations: [String]) throws {
    let fixture = try Fixture(name)
    let graph = try fixture.network().graph
    #expect(graph.nodes.map(\.operation) == operations)
    for node in graph.nodes where node.operation == "Gemm" {
      #expect(node.attributes == ["transB": .integers([1])])
    }
    let rowCount = fixture.inputs.count / graph.inputShape.count
    let outputs = try GraphEvaluator(graph).outputs(inputs: fixture.inputs, rowCount: rowCount)
    #expect(outputs.count == fixture.outputs.count)
    for (own, other) in zip(outputs, fixture.outputs) {
      // Sums of at most 72 products in single precision.
      #expect(abs(own - other) <= 1e-5 * max(1, abs(other)), "\(own) \(other)")
    }
    // What was read is written in a form that is read the same.
    let again = try ONNXNetwork(
      decoding: ONNXModel(graph, name: name).encoded, file: "again.onnx")
    #expect(again.graph == graph)
  }

  @Test("keep the names of their classes, and tell what was left out")
  func tails() throws {
    let zipped = try Fixture("sklearn").network()
    #expect(zipped.labels == ["0", "1", "2"] && zipped.isClassifier)
    #expect(zipped.leftOut.first?.hasPrefix("Softmax (node '") == true)
    #expect(zipped.leftOut.contains { $0.hasPrefix("ai.onnx.ml.ZipMap") })
    #expect(try Fixture("sklearn-plain").network().labels == ["0", "1", "2"])
    #expect(try Fixture("sklearn-named").network().labels == ["a", "b", "c"])
    #expect(try Fixture("forms").network().leftOut == ["Softmax (node 'probabilities')"])
    #expect(try Fixture("exporter").network().leftOut.isEmpty)
  }

  @Test("with one output for two classes get a second one that is 0")
  func twoClasses() throws {
    let fixture = try Fixture("sklearn-two")
    let network = try fixture.network()
    #expect(network.graph.outputShape == Shape([2]))
    let outputs = try GraphEvaluator(network.graph).outputs(
      inputs: fixture.inputs, rowCount: fixture.outputs.count)
    for (row, expected) in fixture.outputs.enumerated() {
      #expect(outputs[2 * row] == 0)
      #expect(abs(outputs[2 * row + 1] - expected) <= 1e-5 * max(1, abs(expected)))
    }
  }

  @Test("Constants keep the names and the order of the file")
  func constants() throws {
    #expect(
      try Fixture("exporter").network().graph.constants.map(\.name)
        == ["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"])
  }
}
