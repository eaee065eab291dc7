internal import QHostInterfaces

/// A network of real numbers: z = W x + b in each layer, and a function between layers.
struct FloatNetwork {
  struct Layer {
    var name: String
    /// [units][inputs].
    var weights: [[Double]]
    /// [units].
    var biases: [Double]
    /// What units do to their sums; `nil` in the last layer.
    var function: ElementwiseFunction?
  }

  private(set) var layers: [Layer] = []

  /// Reads a graph of Conv, Gemm and functions of single numbers.
  ///
  /// - Throws: for operators and shapes that the 6502 target does not support.
  init(_ graph: Graph) throws(ComponentError) {
    var cursor = try GraphCursor(graph)
    cursor.skipShapes()
    var image = ImageShape(graph.inputShape)
    while cursor.next != nil {
      let node = try cursor.take("Gemm", "Conv", after: layers.last?.name ?? "the input")
      var (layer, output) =
        node.operation == "Conv"
        ? try Self.convolution(node, &cursor, &image)
        : (try Self.layer(node, cursor, layers.last?.biases.count ?? image.count), node.outputs[0])
      let functions = cursor.takeAll(before: "Gemm", "Conv").filter {
        !["Flatten", "Reshape"].contains($0.operation)
      }
      if cursor.next != nil {
        layer.function = try ElementwiseFunction(
          functions, input: output, cursor: cursor, layer: layer.name)
      } else if let extra = functions.first(where: { $0.operation != "Identity" }) {
        throw cursor.unsupported(extra, after: layer.name)
      }
      layers.append(layer)
    }
    guard !layers.isEmpty else {
      throw .unsupported("there is no layer in the model's graph; use another model")
    }
  }

  private static func layer(
    _ node: Graph.Node, _ cursor: GraphCursor, _ width: Int
  ) throws(ComponentError) -> Layer {
    let constants = node.inputs.compactMap { cursor.constant($0) }
    let ones = ["alpha", "beta"].allSatisfy { name in
      if case .reals(let values) = node.attributes[name] { return values == [1] }
      return true
    }
    guard let weight = constants.first, weight.shape.extents.count == 2, ones,
      node.attributes["transB"] == .integers([1]), weight.shape.extents[1] == width
    else {
      throw .unsupported(
        "it needs weights [units × \(width)] in node '\(node.name)' (Gemm, transB = 1)")
    }
    let units = weight.shape.extents[0]
    let values = try GraphCursor.reals(weight).map(Double.init)
    let biases = constants.count > 1 ? try GraphCursor.reals(constants[1]).map(Double.init) : []
    return Layer(
      name: node.name, weights: (0..<units).map { Array(values[$0 * width..<($0 + 1) * width]) },
      biases: biases.count == units ? biases : Array(repeating: biases.first ?? 0, count: units))
  }
}
