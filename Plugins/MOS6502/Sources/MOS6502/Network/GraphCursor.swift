internal import QHostInterfaces

/// Goes through a graph that is one chain of operators.
struct GraphCursor {
  private let graph: Graph
  private let constants: [String: Graph.Constant]
  private var place = 0
  /// The name of the value that the next operator takes.
  private var value: String

  init(_ graph: Graph) throws(ComponentError) {
    self.graph = graph
    value = graph.input
    constants = Dictionary(graph.constants.map { ($0.name, $0) }) { first, _ in first }
    for constant in graph.constants {
      guard case .float(let numbers) = constant.elements,
        let index = numbers.firstIndex(where: { !$0.isFinite })
      else { continue }
      throw .data(
        "constant '\(constant.name)' of the model is \(numbers[index]) at \(index); "
          + "train it again")
    }
  }

  /// The operator of the next node; `nil` at the end.
  var next: String? { place < graph.nodes.count ? graph.nodes[place].operation : nil }

  /// Whether some node has this operator.
  func contains(_ operation: String) -> Bool {
    graph.nodes.contains { $0.operation == operation }
  }

  /// Goes over nodes that only change the shape.
  mutating func skipShapes() {
    while let next, ["Flatten", "Reshape"].contains(next) { advance() }
  }

  /// The next node, which must have one of these operators.
  mutating func take(_ operations: String..., after layer: String) throws(ComponentError)
    -> Graph.Node
  {
    guard place < graph.nodes.count else {
      throw .data("the model's graph ends after \(layer); report it to its author")
    }
    let node = graph.nodes[place]
    guard operations.contains(node.operation) else { throw unsupported(node, after: layer) }
    guard node.inputs.contains(value), node.outputs.count == 1 else {
      throw .unsupported(
        "there is code for plain chains of layers, and node '\(node.name)' of the model does "
          + "not follow '\(value)'; use a model without branches")
    }
    advance()
    return node
  }

  func unsupported(_ node: Graph.Node, after layer: String) -> ComponentError {
    .unsupported(
      "the 6502 target does not support operator \(node.operation) (node '\(node.name)', after \(layer)); "
        + "use model 'integer-mlp', 'mlp', 'logistic' or a small 'cnn'")
  }

  /// The nodes before the next one with any of these operators, or before the end.
  mutating func takeAll(before operations: String...) -> [Graph.Node] {
    let start = place
    while let next, !operations.contains(next) { advance() }
    return Array(graph.nodes[start..<place])
  }

  private mutating func advance() {
    value = graph.nodes[place].outputs.first ?? value
    place += 1
  }

  func constant(_ name: String) -> Graph.Constant? { constants[name] }

  /// The constant among a node's inputs.
  func operand(_ node: Graph.Node) throws(ComponentError) -> Graph.Constant {
    guard let constant = node.inputs.lazy.compactMap({ constants[$0] }).first else {
      throw .unsupported(
        "it needs a constant in node '\(node.name)' (\(node.operation)) of the model")
    }
    return constant
  }

  /// The integers of a constant.
  static func integers(_ constant: Graph.Constant) throws(ComponentError) -> [Int] {
    switch constant.elements {
    case .int8(let values): return values.map(Int.init)
    case .int32(let values): return values.map(Int.init)
    case .int64(let values): return values.map(Int.init)
    case .float: throw .data("constant '\(constant.name)' must be of integers")
    }
  }

  /// The reals of a constant.
  static func reals(_ constant: Graph.Constant) throws(ComponentError) -> [Float] {
    guard case .float(let values) = constant.elements else {
      throw .data("constant '\(constant.name)' must be of real numbers")
    }
    return values
  }
}
