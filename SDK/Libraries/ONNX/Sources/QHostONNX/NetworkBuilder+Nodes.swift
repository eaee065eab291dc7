internal import QHostGraphs
internal import QHostInterfaces

/// One node after another.
extension NetworkBuilder {
  mutating func convert(_ place: Int) throws(ComponentError) {
    let node = model.nodes[place]
    guard Self.operators.contains(node.title) else { throw Self.unread(node) }
    if try fold(node) { return }
    try checkQuantized(node)
    if try convertFused(node) { return }
    try apply(node)
    passLevels(node)
  }

  /// What is said of a node whose operator is not read.
  static func unread(_ node: ONNXModel.Node) -> ComponentError {
    if let reason = reasons[node.title] {
      return .unsupported("operator \(node.title) (node '\(node.name)') is not read: \(reason)")
    }
    return .unsupported(
      "operator \(node.title) (node '\(node.name)') is not read; export a network without it")
  }

  /// Why operators that exporters often write are not read.
  private static let reasons: [String: String] = [
    "DynamicQuantizeLinear":
      "it takes its scale from all rows of a batch together, so that what a row gives depends on the others; "
      + "quantise with fixed scales (quantize_static)",
    "ai.onnx.ml.TreeEnsembleClassifier": "trees are not a network; export a linear model or an MLP",
    "ai.onnx.ml.TreeEnsembleRegressor": "trees are not a network; export a linear model or an MLP",
    "ai.onnx.ml.SVMClassifier": "it has kernels; export a linear model or an MLP",
    "ai.onnx.ml.SVMRegressor": "it has kernels; export a linear model or an MLP",
  ]

  mutating func keep(
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

  mutating func convertConstant(_ node: ONNXModel.Node) throws(ComponentError) {
    let name = node.outputs.first ?? node.name
    guard let (_, value) = node.attributes.first, node.attributes.count == 1 else {
      throw .data("node '\(node.name)' (Constant) has no value")
    }
    let elements: Graph.Elements
    var shape: [Int] = []
    switch value {
    case .tensor(let tensor):
      if case .bytes = tensor.contents { return keep(tensor, as: name) }
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

  /// A Cast of reals to reals is left out.
  mutating func convertCast(_ node: ONNXModel.Node) throws(ComponentError) {
    guard case .integer(let type) = node.attributes["to"] else {
      throw .data("node '\(node.name)' (Cast) has no attribute to")
    }
    // Doubles are single reals here.
    let wanted = type == 11 ? 1 : type
    if let level = quantized.levels[node.inputs.first ?? ""] {
      var number = try value(node, 0)
      if level.zero != 0 {
        let zero = self.number(Float(level.zero), node)
        number = try emit(node, "Add", [number, zero], as: "level")
      }
      try emit(node, "Cast", [number], attributes: ["to": .integers([wanted])])
      return
    }
    switch try operand(node, 0) {
    case .value(let name) where values[name]?.type.rawValue == wanted:
      alias(node.outputs.first ?? "", of: name)
    case .constant(let constant) where GraphValue(constant).type.rawValue == wanted:
      define(node.outputs[0], constant)
    default: try append(node, attributes: ["to": .integers([wanted])])
    }
  }

  /// Bounds are attributes before set 11, and inputs that may be left out from there on.
  mutating func convertClip(_ node: ONNXModel.Node) throws(ComponentError) {
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
