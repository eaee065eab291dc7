public import QHostInterfaces

/// The values of a graph's names for some rows, worked out node by node.
public struct GraphValues: Sendable {
  private var values: [String: GraphValue]

  /// Begins with values that are known.
  public init(_ values: [String: GraphValue] = [:]) { self.values = values }

  /// The value of a name; `nil` before its node was applied.
  public subscript(name: String) -> GraphValue? {
    get { values[name] }
    set { values[name] = newValue }
  }

  /// Works out a node's output.
  ///
  /// - Throws: severity `unsupported` for operators and forms of them that are not known, `data` for shapes
  ///   and numbers that do not go together; with the node.
  public mutating func apply(_ node: Graph.Node) throws(ComponentError) {
    var operands: [GraphValue] = []
    for name in node.inputs {
      guard let value = values[name] else {
        throw .data(
          "node '\(node.name)' (\(node.operation)) takes '\(name)', which is neither the input, nor "
            + "a constant, nor the output of a node before it")
      }
      operands.append(value)
    }
    guard let output = node.outputs.first, node.outputs.count == 1 else {
      throw .unsupported(
        "node '\(node.name)' (\(node.operation)) has \(node.outputs.count) outputs, not one")
    }
    values[output] = try GraphOperator(node: node, operands: operands).result()
  }
}
