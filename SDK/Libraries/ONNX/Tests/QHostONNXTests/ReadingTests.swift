import QHostGraphs
import QHostInterfaces
import QHostONNX
import Testing

@Suite("What exporters leave to the reader")
struct ReadingTests {
  /// A network of one layer of 4 inputs and 2 units, after some nodes.
  private func model(_ change: (inout ONNXModel) -> Void) -> ONNXModel {
    let graph = Graph(
      input: "x", output: "y", inputShape: Shape([2, 2]), outputShape: Shape([2]),
      nodes: [
        Graph.Node(
          name: "view", operation: "Reshape", inputs: ["x", "shape"], outputs: ["flat"]),
        Graph.Node(
          name: "layer", operation: "Gemm", inputs: ["flat", "w"], outputs: ["y"],
          attributes: ["transB": .integers([1])]),
      ],
      constants: [
        Graph.Constant(
          name: "w", shape: Shape([2, 4]), elements: .float([1, 2, 3, 4, -1, 0, 1, 0])),
        Graph.Constant(name: "shape", shape: Shape([2]), elements: .int64([-1, 4])),
      ])
    var model = ONNXModel(graph, name: "test")
    change(&model)
    return model
  }

  private func outputs(_ change: (inout ONNXModel) -> Void) throws -> [Float] {
    let network = try ONNXNetwork(decoding: model(change).encoded, file: "net.onnx")
    return try GraphEvaluator(network.graph).outputs(
      inputs: [1, 2, 3, 4, 0, 0, 1, 0], rowCount: 2)
  }

  private func refusal(_ change: (inout ONNXModel) -> Void) -> String {
    message { _ = try ONNXNetwork(decoding: model(change).encoded, file: "net.onnx") }
  }

  @Test("allowzero has no effect on a shape without zeros, and is refused with one")
  func allowzero() throws {
    #expect(try outputs { _ in } == [30, 2, 3, 1])
    #expect(try outputs { $0.nodes[0].attributes["allowzero"] = .integer(1) } == [30, 2, 3, 1])
    let text = refusal {
      $0.nodes[0].attributes["allowzero"] = .integer(1)
      $0.initializers[1].contents = .numbers(.int64([0, 4]))
    }
    #expect(text.contains("node 'view' (Reshape)") && text.contains("allowzero = 1"), "\(text)")
  }

  @Test("A batch may be a name, −1, 0 or any number of rows")
  func batches() throws {
    for batch in [-1, 0, 1, 32] {
      #expect(
        try outputs { model in
          model.inputs[0].extents = [.fixed(batch), .fixed(2), .fixed(2)]
          if batch > 0 { model.initializers[1].contents = .numbers(.int64([Int64(batch), 4])) }
        } == [30, 2, 3, 1])
    }
    // Another number of rows than the file's batch would mix rows.
    #expect(
      refusal { $0.initializers[1].contents = .numbers(.int64([2, 4])) }
        .contains("does not keep the batch"))
  }

  @Test("Shapes that are worked out from the batch are folded, and products with it refused")
  func shapeChains() throws {
    func chain(_ model: inout ONNXModel, _ last: ONNXModel.Node) {
      func node(_ operation: String, _ inputs: [String], _ output: String) -> ONNXModel.Node {
        ONNXModel.Node(name: output, operation: operation, inputs: inputs, outputs: [output])
      }
      model.initializers.append(
        .init(name: "zero", shape: Shape([]), contents: .numbers(.int64([0]))))
      model.initializers.append(
        .init(name: "axes", shape: Shape([1]), contents: .numbers(.int64([0]))))
      model.initializers.append(
        .init(name: "rest", shape: Shape([1]), contents: .numbers(.int64([-1]))))
      var places: [ONNXModel.Node] = [
        node("Shape", ["x"], "extents"), node("Gather", ["extents", "zero"], "rows"),
        node("Unsqueeze", ["rows", "axes"], "list"), last,
      ]
      places[1].attributes["axis"] = .integer(0)
      model.nodes.insert(contentsOf: places, at: 0)
      model.nodes[4].inputs[1] = last.outputs[0]
    }
    var last = ONNXModel.Node(
      name: "target", operation: "Concat", inputs: ["list", "rest"], outputs: ["target"])
    last.attributes["axis"] = .integer(0)
    #expect(try outputs { chain(&$0, last) } == [30, 2, 3, 1])
    (last.operation, last.attributes) = ("Mul", [:])
    #expect(refusal { chain(&$0, last) }.contains("node 'target' (Mul) computes with the number"))
  }

  @Test("Weights in a file beside the model are read from there, and from nowhere else")
  func externalData() throws {
    func file(_ location: String, _ more: [String: String]) -> [UInt8] {
      var writer = WireWriter()
      writer.integer(1, 8)
      writer.message(7) { graph in
        graph.message(1) { node in
          for name in ["x", "w"] { node.text(1, name) }
          node.text(2, "y")
          node.text(4, "MatMul")
        }
        graph.message(5) { tensor in
          tensor.integers(1, [2, 1])
          tensor.integer(2, 1)
          tensor.text(8, "w")
          for (key, value) in [("location", location)] + more.sorted(by: { $0.key < $1.key }) {
            tensor.message(13) { entry in
              entry.text(1, key)
              entry.text(2, value)
            }
          }
          tensor.integer(14, 1)
        }
        for (field, name, extent) in [(11, "x", 2), (12, "y", 1)] {
          graph.message(field) { value in
            value.text(1, name)
            value.message(2) { type in
              type.message(1) { tensor in
                tensor.integer(1, 1)
                tensor.message(2) { shape in
                  shape.message(1) { $0.text(2, "N") }
                  shape.message(1) { $0.integer(1, extent) }
                }
              }
            }
          }
        }
      }
      writer.message(8) { $0.integer(2, 17) }
      return writer.bytes
    }
    // 1 and −2 behind four bytes of others.
    let beside: [UInt8] = [9, 9, 9, 9, 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]
    func read(_ location: String, _ more: [String: String]) throws -> [Float] {
      let bytes = file(location, more)
      let network = try ONNXNetwork(decoding: bytes, file: "net.onnx") {
        (name: String) throws(ComponentError) in
        #expect(name == location)
        return beside
      }
      return try GraphEvaluator(network.graph).outputs(inputs: [3, 1], rowCount: 1)
    }
    #expect(try read("net.onnx.data", ["offset": "4", "length": "8"]) == [1])
    #expect(try read("weights/net.bin", ["offset": "4"]) == [1])
    for location in ["../net.data", "a/../../b", "/etc/passwd", "", "a//b"] {
      let text = message { _ = try read(location, [:]) }
      #expect(text.contains("not in the model's own folder"), "\(location): \(text)")
    }
    for (more, reason) in [
      (["offset": "8", "length": "8"], "and that file has 12"),
      (["offset": "99"], "lies at 99 in 'net.onnx.data'"),
      (["offset": "-4"], "offset '-4', which is not a number of bytes"),
      (["offset": "4", "length": "4"], "has 1 numbers, and its shape is 2×1"),
      (["offset": "9223372036854775807", "length": "9223372036854775807"], "lies at 922"),
    ] {
      let text = message { _ = try read("net.onnx.data", more) }
      #expect(text.contains(reason), "\(more): \(text)")
    }
    let alone = message {
      _ = try ONNXNetwork(decoding: file("net.onnx.data", [:]), file: "net.onnx")
    }
    #expect(alone.contains("lies in another file, 'net.onnx.data'"), "\(alone)")
  }

  @Test("A network with one output gets outputs 0 and z for two classes, without its Sigmoid")
  func twoClasses() throws {
    for name in ["keras-binary", "torch-logit-dynamo-open"] {
      let export = try #require(Export.named(name).first)
      let network = try export.network()
      let two = try #require(network.forTwoClasses)
      #expect(two.graph.outputShape == Shape([2]))
      #expect(!two.graph.nodes.contains { $0.operation == "Sigmoid" })
      #expect(two.isClassifier == (name == "keras-binary"))
      let inputs = export.rows.flatMap { $0 }
      let one = try GraphEvaluator(network.graph).outputs(
        inputs: inputs, rowCount: export.rows.count)
      let both = try GraphEvaluator(two.graph).outputs(inputs: inputs, rowCount: export.rows.count)
      let border: Float = name == "keras-binary" ? 0.5 : 0
      for (row, value) in one.enumerated() {
        #expect(both[2 * row] == 0)
        #expect((both[2 * row + 1] > 0) == (value > border))
      }
    }
    #expect(try Fixture("exporter").network().forTwoClasses == nil)
  }

  @Test("A network that scales its inputs itself is known by its first operators")
  func scaling() throws {
    let found = try Export.read.filter { try $0.network().scalesInputs }.map(\.name)
    #expect(
      Set(found.filter { $0.hasPrefix("sklearn") }) == [
        "sklearn-elastic", "sklearn-maxabs-regressor", "sklearn-minmax-mlp-2", "sklearn-pca",
        "sklearn-scaled-logistic-2", "sklearn-scaled-logistic-3", "sklearn-scaled-mlp",
        "sklearn-scaled-mlp-double",
      ])
    #expect(!found.contains { $0.hasPrefix("quantized") || $0.hasPrefix("torch-mlp") })
  }

  @Test("A quantised tensor's levels go to no operator of real numbers")
  func levels() {
    let text = refusal { model in
      model.initializers.append(
        .init(name: "one", shape: Shape([]), contents: .numbers(.float([1]))))
      model.nodes.insert(
        ONNXModel.Node(
          name: "steps", operation: "QuantizeLinear", inputs: ["x", "one"], outputs: ["q"]), at: 0)
      model.nodes.insert(
        ONNXModel.Node(name: "bend", operation: "Tanh", inputs: ["q"], outputs: ["t"]), at: 1)
      model.nodes[2].inputs[0] = "t"
    }
    #expect(text.contains("node 'bend' (Tanh) works on the quantised tensor 'q'"), "\(text)")
  }
}
