internal import QHostGraphs
internal import QHostInterfaces

/// Nodes that work on constants alone, shapes above all, are worked out here.
extension NetworkBuilder {
  /// What stands for the number of rows in a shape, where that is open.
  static let openExtent: Int64 = -(1 << 50)

  /// Operators that only move numbers, of which the number of rows may be one.
  private static let moving: Set = [
    "Identity", "Cast", "Gather", "Unsqueeze", "Squeeze", "Concat", "Slice", "Reshape",
  ]
  private static let evaluated: [String: Set<String>] = [
    "Add": [], "Sub": [], "Mul": [], "Div": [], "Min": [], "Max": [], "Neg": [], "Abs": [],
    "Sqrt": [], "Exp": [], "Log": [], "Floor": [], "Gather": ["axis"], "Cast": ["to"],
    "Transpose": ["perm"], "Reshape": ["allowzero"], "Flatten": ["axis"],
  ]

  /// Makes a constant of the node's output, where all its inputs are.
  ///
  /// - Returns: whether it did.
  mutating func fold(_ node: ONNXModel.Node) throws(ComponentError) -> Bool {
    guard let output = node.outputs.first, !node.inputs.isEmpty,
      Self.moving.contains(node.title) || Self.evaluated[node.title] != nil
    else { return false }
    var operands: [Graph.Constant] = []
    for (place, name) in node.inputs.enumerated() where !name.isEmpty {
      if quantized.weights[name] == nil, case .bytes? = initializers[name]?.contents {
        return false
      }
      guard case .constant(let constant)? = try operand(node, place) else { return false }
      operands.append(constant)
    }
    guard !operands.isEmpty else { return false }
    if !Self.moving.contains(node.title), operands.contains(where: Self.hasOpenExtent) {
      throw .unsupported(
        "node '\(node.name)' (\(node.title)) computes with the number of rows of a batch; export a network "
          + "whose shapes have it as their first extent only")
    }
    guard let constant = try folded(node, operands) else { return false }
    define(output, constant)
    return true
  }

  static func hasOpenExtent(_ constant: Graph.Constant) -> Bool {
    guard case .int64(let numbers) = constant.elements else { return false }
    return numbers.contains(openExtent)
  }

  private func folded(
    _ node: ONNXModel.Node, _ operands: [Graph.Constant]
  ) throws(ComponentError) -> Graph.Constant? {
    let first = operands[0]
    switch node.title {
    case "Identity": return first
    case "Cast" where Self.hasOpenExtent(first): return first
    case "Unsqueeze", "Squeeze":
      let shape = first.shape.extents
      let axes = try axes(node)
      return Graph.Constant(
        name: first.name,
        shape: Shape(
          node.title == "Squeeze"
            ? squeezed(shape, axes ?? shape.indices.filter { shape[$0] == 1 })
            : unsqueezed(shape, axes ?? [])), elements: first.elements)
    case "Concat":
      guard operands.allSatisfy({ $0.shape.extents.count == 1 }) else { return nil }
      let numbers = operands.flatMap { $0.elements.wholeNumbers ?? [] }
      guard numbers.count == operands.reduce(0, { $0 + $1.shape.count }) else { return nil }
      return Graph.Constant(
        name: first.name, shape: Shape([numbers.count]),
        elements: .int64(numbers.map { Int64($0) }))
    case "Slice": return try sliced(node, first)
    default: return try evaluated(node, operands)
    }
  }

  /// The part of a list of integers.
  private func sliced(
    _ node: ONNXModel.Node, _ constant: Graph.Constant
  ) throws(ComponentError) -> Graph.Constant? {
    func bound(_ place: Int, _ name: String, _ standard: Int) throws(ComponentError) -> Int {
      if case .integers(let values) = node.attributes[name] { return values.first ?? standard }
      guard case .constant(let given)? = try operand(node, place) else { return standard }
      return given.elements.wholeNumbers?.first ?? standard
    }
    guard let numbers = constant.elements.wholeNumbers, constant.shape.extents.count == 1,
      try bound(4, "steps", 1) == 1
    else { return nil }
    func placed(_ place: Int) -> Int {
      min(max(place < 0 ? place + numbers.count : place, 0), numbers.count)
    }
    let start = placed(try bound(1, "starts", 0))
    let part = numbers[start..<max(start, placed(try bound(2, "ends", numbers.count)))]
    return Graph.Constant(
      name: constant.name, shape: Shape([part.count]), elements: .int64(part.map { Int64($0) }))
  }

  private func evaluated(
    _ node: ONNXModel.Node, _ operands: [Graph.Constant]
  ) throws(ComponentError) -> Graph.Constant? {
    guard let known = Self.evaluated[node.title] else { return nil }
    var (values, attributes) = (GraphValues(), [String: Graph.Attribute]())
    for (place, operand) in operands.enumerated() { values["\(place)"] = GraphValue(operand) }
    for name in known {
      switch node.attributes[name] {
      case .integer(let value):
        attributes[name] = .integers([name == "to" && value == 11 ? 1 : value])
      case .integers(let list): attributes[name] = .integers(list)
      default: break
      }
    }
    try values.apply(
      Graph.Node(
        name: node.name, operation: node.operation, inputs: operands.indices.map { "\($0)" },
        outputs: ["result"], attributes: attributes))
    guard let result = values["result"] else { return nil }
    let elements: Graph.Elements
    switch result.type {
    case .float: elements = .float(result.numbers.map { Float($0) })
    case .int8: elements = .int8(result.numbers.map { Int8($0) })
    case .int32: elements = .int32(result.numbers.map { Int32($0) })
    case .int64: elements = .int64(result.numbers.map { Int64($0) })
    case .uint8, .bool: return nil
    }
    return Graph.Constant(
      name: operands[0].name, shape: Shape(result.shape), elements: elements)
  }

  /// The extents of a value, or some of them, as a constant.
  mutating func convertShape(_ node: ONNXModel.Node) throws(ComponentError) {
    var extents: [Int64]
    switch try operand(node, 0) {
    case .constant(let constant): extents = constant.shape.extents.map { Int64($0) }
    case .value(let name):
      extents = (values[name]?.shape ?? []).map { Int64($0) }
      if !extents.isEmpty { extents[0] = batch.map { Int64($0) } ?? Self.openExtent }
    case nil: extents = []
    }
    func place(_ name: String, _ standard: Int) -> Int {
      let given = Self.integer(node, name, default: standard)
      return min(max(given < 0 ? given + extents.count : given, 0), extents.count)
    }
    let start = place("start", 0)
    extents = Array(extents[start..<max(start, place("end", extents.count))])
    define(
      node.outputs.first ?? "",
      Graph.Constant(name: node.name, shape: Shape([extents.count]), elements: .int64(extents)))
  }
}

extension Graph.Elements {
  /// Integers; `nil` of reals.
  var wholeNumbers: [Int]? {
    switch self {
    case .float: nil
    case .int8(let values): values.map { Int($0) }
    case .int32(let values): values.map { Int($0) }
    case .int64(let values): values.map { Int($0) }
    }
  }
}
