import QHostInterfaces
import QHostONNX
import Testing

@Suite("ONNX models as files")
struct ONNXModelTests {
  private func sample() -> ONNXModel {
    let graph = Graph(
      input: "x", output: "y", inputShape: Shape([2, 3]), outputShape: Shape([4]), nodes: [],
      constants: [
        Graph.Constant(
          name: "a", shape: Shape([3]), elements: .float([1.5, -0.0, .leastNonzeroMagnitude])),
        Graph.Constant(name: "b", shape: Shape([]), elements: .int64([.min])),
        Graph.Constant(name: "c", shape: Shape([1, 2]), elements: .int32([.max, -1])),
        Graph.Constant(name: "d", shape: Shape([2, 1]), elements: .int8([-128, 127])),
        Graph.Constant(name: "none", shape: Shape([0]), elements: .float([])),
      ])
    var model = ONNXModel(graph, name: "größe")
    model.initializers.append(
      ONNXModel.Tensor(name: "e", shape: Shape([2]), contents: .texts(["x", ""])))
    model.initializers.append(
      ONNXModel.Tensor(name: "f", shape: Shape([3]), contents: .bytes([0, 7, 255])))
    var node = ONNXModel(
      Graph(
        input: "x", output: "y", inputShape: Shape([1]), outputShape: Shape([1]),
        nodes: [
          Graph.Node(
            name: "n", operation: "Conv", inputs: ["x", "", "a"], outputs: ["y", "z"],
            attributes: [
              "axis": .integers([-1]), "pads": .integers([3]), "alpha": .reals([0.25]),
              "list": .reals([1, 2]), "mode": .text("SAME"),
            ])
        ], constants: []), name: ""
    ).nodes[0]
    node.domain = "other"
    node.attributes["tensor"] = .tensor(model.initializers[0])
    node.attributes["texts"] = .texts(["p", "q"])
    model.nodes = [node]
    model.producer = "qhost"
    model.producerVersion = "1"
    model.documentation = "for people"
    model.metadata = ["key": "value", "other": ""]
    model.operatorSets["other"] = 3
    return model
  }

  @Test("What was written is read, with every kind of attribute and tensor")
  func roundTrip() throws {
    let model = sample()
    #expect(model.nodes[0].attributes["axis"] == .integer(-1))
    #expect(model.nodes[0].attributes["pads"] == .integers([3]))
    #expect(try ONNXModel(decoding: model.encoded) == model)
    #expect(model.encoded == sample().encoded)
  }

  @Test("Inputs and outputs have an open batch")
  func batch() {
    let model = sample()
    #expect(model.inputs[0].extents == [.open("N"), .fixed(2), .fixed(3)])
    #expect(model.outputs[0].extents == [.open("N"), .fixed(4)])
    #expect(model.version == 8 && model.operatorSets[""] == 17)
  }
}
