internal import QHostInterfaces

/// Layers of Gemm, MatMul and Add, which become Gemm with transB = 1.
extension NetworkBuilder {
  /// y = alpha x W + beta c in the file's terms.
  private struct Layer {
    var input: String
    var weight: Graph.Constant
    /// Whether weights are [units × inputs].
    var isTransposed: Bool
    var alpha: Float = 1
    var bias: Graph.Constant?
    var beta: Float = 1
    var output: String
  }

  mutating func convertGemm(_ node: ONNXModel.Node) throws(ComponentError) {
    func real(_ name: String) -> Float {
      if case .real(let value) = node.attributes[name] { return value }
      return 1
    }
    try refuseAttributes(node, besides: ["alpha", "beta", "transB"])
    if try convertQuantizedProduct(node) { return }
    let isTransposed = node.attributes["transB"] ?? .integer(0) != .integer(0)
    let operands = (try operand(node, 0), try operand(node, 1), try operand(node, 2))
    guard case .value(let input) = operands.0, let output = node.outputs.first else {
      throw .unsupported("node '\(node.name)' (Gemm) multiplies a constant, not a value")
    }
    guard case .constant(let weight) = operands.1 else {
      guard real("alpha") == 1, real("beta") == 1 else {
        throw .unsupported("node '\(node.name)' (Gemm) has alpha or beta with two values")
      }
      try append(node, attributes: isTransposed ? ["transB": .integers([1])] : [:])
      return
    }
    var layer = Layer(
      input: input, weight: weight, isTransposed: isTransposed, alpha: real("alpha"),
      output: output)
    switch operands.2 {
    case .constant(let bias): (layer.bias, layer.beta) = (bias, real("beta"))
    case nil: absorbBias(&layer)
    case .value:
      throw .unsupported("node '\(node.name)' (Gemm) adds a value, not a constant")
    }
    try append(layer, node)
  }

  mutating func convertMatMul(_ node: ONNXModel.Node) throws(ComponentError) {
    if try convertQuantizedProduct(node) { return }
    guard case .value(let input) = try operand(node, 0), let output = node.outputs.first else {
      throw .unsupported("node '\(node.name)' (MatMul) multiplies a constant, not a value")
    }
    guard case .constant(let weight) = try operand(node, 1) else {
      try append(node, operation: "Gemm")
      return
    }
    var layer = Layer(input: input, weight: weight, isTransposed: false, output: output)
    absorbBias(&layer)
    try append(layer, node)
  }

  /// Takes over an Add of a constant that alone follows the product.
  private mutating func absorbBias(_ layer: inout Layer) {
    guard let (place, next) = onlyTaker(of: layer.output, "Add"), next.inputs.count == 2,
      let own = next.inputs.firstIndex(of: layer.output), let output = next.outputs.first,
      case .constant(let bias)? = try? operand(next, 1 - own),
      layer.weight.shape.extents.count == 2,
      !bias.shape.extents.isEmpty, bias.shape.extents.dropLast().allSatisfy({ $0 == 1 }),
      [1, layer.weight.shape.extents[layer.isTransposed ? 0 : 1]].contains(bias.shape.count)
    else { return }
    (layer.bias, layer.output) = (bias, output)
    absorb(place)
  }

  private mutating func append(_ layer: Layer, _ node: ONNXModel.Node) throws(ComponentError) {
    guard case .float(let numbers) = layer.weight.elements, layer.weight.shape.extents.count == 2
    else {
      throw .unsupported(
        "node '\(node.name)' (\(node.operation)) has weights '\(layer.weight.name)' of shape "
          + "\(layer.weight.shape), not a matrix of reals")
    }
    let (rows, columns) = (layer.weight.shape.extents[0], layer.weight.shape.extents[1])
    let units = layer.isTransposed ? rows : columns
    var weight = layer.weight
    if !layer.isTransposed || layer.alpha != 1 {
      let turned = layer.isTransposed ? numbers : Self.transposed(numbers, rows, columns)
      weight = make(
        weight.name + ".rows", layer.isTransposed ? [rows, columns] : [columns, rows],
        .float(turned.map { $0 * layer.alpha }))
    }
    var inputs = [layer.input, use(weight)]
    if var bias = layer.bias {
      if bias.shape.extents != [units] || layer.beta != 1 {
        guard case .float(let numbers) = bias.elements, [1, units].contains(numbers.count),
          bias.shape.extents.dropLast().allSatisfy({ $0 == 1 })
        else {
          throw .unsupported(
            "node '\(node.name)' (\(node.operation)) has a bias '\(bias.name)' of shape \(bias.shape), "
              + "not of \(units) units")
        }
        bias = make(
          bias.name + ".list", [units],
          .float((0..<units).map { numbers[numbers.count == 1 ? 0 : $0] * layer.beta }))
      }
      inputs.append(use(bias))
    }
    try append(
      Graph.Node(
        name: node.name, operation: "Gemm", inputs: inputs, outputs: [layer.output],
        attributes: ["transB": .integers([1])]))
  }

  static func transposed(_ numbers: [Float], _ rows: Int, _ columns: Int) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(numbers.count)
    for column in 0..<columns {
      for row in 0..<rows { result.append(numbers[row * columns + column]) }
    }
    return result
  }
}
