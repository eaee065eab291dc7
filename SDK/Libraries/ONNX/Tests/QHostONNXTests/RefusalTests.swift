import QHostInterfaces
import QHostONNX
import Testing

@Suite("What is not read of an ONNX file")
struct RefusalTests {
  /// A network of one layer, changed.
  private func refusal(_ change: (inout ONNXModel) -> Void) throws -> String {
    let graph = Graph(
      input: "x", output: "y", inputShape: Shape([2]), outputShape: Shape([2]),
      nodes: [
        Graph.Node(
          name: "layer", operation: "Gemm", inputs: ["x", "w", "b"], outputs: ["z"],
          attributes: ["transB": .integers([1])]),
        Graph.Node(name: "bend", operation: "Tanh", inputs: ["z"], outputs: ["y"]),
      ],
      constants: [
        Graph.Constant(name: "w", shape: Shape([2, 2]), elements: .float([1, 2, 3, 4])),
        Graph.Constant(name: "b", shape: Shape([2]), elements: .float([5, 6])),
      ])
    var model = ONNXModel(graph, name: "test")
    #expect(
      message { _ = try ONNXNetwork(decoding: model.encoded, file: "net.onnx") } == "")
    change(&model)
    let text = message { _ = try ONNXNetwork(decoding: model.encoded, file: "net.onnx") }
    #expect(text.hasPrefix("'net.onnx': ") && !text.contains("\n"), "\(text)")
    return text
  }

  @Test("Files of others")
  func noFile() {
    for text in ["", "hello, world", "{\"json\": 1}", "\u{89}PNG\r\n\u{1A}\n"] {
      let refusal = message { _ = try ONNXNetwork(decoding: Array(text.utf8), file: "a.onnx") }
      #expect(refusal.hasPrefix("'a.onnx': it is ") && refusal.contains("ONNX file"), "\(refusal)")
    }
  }

  @Test("Versions that are not known, with those that are")
  func versions() throws {
    #expect(try refusal { $0.operatorSets[""] = 29 }.contains("operator set 29, and sets 9 to 28"))
    #expect(try refusal { $0.operatorSets[""] = 8 }.contains("operator set 8"))
    #expect(try refusal { $0.operatorSets = [:] }.contains("names no version"))
    #expect(try refusal { $0.version = 15 }.contains("IR version 15, and versions 3 to 14"))
  }

  @Test("Extents that are open, besides the batch")
  func extents() throws {
    #expect(
      try refusal { $0.inputs[0].extents = [.open("N"), .open("width")] }
        .contains("extent 2 ('width') of input 'x' is open"))
    #expect(try refusal { $0.inputs[0].extents = nil }.contains("input 'x' has no shape"))
    #expect(try refusal { $0.inputs[0].elementType = 10 }.contains("ONNX's type 10"))
    #expect(
      try refusal { $0.inputs[0].extents = [.open("N"), .fixed(3)] }
        .contains("node 'layer' (Gemm) cannot multiply 1×3 with 2×2"))
  }

  @Test("Operators that are not known, with their node")
  func operators() throws {
    #expect(
      try refusal { $0.nodes[1].operation = "LSTM" }.contains("operator LSTM (node 'bend')"))
    #expect(
      try refusal { $0.nodes[0].domain = "com.maker" }
        .contains("operator com.maker.Gemm (node 'layer')"))
    #expect(
      try refusal { $0.nodes[0].attributes["transA"] = .integer(1) }
        .contains("attribute transA of node 'layer'"))
  }

  @Test("Values that are absent or given twice")
  func values() throws {
    #expect(
      try refusal { $0.initializers.removeLast() }
        .contains("node 'layer' (Gemm) takes 'b', which is neither"))
    #expect(try refusal { $0.nodes.swapAt(0, 1) }.contains("takes 'z'"))
    #expect(
      try refusal { $0.initializers.append($0.initializers[0]) }.contains("'w' is given twice"))
    #expect(try refusal { $0.outputs[0].name = "q" }.contains("output 'q'"))
    #expect(try refusal { $0.outputs = [] }.contains("no output"))
  }

  @Test("Several inputs or outputs, with their names")
  func several() throws {
    #expect(
      try refusal { model in
        var other = model.inputs[0]
        other.name = "x2"
        model.inputs.append(other)
      }.contains("2 inputs ('x', 'x2')"))
    #expect(
      try refusal { model in
        var other = model.outputs[0]
        other.name = "z"
        model.outputs.append(other)
      }.contains("2 outputs, 'y', 'z'"))
  }

  @Test("Weights that are not numbers, do not fill their shape, or lie elsewhere")
  func weights() throws {
    #expect(
      try refusal { $0.initializers[0].contents = .numbers(.float([1, 2, .nan, 4])) }
        .contains("initializer 'w' is nan at 2"))
    #expect(
      try refusal { $0.initializers[0].contents = .numbers(.float([1, 2, 3])) }
        .contains("initializer 'w' has 3 numbers, and its shape is 2×2"))
    #expect(
      try refusal { $0.initializers[0].shape = Shape([-1, -4]) }.contains("impossible shape"))
    #expect(
      try refusal { $0.initializers[1].contents = .texts(["p", "q"]) }.contains("has texts"))
    #expect(
      try refusal { $0.initializers[1].shape = Shape([2, 1]) }
        .contains("node 'layer' (Gemm) has a bias 'b'"))
  }

  @Test("Data in another file, and element types that there is no place for")
  func tensors() throws {
    func tensor(_ body: (inout WireWriter) -> Void) -> [UInt8] {
      var writer = WireWriter()
      writer.integer(1, 8)
      writer.message(7) { graph in
        graph.message(1) { node in
          for name in ["x", "w"] { node.text(1, name) }
          node.text(2, "y")
          node.text(4, "MatMul")
        }
        graph.message(5, body)
        for (field, name) in [(11, "x"), (12, "y")] {
          graph.message(field) { value in
            value.text(1, name)
            value.message(2) { type in
              type.message(1) { tensor in
                tensor.integer(1, 1)
                tensor.message(2) { shape in
                  shape.message(1) { $0.text(2, "N") }
                  shape.message(1) { $0.integer(1, 1) }
                }
              }
            }
          }
        }
      }
      writer.message(8) { $0.integer(2, 17) }
      return writer.bytes
    }
    func refusal(_ type: Int, _ body: (inout WireWriter) -> Void) -> String {
      message {
        _ = try ONNXNetwork(
          decoding: tensor {
            $0.integers(1, [1, 1])
            $0.integer(2, type)
            $0.text(8, "w")
            body(&$0)
          }, file: "net.onnx")
      }
    }
    #expect(refusal(1) { $0.reals(4, [1]) } == "")
    #expect(refusal(11) { $0.data(10, [0, 0, 0, 0, 0, 0, 0xF0, 0x3F]) } == "")
    #expect(
      refusal(10) { $0.data(9, [0, 0x3C]) }
        .contains("initializer 'w' has elements of type float16"))
    #expect(refusal(2) { $0.data(9, [1]) }.contains("type uint8, which are read in quantised"))
    let elsewhere = refusal(1) { tensor in
      tensor.message(13) { entry in
        entry.text(1, "location")
        entry.text(2, "weights.bin")
      }
      tensor.integer(14, 1)
    }
    #expect(elsewhere.contains("initializer 'w' lies in another file, 'weights.bin'"))
    #expect(refusal(1) { $0.data(9, [0, 0, 0]) }.contains("3 bytes"))
    #expect(refusal(3) { $0.integers(5, [300]) }.contains("number 300"))
  }

  @Test("Classifiers along another axis, or with other names twice")
  func tails() throws {
    let text = try refusal { model in
      model.nodes[1].operation = "Softmax"
      model.nodes[1].attributes["axis"] = .integer(0)
    }
    #expect(text.contains("node 'bend' (Softmax) works along axis 0"))
  }
}
