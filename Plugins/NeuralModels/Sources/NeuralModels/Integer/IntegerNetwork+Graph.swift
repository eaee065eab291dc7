internal import QHostInterfaces
internal import QHostNetworks

extension IntegerNetwork {
  /// ONNX's numbers of element types.
  private enum Element {
    static let float = 1
    static let uint8 = 2
  }

  /// The network at a point as operators that are exact in any runtime: what targets compile.
  ///
  /// ```
  /// Mul(input, 2^b), Floor, Clip(0, 2^b − 1), Cast uint8                the levels of the inputs
  /// MatMulInteger(uint8 [N × F], int8 [F × M]), Add(int32 [M])          sums with their offsets
  /// Max(0), Div(int32 [M]), Min(255)                                    places in the tables
  /// Add(256 j), Gather(int8 [256 M]), Cast uint8                        levels of the next layer
  /// MatMulInteger, Add, Cast float, Mul(float)                          outputs
  /// ```
  ///
  /// Division rounds down, as sums are not negative there. See Documentation/IntegerMLP.md.
  ///
  /// - Throws: when a sum may leave 16 bits.
  func graph(
    _ point: IntegerPoint, input: Shape, output: Shape
  ) throws(ComponentError) -> Graph {
    try checkSums(point)
    var graph = Graph(
      input: "input", output: "output", inputShape: input, outputShape: output, nodes: [],
      constants: [])
    var value = graph.input
    func append(
      _ operation: String, _ name: String, _ more: [String] = [],
      _ attributes: [String: Graph.Attribute] = [:]
    ) {
      graph.nodes.append(
        Graph.Node(
          name: name, operation: operation, inputs: [value] + more, outputs: [name],
          attributes: attributes))
      value = name
    }
    func constant(_ name: String, _ shape: [Int], _ elements: Graph.Elements) -> String {
      graph.constants.append(
        Graph.Constant(name: name, shape: Shape(shape), elements: elements))
      return name
    }
    if input.extents.count != 1 { append("Flatten", "flat", [], ["axis": .integers([1])]) }
    append("Mul", "input.scaled", [constant("input.factor", [], .float([Float(1 << inputBits)]))])
    append("Floor", "input.floor")
    append(
      "Clip", "input.level",
      [
        constant("input.lowest", [], .float([0])),
        constant("input.highest", [], .float([Float(highestInput(0))])),
      ])
    append("Cast", "h.input", [], ["to": .integers([Element.uint8])])
    let (lowest, last) = (
      constant("place.lowest", [], .int32([0])), constant("place.highest", [], .int32([255]))
    )
    for layer in 0..<layerCount {
      let (units, name) = (widths[layer + 1], "layers.\(layer)")
      let parts = LayerConstants(point, layer: layer)
      append(
        "MatMulInteger", "\(name).sum",
        [constant("\(name).weight", [widths[layer], units], .int8(parts.weights))])
      append(
        "Add", "\(name).offset.sum", [constant("\(name).offset", [units], .int32(parts.offsets))])
      guard layer + 1 < layerCount else { break }
      append("Max", "\(name).above", [lowest])
      append(
        "Div", "\(name).shifted", [constant("\(name).divisor", [units], .int32(parts.divisors))])
      append("Min", "\(name).place", [last])
      let starts = (0..<units).map { Int32(256 * $0) }
      append("Add", "\(name).index", [constant("\(name).start", [units], .int32(starts))])
      let tables = constant("\(name).tables", [256 * units], .int8(parts.tables))
      graph.nodes.append(
        Graph.Node(
          name: "\(name).value", operation: "Gather", inputs: [tables, value],
          outputs: ["\(name).value"]))
      value = "\(name).value"
      append("Cast", "h.\(layer)", [], ["to": .integers([Element.uint8])])
    }
    graph.constants += learningConstants
    append("Cast", "z", [], ["to": .integers([Element.float])])
    append("Mul", graph.output, [constant("scale", [], .float([point.scale]))])
    return graph
  }
}

extension IntegerNetwork {
  /// What a target needs to know that learns on, beside what nodes take: bounds, and the level that stands for 0.
  ///
  /// Lattices whose sites are not the weights themselves have none.
  private var learningConstants: [Graph.Constant] {
    guard !lattices.contains(where: \.isPowers) else { return [] }
    return (0..<layerCount).flatMap { layer -> [Graph.Constant] in
      let bias = bounds(.bias(layer: layer, unit: 0)) ?? 0...0
      let numbers = [
        ("weight.range", [-lattices[layer].last, lattices[layer].last]),
        ("bias.range", [bias.lowerBound, bias.upperBound]), ("zero.doubled", [doubleZero(layer)]),
      ]
      return numbers.map { name, values in
        Graph.Constant(
          name: "layers.\(layer).\(name)", shape: Shape([values.count]),
          elements: .int32(values.map { Int32($0) }))
      }
    }
  }
}

/// The numbers of one layer as a graph has them.
private struct LayerConstants {
  /// [inputs × units].
  var weights: [Int8] = []
  /// [units].
  var offsets: [Int32] = []
  /// 2^shift, [units].
  var divisors: [Int32] = []
  /// [units × 256].
  var tables: [Int8] = []

  init(_ point: IntegerPoint, layer: Int) {
    let network = point.network
    for input in 0..<network.widths[layer] {
      for unit in 0..<network.widths[layer + 1] {
        weights.append(Int8(point.weight(layer, unit, input)))
      }
    }
    for unit in 0..<network.widths[layer + 1] {
      let made = point.unit(layer, unit)
      offsets.append(Int32(made.offset))
      guard layer + 1 < network.layerCount else { continue }
      let table = network.tables[made.table]
      divisors.append(1 << Int32(table.shift))
      tables += table.values.map { Int8($0) }
    }
  }
}
