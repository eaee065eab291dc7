import C99
import QHostInterfaces
import QHostTesting
import Testing

@Suite("What c99 does not support")
struct RefusalTests {
  private func refusal(_ graph: Graph) -> String { message { _ = try compiled(graph) } }

  private var layer: Graph {
    var builder = GraphBuilder([4])
    let weights = builder.constant([3, 4], .float(numbers(12, seed: 1)))
    builder.append("Gemm", [weights], with: ["transB": .integers([1])])
    builder.append("Tanh")
    return builder.finished(3)
  }

  @Test("is an operator that is not known, with its node and the layer before")
  func unknown() {
    var graph = layer
    graph.nodes[1].operation = "Softmax"
    let said = refusal(graph)
    #expect(said.contains("Softmax") && said.contains("'node.1'") && said.contains("'node.0'"))
    graph.nodes[0].operation = "LSTM"
    #expect(refusal(graph).contains("LSTM") && refusal(graph).contains("the input"))
  }

  @Test("are shapes that do not fit, or are not known")
  func shapes() {
    var graph = layer
    graph.inputShape = Shape([5])
    #expect(refusal(graph).contains("'node.0' (Gemm) has weights for 4 inputs"))
    graph.inputShape = Shape([0])
    #expect(refusal(graph).contains("known and not empty"))
    graph = layer
    graph.outputShape = Shape([4])
    #expect(refusal(graph).contains("the model's output is float 1×3"))
    graph = layer
    graph.constants[0].shape = Shape([3, 5])
    #expect(refusal(graph).contains("'constant.0' of the model has 12 numbers"))
    var builder = GraphBuilder([4])
    builder.append("Add", [builder.constant([3], .float([1, 2, 3]))])
    #expect(refusal(builder.finished(4)).contains("do not go together"))
    builder = GraphBuilder([4])
    builder.append("Reshape", [builder.constant([2], .int64([0, 5]))])
    #expect(refusal(builder.finished(4)).contains("'node.0' (Reshape)"))
    builder = GraphBuilder([4])
    builder.append("Reshape", ["input"])
    #expect(refusal(builder.finished(4)).contains("whose shape is not a constant"))
    builder = GraphBuilder([1 << 20, 1 << 20])
    builder.append("Tanh")
    #expect(refusal(builder.finished(4)).contains("more than 2^28"))
  }

  @Test("are weights that are not numbers")
  func numbersThatAreNone() {
    var graph = layer
    graph.constants[0].elements = .float([.nan] + Array(repeating: 1, count: 11))
    #expect(refusal(graph).contains("constant 'constant.0' of the model is nan at 0"))
  }

  @Test("are sums and constants that 32 bits do not hold, with the unit")
  func tooLarge() {
    var builder = GraphBuilder([80_000])
    builder.append("Mul", [builder.real(256)])
    builder.append("Clip", [builder.real(0), builder.real(255)])
    builder.append("Cast", with: ["to": .integers([2])])
    let weights = [Int8](repeating: 1, count: 80_000) + [Int8](repeating: 127, count: 80_000)
    let ordered = (0..<160_000).map { weights[$0 % 2 * 80_000 + $0 / 2] }
    builder.append("MatMulInteger", [builder.constant([80_000, 2], .int8(ordered))])
    builder.append("Cast", with: ["to": .integers([1])])
    let said = refusal(builder.finished(2))
    #expect(said.contains("unit 1 of node 'node.3' (MatMulInteger) may be 0 to 2590800000"))
    builder = GraphBuilder([2])
    builder.append("Reshape", [builder.constant([2], .int64([0, 1 << 40]))])
    #expect(refusal(builder.finished(2)).contains("1099511627776 at 1"))
  }

  @Test("is a conversion or an index that nothing holds within bounds")
  func bounds() {
    var builder = GraphBuilder([2])
    builder.append("Cast", with: ["to": .integers([2])])
    builder.append("Cast", with: ["to": .integers([1])])
    #expect(refusal(builder.finished(2)).contains("clip it before"))
    builder = GraphBuilder([2])
    builder.append("Clip", [builder.real(0), builder.real(4)])
    builder.append("Cast", with: ["to": .integers([7])])
    builder.append("Gather", inputs: [builder.constant([4], .float([1, 2, 3, 4])), builder.value])
    let said = refusal(builder.finished(2))
    #expect(said.contains("may be 0 to 4") && said.contains("has 4 numbers"))
    builder = GraphBuilder([2])
    builder.append("Clip", [builder.real(0), builder.real(4)])
    builder.append("Cast", with: ["to": .integers([7])])
    builder.append("Div", [builder.constant([2], .int64([1, 0]))])
    builder.append("Cast", with: ["to": .integers([1])])
    #expect(refusal(builder.finished(2)).contains("divides by what may be 0"))
  }

  @Test("are values that nothing gives, or two nodes give")
  func wiring() {
    var graph = layer
    graph.nodes[1].inputs = ["nothing"]
    #expect(refusal(graph).contains("takes 'nothing', which nothing before it gives"))
    graph = layer
    graph.nodes[1].outputs = ["node.0"]
    #expect(refusal(graph).contains("called 'node.0'"))
    graph = layer
    graph.output = "else"
    #expect(refusal(graph).contains("its output 'else'"))
  }

  @Test("are names, rows and settings that cannot be")
  func settings() throws {
    for name in ["", "7up", "my-net", "main", "ä"] {
      let said = message { _ = try compiled(layer, ["name": .text(name)]) }
      #expect(said.contains("target.name = '\(name)'"))
    }
    let made = try target()
    #expect(message { _ = try made.execute(inputs: [1], rowCount: 1) }.contains("compile"))
    let bad = Calibration(rowCount: 2, inputs: [1, 2, 3])
    #expect(message { _ = try made.compile(layer, calibration: bad) }.contains("3 numbers"))
  }

  @Test(
    "is refused by the compiler with its own words",
    .enabled(if: Toolchain.has("cc"), "there is no C compiler"))
  func compiler() throws {
    let said = message {
      _ = try compiled(layer, ["compiler": .text("cc"), "flags": .text("-O2 -no-such-flag")])
    }
    #expect(said.contains("-no-such-flag") && said.contains("target.flags"))
    let made = try target()
    _ = try made.compile(layer, calibration: Calibration(rowCount: 0, inputs: []))
    let none = message { _ = try made.execute(inputs: [1, 2, .nan, 4], rowCount: 1) }
    #expect(none.contains("row 1, feature 3"))
  }
}
