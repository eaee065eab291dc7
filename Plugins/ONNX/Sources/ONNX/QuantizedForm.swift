internal import QHostInterfaces

/// A network of integers with its layers as DequantizeLinear, Gemm and QuantizeLinear, which runtimes fuse to
/// one product of bytes each.
///
/// A hidden unit's place in its table is p = clamp(⌊(a + off) / 2^s⌋, 0, 255), a = Σ_i q_i h_i. QuantizeLinear rounds to the
/// nearest, halves to even, and saturates at 0 and 255. With
///
///     v = (Σ_i 2q_i h_i + 2 off − (2^s − 1)) / 2^(s+1) = (a + off)/2^s − 1/2 + 1/2^(s+1)
///
/// v is never halfway between two integers, and round(v) = ⌊(a + off) / 2^s⌋. So weights are 2q of scale
/// 2^−(s+1), biases 2 off − (2^s − 1) of the same scale, and outputs of scale 1. Every number in between is a
/// multiple of 2^−(s+1) below 2^24 of them: exact in single precision, whether a runtime fuses or not. Tables stay
/// Gather: no activation of ONNX has their values.
struct QuantizedForm {
  private let constants: [String: Graph.Constant]
  private let source: Graph
  private var result: Graph
  private var place = 0

  /// The largest weight whose double is a byte.
  private static let largestWeight = 63

  init(_ graph: Graph) throws(ComponentError) {
    guard graph.nodes.contains(where: { $0.operation == "MatMulInteger" }) else {
      throw .unsupported(
        "target.form = qdq is for networks of integers, and this one has real numbers; use target.form = "
          + "exact, or train model 'integer-mlp'")
    }
    source = graph
    constants = Dictionary(graph.constants.map { ($0.name, $0) }) { first, _ in first }
    result = graph
    result.nodes = []
    result.constants = []
  }

  /// The network in its new form.
  mutating func graph() throws(ComponentError) -> Graph {
    while place < source.nodes.count {
      let node = source.nodes[place]
      switch node.operation {
      case "MatMulInteger": try layer()
      case "Cast" where isLevels(node): try levels(node)
      default:
        keep(node)
        place += 1
      }
    }
    return result
  }

  /// Whether it makes levels of the real inputs, which lie in 0 … 255 already.
  private func isLevels(_ node: Graph.Node) -> Bool {
    guard node.attributes["to"] == .integers([2]), place > 0 else { return false }
    return source.nodes[place - 1].operation == "Clip"
  }

  private mutating func keep(_ node: Graph.Node) {
    result.nodes.append(node)
    for name in node.inputs {
      guard let constant = constants[name] else { continue }
      _ = use(constant)
    }
  }

  private mutating func use(_ constant: Graph.Constant) -> String {
    if !result.constants.contains(where: { $0.name == constant.name }) {
      result.constants.append(constant)
    }
    return constant.name
  }

  private mutating func add(
    _ operation: String, _ inputs: [String], _ output: String,
    _ attributes: [String: Graph.Attribute] = [:]
  ) {
    result.nodes.append(
      Graph.Node(
        name: output, operation: operation, inputs: inputs, outputs: [output],
        attributes: attributes))
  }

  private mutating func one() -> String {
    use(Graph.Constant(name: "quantum", shape: Shape([]), elements: .float([1])))
  }

  private mutating func levels(_ node: Graph.Node) throws(ComponentError) {
    add("QuantizeLinear", [node.inputs[0], one()], node.outputs[0])
    place += 1
  }

  /// The next node, which must have an operator, and what it takes of constants.
  private mutating func take(
    _ operation: String
  ) throws(ComponentError) -> (node: Graph.Node, constant: Graph.Constant) {
    guard place < source.nodes.count, source.nodes[place].operation == operation,
      let constant = source.nodes[place].inputs.compactMap({ constants[$0] }).first
    else {
      let found = place < source.nodes.count ? "node '\(source.nodes[place].name)'" : "the end"
      throw .unsupported(
        "target.form = qdq expects \(operation) with a constant where the model's graph has \(found); use "
          + "target.form = exact")
    }
    place += 1
    return (source.nodes[place - 1], constant)
  }

  private mutating func layer() throws(ComponentError) {
    let (product, weight) = try take("MatMulInteger")
    let (sum, offset) = try take("Add")
    guard case .int8(let weights) = weight.elements, case .int32(let offsets) = offset.elements,
      weight.shape.extents.count == 2, weight.shape.extents[1] == offsets.count
    else {
      throw .unsupported("node '\(product.name)' has weights and offsets of unknown types")
    }
    let isHidden = place < source.nodes.count && source.nodes[place].operation == "Max"
    guard isHidden else {
      gemm(product, weight, weights, offsets.map { $0 }, [1], to: sum.outputs[0])
      return
    }
    _ = try take("Max")
    let divisors = try divisors(count: offsets.count)
    let (last, _) = try take("Min")
    if let large = weights.first(where: { abs(Int($0)) > Self.largestWeight }) {
      throw .unsupported(
        "target.form = qdq doubles weights, and constant '\(weight.name)' has one of \(large), beyond "
          + "\(Self.largestWeight); use target.form = exact, or at most 127 levels")
    }
    let real = sum.outputs[0] + ".real"
    gemm(
      product, weight, weights.map { 2 * $0 }, zip(offsets, divisors).map { 2 * $0 - ($1 - 1) },
      divisors.map { 0.5 / Float($0) }, to: real)
    let level = last.outputs[0] + ".byte"
    add("QuantizeLinear", [real, one()], level)
    add("Cast", [level], last.outputs[0], ["to": .integers([6])])
  }

  private mutating func divisors(count: Int) throws(ComponentError) -> [Int32] {
    let (node, constant) = try take("Div")
    guard case .int32(let divisors) = constant.elements, divisors.count == count,
      divisors.allSatisfy({ $0 > 0 && $0 & ($0 - 1) == 0 && $0 <= 0x8000 })
    else {
      throw .unsupported("node '\(node.name)' divides by others than powers of two for each unit")
    }
    return divisors
  }

  /// Bytes and 32-bit biases of scales, through DequantizeLinear to a Gemm.
  private mutating func gemm(
    _ product: Graph.Node, _ weight: Graph.Constant, _ weights: [Int8], _ biases: [Int32],
    _ scales: [Float], to output: String
  ) {
    let name = product.name
    let units = biases.count
    let scale = use(
      Graph.Constant(
        name: name + ".scale", shape: Shape([units]),
        elements: .float(scales.count == units ? scales : Array(repeating: scales[0], count: units))
      ))
    let bytes = use(
      Graph.Constant(name: weight.name, shape: weight.shape, elements: .int8(weights)))
    let bias = use(
      Graph.Constant(name: name + ".bias", shape: Shape([units]), elements: .int32(biases)))
    add("DequantizeLinear", [product.inputs[0], one()], name + ".input")
    add("DequantizeLinear", [bytes, scale], name + ".weights", ["axis": .integers([1])])
    add("DequantizeLinear", [bias, scale], name + ".biases", ["axis": .integers([0])])
    add("Gemm", [name + ".input", name + ".weights", name + ".biases"], output)
  }
}
