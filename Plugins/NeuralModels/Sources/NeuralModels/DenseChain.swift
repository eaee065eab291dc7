internal import QHostInterfaces

/// A network of fully connected layers, read from a graph: z_l = W_l h_{l−1} + b_l.
struct DenseChain {
  /// A layer.
  struct Layer {
    /// [units × inputs], row-major.
    var weights: [Double]
    /// [units].
    var biases: [Double]
    /// The operators between this layer and the next.
    var operations: [String] = []
  }

  /// The layers, inputs first.
  private(set) var layers: [Layer] = []
  /// Units of each layer, the inputs first.
  let widths: [Int]

  /// Reads a graph whose only products are Gemm with constants, one after the other.
  ///
  /// - Throws: severity `unsupported`, with the operator, for another graph.
  init(_ graph: Graph) throws(ComponentError) {
    var widths = [graph.inputShape.count]
    for node in graph.nodes where node.operation != "Flatten" {
      guard node.operation == "Gemm" else {
        guard !layers.isEmpty, !["Conv", "MatMul", "MatMulInteger"].contains(node.operation) else {
          throw .unsupported(
            "it starts from fully connected layers of real numbers, and '\(node.name)' is a "
              + "\(node.operation)")
        }
        layers[layers.count - 1].operations.append(node.operation)
        continue
      }
      let layer = try Self.layer(node, graph, inputCount: widths[widths.count - 1])
      widths.append(layer.biases.count)
      layers.append(layer)
    }
    guard let last = layers.last, last.operations.isEmpty else {
      throw .unsupported("it starts from networks that end with a fully connected layer")
    }
    self.widths = widths
  }

  private static func layer(
    _ node: Graph.Node, _ graph: Graph, inputCount: Int
  ) throws(ComponentError) -> Layer {
    let constants = node.inputs.dropFirst().map { name in
      graph.constants.first { $0.name == name }
    }
    guard let weight = constants.first ?? nil, case .float(let weights) = weight.elements,
      weight.shape.extents.count == 2, node.attributes["transB"] == .integers([1]),
      weight.shape.extents[1] == inputCount
    else {
      throw .unsupported(
        "layer '\(node.name)' has no constant weights [units × \(inputCount)] with transB = 1")
    }
    var biases = [Double](repeating: 0, count: weight.shape.extents[0])
    if constants.count > 1 {
      guard let bias = constants[1], case .float(let values) = bias.elements,
        values.count == biases.count
      else { throw .unsupported("layer '\(node.name)' has no constant bias for each unit") }
      biases = values.map { Double($0) }
    }
    return Layer(weights: weights.map { Double($0) }, biases: biases)
  }

  /// Refuses hidden layers that do something else to their sums.
  ///
  /// - Throws: severity `unsupported`, with what they do.
  func check(_ hidden: HiddenActivation) throws(ComponentError) {
    var pattern = Graph(
      input: "", output: "", inputShape: Shape([]), outputShape: Shape([]), nodes: [],
      constants: [])
    pattern.appendActivation(hidden, knots: [], layer: 0, from: "", to: "")
    let expected = pattern.nodes.map(\.operation)
    for layer in layers.dropLast() where layer.operations != expected {
      throw .unsupported(
        "its activation is \(hidden.function) and cannot stand for "
          + "\(layer.operations.joined(separator: ", ")); set the same activation")
    }
  }

  /// Widths as users see them: 784-100-10.
  static func text(_ widths: [Int]) -> String {
    widths.map { "\($0)" }.joined(separator: "-")
  }
}
