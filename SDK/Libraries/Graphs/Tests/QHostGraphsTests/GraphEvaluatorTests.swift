import QHostGraphs
import QHostInterfaces
import Testing

@Suite("The evaluation of graphs")
struct GraphEvaluatorTests {
  /// What one node gives.
  private func result(
    _ operation: String, _ operands: [Graph.Constant],
    _ attributes: [String: Graph.Attribute] = [:]
  ) throws -> GraphValue {
    var values = GraphValues()
    for constant in operands { values[constant.name] = GraphValue(constant) }
    try values.apply(
      Graph.Node(
        name: "node", operation: operation, inputs: operands.map(\.name), outputs: ["y"],
        attributes: attributes))
    return try #require(values["y"])
  }

  private func reals(_ name: String, _ shape: [Int], _ numbers: [Float]) -> Graph.Constant {
    Graph.Constant(name: name, shape: Shape(shape), elements: .float(numbers))
  }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch { return "\(error)" }
  }

  @Test("Shapes broadcast from the last extent on")
  func broadcasting() throws {
    let a = reals("a", [2, 1, 3], [1, 2, 3, 4, 5, 6])
    let sum = try result("Add", [a, reals("b", [2, 1], [10, 20])])
    #expect(sum.shape == [2, 2, 3])
    #expect(sum.numbers == [11, 12, 13, 21, 22, 23, 14, 15, 16, 24, 25, 26])
    #expect(try result("Sub", [reals("b", [], [1]), a]).numbers == [0, -1, -2, -3, -4, -5])
    #expect(
      message { _ = try result("Mul", [a, reals("b", [2], [1, 2])]) }.contains("do not go together")
    )
  }

  @Test("Extents change their places, and numbers with them")
  func transposition() throws {
    let a = reals("a", [1, 2, 3], [1, 2, 3, 4, 5, 6])
    let turned = try result("Transpose", [a], ["perm": .integers([0, 2, 1])])
    #expect(turned.shape == [1, 3, 2] && turned.numbers == [1, 4, 2, 5, 3, 6])
    #expect(
      message { _ = try result("Transpose", [a], ["perm": .integers([0, 1, 1])]) }
        .contains("has the order [0, 1, 1]"))
  }

  @Test("Numbers round to the nearest, halves to even")
  func rounding() throws {
    let a = reals("a", [6], [-1.5, -0.5, 0.5, 1.5, 2.5, 0.51])
    #expect(try result("Round", [a]).numbers == [-2, 0, 0, 2, 2, 1])
    let one = reals("a", [1], [1])
    #expect(abs(try result("Erf", [one]).numbers[0] - 0.842_700_79) < 1e-7)
    #expect(try result("Log", [one]).numbers == [0])
  }

  @Test("Groups of channels have their own filters, and taps may lie apart")
  func groups() throws {
    let image = reals("x", [1, 2, 1, 4], [1, 2, 3, 4, 10, 20, 30, 40])
    let weights = reals("w", [2, 1, 1, 2], [1, 1, 1, -1])
    let sums = try result(
      "Conv", [image, weights], ["group": .integers([2]), "dilations": .integers([1, 2])])
    #expect(sums.shape == [1, 2, 1, 2] && sums.numbers == [4, 6, -20, -20])
    let padded = try result(
      "Conv", [image, weights],
      ["group": .integers([2]), "dilations": .integers([1, 2]), "pads": .integers([0, 1, 0, 2])])
    #expect(padded.numbers == [2, 4, 6, 3, 4, -20, -20, -20, 30, 40])
  }

  @Test("Integers divide towards 0, wrap around, and are not divided by 0")
  func wholeNumbers() throws {
    func int32(_ name: String, _ numbers: [Int32]) -> Graph.Constant {
      Graph.Constant(name: name, shape: Shape([numbers.count]), elements: .int32(numbers))
    }
    #expect(
      try result("Div", [int32("a", [7, -7, 9]), int32("b", [2, 2, 3])]).numbers == [3, -3, 3])
    #expect(
      try result("Add", [int32("a", [.max]), int32("b", [1])]).numbers == [Double(Int32.min)])
    #expect(
      message { _ = try result("Div", [int32("a", [1]), int32("b", [0])]) }.contains("by 0"))
    let bytes = Graph.Constant(name: "a", shape: Shape([2]), elements: .int8([-2, 5]))
    #expect(try result("Cast", [bytes], ["to": .integers([2])]).numbers == [254, 5])
    #expect(
      message { _ = try result("Add", [int32("a", [1]), reals("b", [1], [1])]) }
        .contains("two types"))
  }

  @Test("Quantisation rounds halves to even and saturates; its inverse has a scale for each column")
  func quantisation() throws {
    let x = reals("x", [1, 6], [-1, 0.5, 1.5, 2.5, 400, 3.6])
    let levels = try result("QuantizeLinear", [x, reals("scale", [], [1])])
    #expect(levels.type == .uint8 && levels.numbers == [0, 0, 2, 2, 255, 4])
    let weights = Graph.Constant(name: "w", shape: Shape([2, 2]), elements: .int8([1, 2, 3, -4]))
    let real = try result(
      "DequantizeLinear", [weights, reals("scale", [2], [0.5, 2])], ["axis": .integers([1])])
    #expect(real.type == .float && real.numbers == [0.5, 4, 1.5, -8])
  }

  @Test("Products, tables and windows by hand")
  func layers() throws {
    let a = reals("a", [2, 2], [1, 2, 3, 4])
    let (w, b) = (reals("w", [2, 2], [1, 10, 100, 1000]), reals("b", [2], [0.5, -0.5]))
    #expect(try result("Gemm", [a, w, b]).numbers == [201.5, 2009.5, 403.5, 4029.5])
    #expect(
      try result("Gemm", [a, w, b], ["transB": .integers([1])]).numbers
        == [21.5, 2099.5, 43.5, 4299.5])
    let places = Graph.Constant(name: "i", shape: Shape([3]), elements: .int64([1, -1, 0]))
    #expect(try result("Gather", [b, places]).numbers == [-0.5, -0.5, 0.5])
    let image = reals("x", [1, 1, 2, 3], [1, 2, 3, 4, 5, 6])
    let kernel = reals("k", [1, 1, 2, 2], [1, 10, 100, 1000])
    let sums = try result("Conv", [image, kernel], ["pads": .integers([0, 0, 1, 0])])
    #expect(sums.shape == [1, 1, 2, 2] && sums.numbers == [5421, 6532, 54, 65])
    let pool = try result(
      "MaxPool", [image], ["kernel_shape": .integers([2, 2]), "strides": .integers([2, 1])])
    #expect(pool.numbers == [5, 6])
  }

  @Test("Refuses what is not known or cannot be, with the node")
  func refusals() throws {
    let x = reals("x", [1, 2], [1, 2])
    #expect(message { _ = try result("LSTM", [x]) }.contains("LSTM (node 'node')"))
    #expect(message { _ = try result("Gemm", [x]) }.contains("too few"))
    #expect(
      message { _ = try result("Gemm", [x, reals("w", [3, 1], [1, 2, 3])]) }.contains("1×2"))
    let far = Graph.Constant(name: "i", shape: Shape([1]), elements: .int64([2]))
    let table = reals("t", [2], [1, 2])
    #expect(message { _ = try result("Gather", [table, far]) }.contains("entry 2"))
    let huge = Graph.Constant(name: "s", shape: Shape([2]), elements: .int64([1 << 40, 1 << 40]))
    #expect(message { _ = try result("Reshape", [x, huge]) }.contains("too large"))
    let graph = Graph(
      input: "x", output: "y", inputShape: Shape([2]), outputShape: Shape([2]),
      nodes: [Graph.Node(name: "n", operation: "Add", inputs: ["x", "w"], outputs: ["y"])],
      constants: [])
    #expect(
      message { _ = try GraphEvaluator(graph).outputs(inputs: [1, 2], rowCount: 1) }
        .contains("takes 'w'"))
    #expect(
      message { _ = try GraphEvaluator(graph).outputs(inputs: [1, 2, 3], rowCount: 1) }
        .contains("3 inputs for 1 rows"))
  }
}
