internal import QHostGraphs
internal import QHostInterfaces

/// Sums, products and means of quantised tensors: ONNX Runtime adds the output's zero point before it rounds.
extension NetworkBuilder {
  /// A quantised tensor that is made.
  struct QuantizedOutput {
    var name: String
    var scale: Float
    var levels: QuantizedTensors.Levels
  }

  /// a + b or a · b of tensors with their scales.
  mutating func append(
    _ node: ONNXModel.Node, isProduct: Bool, _ first: (name: String, scale: Float),
    _ second: (name: String, scale: Float), to output: QuantizedOutput
  ) throws(ComponentError) {
    let result: String
    if isProduct {
      let product = try emit(node, "Mul", [first.name, second.name], as: "product")
      let factor = number(first.scale * second.scale / output.scale, node)
      result = try emit(node, "Mul", [product, factor], as: "scaled")
    } else {
      let factors = (
        number(first.scale / output.scale, node), number(second.scale / output.scale, node)
      )
      let one = try emit(node, "Mul", [first.name, factors.0], as: "first")
      let other = try emit(node, "Mul", [second.name, factors.1], as: "second")
      result = try emit(node, "Add", [one, other], as: "sum")
    }
    try round(result, node, to: output)
  }

  /// The means of windows.
  mutating func appendMeans(
    _ node: ONNXModel.Node, of input: String, scale: Float, isGlobal: Bool,
    to output: QuantizedOutput
  ) throws(ComponentError) {
    var attributes: [String: Graph.Attribute]
    if isGlobal {
      let size = Array((values[input]?.shape ?? []).dropFirst(2))
      attributes = ["kernel_shape": .integers(size), "strides": .integers([1, 1])]
    } else {
      attributes = try window(node, kernel: nil)
      if Self.integer(node, "count_include_pad", default: 0) != 0 {
        attributes["count_include_pad"] = .integers([1])
      }
    }
    let means = try emit(node, "AveragePool", [input], as: "means", attributes: attributes)
    let factor = number(scale / output.scale, node)
    try round(try emit(node, "Mul", [means, factor], as: "scaled"), node, to: output)
  }

  /// Rounds v + z to the nearest, halves to even, and takes z away again.
  private mutating func round(
    _ value: String, _ node: ONNXModel.Node, to output: QuantizedOutput
  ) throws(ComponentError) {
    let levels = output.levels
    // An even zero point turns no half to the other side.
    guard levels.zero % 2 != 0 else {
      return try quantize(value, node, levels, to: output.name)
    }
    let zero = number(Float(levels.zero), node)
    let shifted = try emit(node, "Add", [value, zero], as: "shifted")
    let bounds = [levels.range.lowerBound, levels.range.upperBound].map { number(Float($0), node) }
    let clipped = try emit(node, "Clip", [shifted] + bounds, as: "clipped")
    let rounded = try emit(node, "Round", [clipped], as: "rounded")
    try append(
      Graph.Node(
        name: node.name, operation: "Sub", inputs: [rounded, zero], outputs: [output.name]))
    quantized.levels[output.name] = levels
  }

  /// An Add, Mul or AveragePool between DequantizeLinear and QuantizeLinear; `false`: it is not.
  mutating func convertFused(_ node: ONNXModel.Node) throws(ComponentError) -> Bool {
    guard ["Add", "Mul", "AveragePool", "GlobalAveragePool"].contains(node.title),
      let (place, next) = onlyTaker(of: node.outputs.first ?? "", "QuantizeLinear"),
      node.inputs.contains(where: { quantized.reals[$0] != nil }),
      let scale = try? scales(next, 1), scale.count == 1
    else { return false }
    let output = QuantizedOutput(
      name: next.outputs.first ?? "", scale: scale[0], levels: try zeroPoint(next, 2))
    if node.title.hasSuffix("Pool") {
      guard let input = quantized.reals[node.inputs[0]], input.scale.count == 1,
        values[input.levels]?.shape.count == 4
      else { return false }
      try appendMeans(
        node, of: input.levels, scale: input.scale[0], isGlobal: node.title != "AveragePool",
        to: output)
    } else {
      guard node.inputs.count == 2, let first = fusedOperand(node, 0),
        let second = fusedOperand(node, 1)
      else { return false }
      try append(node, isProduct: node.title == "Mul", first, second, to: output)
    }
    absorb(place)
    return true
  }

  /// A dequantised tensor or constant as integers and their scale.
  private mutating func fusedOperand(
    _ node: ONNXModel.Node, _ place: Int
  ) -> (name: String, scale: Float)? {
    if let real = quantized.reals[node.inputs[place]], real.scale.count == 1 {
      return (real.levels, real.scale[0])
    }
    guard let weights = quantized.weights[node.inputs[place]], weights.scale.count == 1 else {
      return nil
    }
    return (
      numbers(weights.numbers, weights.shape, node, "operand\(place)"), weights.scale[0]
    )
  }
}
