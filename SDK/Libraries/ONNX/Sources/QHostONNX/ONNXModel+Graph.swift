public import QHostInterfaces

extension ONNXModel {
  /// Attributes that are lists even when they have one element.
  private static let lists: Set<String> = ["kernel_shape", "pads", "strides", "dilations", "axes"]

  /// Makes a model of operator set 17 of a graph; inputs and outputs are [N × ...] reals for any N.
  ///
  /// - Parameters:
  ///   - graph: nodes and weights.
  ///   - name: of the model's graph.
  public init(_ graph: Graph, name: String) {
    self.init(
      operatorSets: ["": 17], name: name, nodes: graph.nodes.map(Self.node),
      initializers: graph.constants.map {
        Tensor(name: $0.name, shape: $0.shape, contents: .numbers($0.elements))
      },
      inputs: [Self.value(graph.input, graph.inputShape)],
      outputs: [Self.value(graph.output, graph.outputShape)])
  }

  private static func value(_ name: String, _ shape: Shape) -> Value {
    Value(name: name, elementType: 1, extents: [.open("N")] + shape.extents.map { .fixed($0) })
  }

  private static func node(_ node: Graph.Node) -> Node {
    Node(
      name: node.name, operation: node.operation, inputs: node.inputs, outputs: node.outputs,
      attributes: Dictionary(
        uniqueKeysWithValues: node.attributes.map { name, value in
          (name, attribute(value, isList: lists.contains(name)))
        }))
  }

  private static func attribute(_ value: Graph.Attribute, isList: Bool) -> Attribute {
    switch value {
    case .integers(let values):
      values.count == 1 && !isList ? .integer(values[0]) : .integers(values)
    case .reals(let values):
      values.count == 1 && !isList ? .real(Float(values[0])) : .reals(values.map { Float($0) })
    case .text(let text): .text(text)
    }
  }
}
