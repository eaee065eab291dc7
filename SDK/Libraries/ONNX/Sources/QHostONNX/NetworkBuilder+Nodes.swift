internal import QHostGraphs
internal import QHostInterfaces

/// One node after another.
extension NetworkBuilder {
  /// Operators that are kept as they are, with the attributes that they keep.
  private static let kept: [String: Set<String>] = [
    "Identity": [], "Tanh": [], "Relu": [], "Sigmoid": [], "Sin": [], "Floor": [], "Add": [],
    "Sub": [], "Mul": [], "Div": [], "Min": [], "Max": [], "Greater": [], "Less": [], "Where": [],
    "Gather": ["axis"], "MatMulInteger": [], "QuantizeLinear": ["axis"],
    "DequantizeLinear": ["axis"],
  ]

  mutating func convert(_ place: Int) throws(ComponentError) {
    let node = model.nodes[place]
    switch node.title {
    case "Constant": try convertConstant(node)
    case "Transpose": try convertTranspose(node)
    case "Dropout": alias(node.outputs.first ?? "", of: node.inputs.first ?? "")
    case "Identity" where isConstant(node):
      define(node.outputs[0], try needed(node, 0))
    case "Gemm": try convertGemm(node)
    case "MatMul": try convertMatMul(node)
    case "Conv": try convertConv(node)
    case "MaxPool", "AveragePool": try convertPool(node)
    case "GlobalAveragePool": try convertGlobalPool(node)
    case "Flatten": try convertFlatten(node)
    case "Reshape": try convertReshape(node)
    case "Clip": try convertClip(node)
    case "Cast": try convertCast(node)
    case "QuantizeLinear" where isZero(node, 2) && isBytes(node, 2),
      "DequantizeLinear" where isZero(node, 2):
      // A zero point of 0 says no more than none.
      var plain = node
      plain.inputs.removeLast()
      try keep(plain, ["axis"])
    default:
      guard let attributes = Self.kept[node.title] else {
        throw .unsupported(
          "operator \(node.title) (node '\(node.name)') is not read; export a network without it")
      }
      try keep(node, attributes)
    }
  }

  private func isConstant(_ node: ONNXModel.Node) -> Bool {
    guard case .constant? = try? operand(node, 0) else { return false }
    return true
  }

  private mutating func keep(
    _ node: ONNXModel.Node, _ attributes: Set<String>
  ) throws(ComponentError) {
    try refuseAttributes(node, besides: attributes)
    var kept: [String: Graph.Attribute] = [:]
    for name in attributes {
      guard case .integer(let value) = node.attributes[name] else { continue }
      kept[name] = .integers([value])
    }
    try append(node, attributes: kept)
  }

  /// Appends a node with the file's inputs.
  mutating func append(
    _ node: ONNXModel.Node, operation: String? = nil, attributes: [String: Graph.Attribute] = [:]
  ) throws(ComponentError) {
    var inputs: [String] = []
    for place in node.inputs.indices {
      switch try operand(node, place) {
      case .constant(let constant): inputs.append(use(constant))
      case .value(let name): inputs.append(name)
      case nil:
        guard node.inputs[place...].allSatisfy(\.isEmpty) else {
          throw .unsupported(
            "node '\(node.name)' (\(node.title)) leaves out input \(place + 1), which is needed")
        }
      }
    }
    try append(
      Graph.Node(
        name: node.name, operation: operation ?? node.operation, inputs: inputs,
        outputs: node.outputs.filter { !$0.isEmpty }, attributes: attributes))
  }

  /// Refuses attributes whose meaning would be lost; those of 0 or no elements have none.
  func refuseAttributes(
    _ node: ONNXModel.Node, besides known: Set<String>
  ) throws(ComponentError) {
    for (name, value) in node.attributes.sorted(by: { $0.key < $1.key })
    where !known.contains(name) && name != "saturate" && value != .integer(0) {
      throw .unsupported(
        "attribute \(name) of node '\(node.name)' (\(node.title)) is not read; export it without")
    }
  }

  private mutating func convertConstant(_ node: ONNXModel.Node) throws(ComponentError) {
    let name = node.outputs.first ?? node.name
    guard let (_, value) = node.attributes.first, node.attributes.count == 1 else {
      throw .data("node '\(node.name)' (Constant) has no value")
    }
    let elements: Graph.Elements
    var shape: [Int] = []
    switch value {
    case .tensor(let tensor):
      define(name, try constant(tensor, name))
      return
    case .real(let number): elements = .float([number])
    case .integer(let number): elements = .int64([Int64(number)])
    case .reals(let numbers): (elements, shape) = (.float(numbers), [numbers.count])
    case .integers(let numbers):
      (elements, shape) = (.int64(numbers.map { Int64($0) }), [numbers.count])
    default: throw .unsupported("node '\(node.name)' (Constant) has no numbers")
    }
    let tensor = ONNXModel.Tensor(name: name, shape: Shape(shape), contents: .numbers(elements))
    define(name, try constant(tensor, name))
  }

  private mutating func convertTranspose(_ node: ONNXModel.Node) throws(ComponentError) {
    let constant = try needed(node, 0)
    guard case .float(let numbers) = constant.elements, constant.shape.extents.count == 2,
      node.attributes["perm"] ?? .integers([1, 0]) == .integers([1, 0])
    else {
      throw .unsupported(
        "node '\(node.name)' (Transpose) does not transpose a constant matrix, as is read")
    }
    let (rows, columns) = (constant.shape.extents[0], constant.shape.extents[1])
    define(
      node.outputs[0],
      Graph.Constant(
        name: constant.name, shape: Shape([columns, rows]),
        elements: .float(Self.transposed(numbers, rows, columns))))
  }

  /// A Cast of reals to reals is left out.
  private mutating func convertCast(_ node: ONNXModel.Node) throws(ComponentError) {
    guard case .integer(let type) = node.attributes["to"] else {
      throw .data("node '\(node.name)' (Cast) has no attribute to")
    }
    switch try operand(node, 0) {
    case .value(let name) where values[name]?.type.rawValue == type:
      alias(node.outputs.first ?? "", of: name)
    case .constant(let constant) where GraphValue(constant).type.rawValue == type:
      define(node.outputs[0], constant)
    default: try append(node, attributes: ["to": .integers([type])])
    }
  }

  /// Bounds are attributes before set 11, and inputs that may be left out from there on.
  private mutating func convertClip(_ node: ONNXModel.Node) throws(ComponentError) {
    var node = node
    let largest = Float.greatestFiniteMagnitude
    for (place, name, standard) in [(1, "min", -largest), (2, "max", largest)]
    where place >= node.inputs.count || node.inputs[place].isEmpty {
      var bound = standard
      if case .real(let value) = node.attributes[name] { bound = value }
      while node.inputs.count <= place { node.inputs.append("") }
      node.inputs[place] = make("\(node.name).\(name)", [], .float([bound])).name
    }
    try append(node)
  }
}
