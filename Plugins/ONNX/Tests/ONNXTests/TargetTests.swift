import ONNX
import QHostInterfaces
import QHostTesting
import Testing

@Suite("The target onnx")
struct TargetTests {
  private let none = Calibration(rowCount: 0, inputs: [])

  private func compile(
    _ graph: Graph, _ changes: [String: ParameterValue] = [:], host: TestHost = TestHost()
  ) throws -> CompiledModel {
    let target = try ONNXTarget(
      request: request(for: ONNXTarget.descriptor, changes, host: host))
    return try target.compile(graph, calibration: none)
  }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch { return "\(error)" }
  }

  private let linear = Graph(
    input: "input", output: "output", inputShape: Shape([2]), outputShape: Shape([1]),
    nodes: [
      Graph.Node(
        name: "layer", operation: "Gemm", inputs: ["input", "weight"], outputs: ["output"],
        attributes: ["transB": .integers([1])])
    ],
    constants: [
      Graph.Constant(name: "weight", shape: Shape([1, 2]), elements: .float([0.5, -2]))
    ])

  /// One hidden unit and one output with these weights.
  private func whole(hidden: Int8, output: Int8) -> Graph {
    var graph = Graph(
      input: "input", output: "output", inputShape: Shape([1]), outputShape: Shape([1]), nodes: [],
      constants: [])
    var value = "input"
    func append(_ operation: String, _ name: String, _ constants: [(String, Graph.Elements)]) {
      for (name, elements) in constants {
        let shape = name.hasSuffix("weight") ? [1, 1] : elements.count == 1 ? [1] : [256]
        graph.constants.append(
          Graph.Constant(name: name, shape: Shape(shape), elements: elements))
      }
      let names = constants.map(\.0)
      graph.nodes.append(
        Graph.Node(
          name: name, operation: operation,
          inputs: operation == "Gather" ? names + [value] : [value] + names, outputs: [name],
          attributes: operation == "Cast" ? ["to": .integers([2])] : [:]))
      value = name
    }
    append("Clip", "level", [("low", .float([0])), ("high", .float([255]))])
    append("Cast", "h", [])
    append("MatMulInteger", "a.sum", [("a.weight", .int8([hidden]))])
    append("Add", "a.offset.sum", [("a.offset", .int32([3]))])
    append("Max", "above", [("zero", .int32([0]))])
    append("Div", "shifted", [("divisor", .int32([4]))])
    append("Min", "place", [("last", .int32([255]))])
    append("Gather", "value", [("tables", .int8((0...255).map { Int8($0 / 2) }))])
    append("Cast", "h.0", [])
    append("MatMulInteger", "b.sum", [("b.weight", .int8([output]))])
    append("Add", "output", [("b.offset", .int32([0]))])
    return graph
  }

  @Test("writes one file, with names and figures")
  func file() throws {
    let compiled = try compile(linear, ["title": .text("my net")])
    #expect(compiled.artifacts.map(\.name) == ["model.onnx"])
    let bytes = compiled.artifacts[0].bytes
    let text = String(decoding: bytes, as: UTF8.self)
    for word in ["qhost", "my net", "Gemm", "weight", "qhost.form", "exact", "Maps rows of 2"] {
      #expect(text.contains(word), "\(word)")
    }
    let figures = Dictionary(uniqueKeysWithValues: compiled.figures.map { ($0.name, $0.value) })
    #expect(figures == ["bytes": Double(bytes.count), "nodes": 1, "constants": 2])
  }

  @Test("has the form qdq for integers only, up to weights whose doubles are bytes")
  func quantized() throws {
    let form: [String: ParameterValue] = ["form": .choice("qdq", index: 1)]
    let compiled = try compile(whole(hidden: 63, output: 127), form)
    let text = String(decoding: compiled.artifacts[0].bytes, as: UTF8.self)
    #expect(text.contains("QuantizeLinear") && !text.contains("MatMulInteger"))
    #expect(
      message { _ = try compile(linear, form) }.contains(
        "target.form = qdq is for networks of integers")
    )
    let refusal = message { _ = try compile(whole(hidden: -64, output: 1), form) }
    #expect(refusal.contains("'a.weight' has one of -64"), "\(refusal)")
    var other = whole(hidden: 1, output: 1)
    other.nodes[5].operation = "Mul"
    #expect(message { _ = try compile(other, form) }.contains("expects Div"))
  }

  @Test("warns where byte products may saturate")
  func saturation() throws {
    let (quiet, loud) = (TestHost(), TestHost())
    _ = try compile(whole(hidden: 64, output: 64), host: quiet)
    #expect(quiet.log.isEmpty)
    _ = try compile(whole(hidden: 65, output: 1), host: loud)
    #expect(loud.log.count == 1 && loud.log[0].contains("levels up to 255 and weights up to 65"))
  }

  @Test("refuses weights that are not numbers, and runs nothing")
  func refusals() throws {
    var broken = linear
    broken.constants[0].elements = .float([.infinity, 1])
    #expect(message { _ = try compile(broken) }.contains("constant 'weight' of the model is inf"))
    let target = try ONNXTarget(request: request(for: ONNXTarget.descriptor))
    let error = #expect(throws: ComponentError.self) {
      try target.execute(inputs: [1, 2], rowCount: 1)
    }
    #expect(error?.severity == .unsupported)
  }
}
