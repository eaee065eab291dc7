internal import QHostGraphs
internal import QHostInterfaces

/// Layers of quantised tensors: products of integers, then one factor.
extension NetworkBuilder {
  /// What a layer of integers is made of.
  struct QuantizedLayer {
    /// The graph's name of the levels less their zero point.
    var input: String
    var inputScale: Float
    /// [units × inputs] or [filters × channels × ...].
    var weights: QuantizedTensors.Weights
    /// Biases in units of the input's scale times the weights'.
    var biases: [Float]?
    /// `Gemm` or `Conv`, and its attributes.
    var operation: String
    var attributes: [String: Graph.Attribute]
    /// The scale of the output; `nil`: it is real.
    var outputScale: Float?
    /// Gemm's factor.
    var alpha: Float = 1
  }

  /// Appends a layer of integers, and gives the name of its sums, times their factor.
  mutating func append(
    _ layer: QuantizedLayer, _ node: ONNXModel.Node, to output: String?
  ) throws(ComponentError) -> String {
    var inputs = [
      layer.input, numbers(layer.weights.numbers, layer.weights.shape, node, "weights"),
    ]
    if let biases = layer.biases {
      inputs.append(numbers(biases, [biases.count], node, "biases"))
    }
    let scales = layer.weights.scale.map { scale in
      let product = layer.alpha * layer.inputScale * scale
      return layer.outputScale.map { product / $0 } ?? product
    }
    let isScaled = scales.contains { $0 != 1 }
    var sums = free((node.outputs.first ?? node.name) + ".sums")
    if let output, !isScaled { sums = output }
    try append(
      Graph.Node(
        name: node.name, operation: layer.operation, inputs: inputs, outputs: [sums],
        attributes: layer.attributes))
    guard isScaled else { return sums }
    let rank = values[sums]?.shape.count ?? 2
    let factor = try factors(scales, axis: 1, rank: rank, node, "factors")
    let result = output ?? free((node.outputs.first ?? node.name) + ".scaled")
    try append(
      Graph.Node(
        name: node.name + ".scaled", operation: "Mul", inputs: [sums, factor], outputs: [result]))
    return result
  }

  /// A Gemm or MatMul between DequantizeLinear nodes; `false`: it is not.
  mutating func convertQuantizedProduct(_ node: ONNXModel.Node) throws(ComponentError) -> Bool {
    guard node.inputs.count > 1, let input = quantized.reals[node.inputs[0]],
      input.scale.count == 1, let weights = quantized.weights[node.inputs[1]],
      weights.shape.count == 2, Self.real(node, "alpha", default: 1) == 1,
      Self.real(node, "beta", default: 1) == 1, values[input.levels]?.shape.count == 2
    else { return false }
    let isByUnits = Self.integer(node, "transB", default: 0) != 0
    guard weights.scale.count == 1 || weights.axis == (isByUnits ? 0 : 1),
      let rows = Self.byUnits(weights, isByUnits: isByUnits),
      case .fitting(let biases) = try quantizedBiases(
        node, input.scale[0], weights.scale, rows.shape[0])
    else { return false }
    let layer = QuantizedLayer(
      input: input.levels, inputScale: input.scale[0], weights: rows, biases: biases,
      operation: "Gemm", attributes: ["transB": .integers([1])])
    try finish(layer, node)
    return true
  }

  /// A Conv between DequantizeLinear nodes; `false`: it is not.
  mutating func convertQuantizedConv(_ node: ONNXModel.Node) throws(ComponentError) -> Bool {
    guard let input = quantized.reals[node.inputs[0]], input.scale.count == 1,
      let weights = quantized.weights[node.inputs[1]], weights.shape.count == 4,
      weights.scale.count == 1 || weights.axis == 0,
      case .fitting(let biases) = try quantizedBiases(
        node, input.scale[0], weights.scale, weights.shape[0])
    else { return false }
    let layer = QuantizedLayer(
      input: input.levels, inputScale: input.scale[0], weights: weights, biases: biases,
      operation: "Conv", attributes: try convolution(node, weights.shape))
    try finish(layer, node)
    return true
  }

  /// The layer, and the QuantizeLinear that alone follows it.
  private mutating func finish(
    _ layer: QuantizedLayer, _ node: ONNXModel.Node
  ) throws(ComponentError) {
    let output = node.outputs.first ?? ""
    guard let (place, next) = onlyTaker(of: output, "QuantizeLinear"),
      let scale = try? scales(next, 1), scale.count == 1
    else {
      _ = try append(layer, node, to: output)
      return
    }
    var fused = layer
    fused.outputScale = scale[0]
    let scaled = try append(fused, node, to: nil)
    try quantize(scaled, next, try zeroPoint(next, 2), to: next.outputs.first ?? "")
    absorb(place)
  }

  /// Biases of a layer of integers.
  private enum Biases {
    /// In units of the sums; `nil`: there are none.
    case fitting([Float]?)
    /// In other units.
    case other
  }

  /// Biases as integers.
  private func quantizedBiases(
    _ node: ONNXModel.Node, _ input: Float, _ scales: [Float], _ units: Int
  ) throws(ComponentError) -> Biases {
    guard node.inputs.count > 2, !node.inputs[2].isEmpty else { return .fitting(nil) }
    guard let bias = quantized.weights[node.inputs[2]], bias.numbers.count == units,
      bias.numbers.allSatisfy({ abs($0) <= 0x1p24 })
    else { return .other }
    let isFitting = bias.scale.enumerated().allSatisfy { place, scale in
      let product = input * scales[scales.count == 1 ? 0 : place]
      return abs(scale - product) <= 1e-6 * product
    }
    guard isFitting, bias.scale.count == 1 || bias.scale.count >= scales.count,
      scales.count == 1 || bias.scale.count == scales.count
    else { return .other }
    return .fitting(bias.numbers)
  }

  /// Weights [inputs × units] as [units × inputs].
  static func byUnits(
    _ weights: QuantizedTensors.Weights, isByUnits: Bool
  ) -> QuantizedTensors.Weights? {
    guard weights.shape.count == 2 else { return nil }
    guard !isByUnits else { return weights }
    var result = weights
    result.numbers = transposed(weights.numbers, weights.shape[0], weights.shape[1])
    result.shape = [weights.shape[1], weights.shape[0]]
    return result
  }
}
