internal import QHostGraphs
internal import QHostInterfaces

/// Operators of ONNX Runtime's quantiser in the form QOperator.
extension NetworkBuilder {
  /// Operators that make, take or give quantised tensors.
  static let quantizing: Set = [
    "QuantizeLinear", "DequantizeLinear", "QLinearMatMul", "QLinearConv", "com.microsoft.QGemm",
    "com.microsoft.QLinearAdd", "com.microsoft.QLinearMul", "com.microsoft.QLinearAveragePool",
    "com.microsoft.QLinearGlobalAveragePool", "com.microsoft.QLinearSigmoid",
    "com.microsoft.QLinearLeakyRelu",
  ]

  mutating func applyQuantized(_ node: ONNXModel.Node) throws(ComponentError) {
    switch node.operation {
    case "QuantizeLinear": try convertQuantize(node)
    case "DequantizeLinear": try convertDequantize(node)
    case "QLinearMatMul": try convertQLinearMatMul(node)
    case "QLinearConv": try convertQLinearConv(node)
    case "QGemm": try convertQGemm(node)
    case "QLinearAdd", "QLinearMul": try convertQLinearPair(node)
    case "QLinearAveragePool", "QLinearGlobalAveragePool": try convertQLinearPool(node)
    default: try convertQLinearFunction(node)
    }
  }

  /// The one scale of a tensor.
  private func scale(_ node: ONNXModel.Node, _ place: Int) throws(ComponentError) -> Float {
    let scales = try scales(node, place)
    guard scales.count == 1 else {
      throw .unsupported(
        "node '\(node.name)' (\(node.title)) has \(scales.count) scales for values, which are read of weights only"
      )
    }
    return scales[0]
  }

  /// Levels that a node takes; an error where they are none, or their zero point is another.
  private func levels(
    _ node: ONNXModel.Node, _ place: Int, zero: Int
  ) throws(ComponentError) -> String {
    let given = try zeroPoint(node, zero)
    guard place < node.inputs.count, let levels = quantized.levels[node.inputs[place]],
      levels.zero == given.zero
    else {
      throw .unsupported(
        "node '\(node.name)' (\(node.title)) takes '\(place < node.inputs.count ? node.inputs[place] : "")', which is not a quantised tensor of its zero "
          + "point")
    }
    return try value(node, place)
  }

  /// Constant weights that a node takes with scales and zero points behind them.
  private func weights(
    _ node: ONNXModel.Node, _ place: Int, axis: Int
  ) throws(ComponentError) -> QuantizedTensors.Weights {
    guard let whole = try wholeNumbers(node, place) else {
      throw .data("node '\(node.name)' (\(node.title)) has no weights")
    }
    return try Self.weights(
      node, whole, try wholeNumbers(node, place + 2) ?? [0], try extents(node, place),
      try scales(node, place + 1), axis)
  }

  /// Biases as reals that are whole.
  private func biases(_ node: ONNXModel.Node, _ place: Int) throws(ComponentError) -> [Float]? {
    guard let numbers = try wholeNumbers(node, place) else { return nil }
    guard numbers.allSatisfy({ abs($0) <= 1 << 24 }) else {
      throw .unsupported(
        "node '\(node.name)' (\(node.title)) has biases beyond 2^24, which single precision does not hold"
      )
    }
    return numbers.map { Float($0) }
  }

  private mutating func finish(
    _ layer: QuantizedLayer, _ node: ONNXModel.Node, zero: Int
  ) throws(ComponentError) {
    let scaled = try append(layer, node, to: nil)
    try quantize(scaled, node, try zeroPoint(node, zero), to: node.outputs.first ?? "")
  }

  mutating func convertQLinearMatMul(_ node: ONNXModel.Node) throws(ComponentError) {
    let weights = try weights(node, 3, axis: 1)
    guard let rows = Self.byUnits(weights, isByUnits: false) else {
      throw .unsupported(
        "node '\(node.name)' (QLinearMatMul) has weights of \(Shape(weights.shape)), not a matrix")
    }
    let layer = QuantizedLayer(
      input: try levels(node, 0, zero: 2), inputScale: try scale(node, 1), weights: rows,
      operation: "Gemm", attributes: ["transB": .integers([1])], outputScale: try scale(node, 6))
    try finish(layer, node, zero: 7)
  }

  mutating func convertQLinearConv(_ node: ONNXModel.Node) throws(ComponentError) {
    try refuseAttributes(
      node, besides: ["kernel_shape", "pads", "strides", "auto_pad", "dilations", "group"])
    let weights = try weights(node, 3, axis: 0)
    let layer = QuantizedLayer(
      input: try levels(node, 0, zero: 2), inputScale: try scale(node, 1), weights: weights,
      biases: try biases(node, 8), operation: "Conv",
      attributes: try convolution(node, weights.shape), outputScale: try scale(node, 6))
    try finish(layer, node, zero: 7)
  }

  mutating func convertQGemm(_ node: ONNXModel.Node) throws(ComponentError) {
    try refuseAttributes(node, besides: ["alpha", "transB"])
    let isByUnits = Self.integer(node, "transB", default: 0) != 0
    let weights = try weights(node, 3, axis: isByUnits ? 0 : 1)
    guard let rows = Self.byUnits(weights, isByUnits: isByUnits) else {
      throw .unsupported(
        "node '\(node.name)' (\(node.title)) has weights of \(Shape(weights.shape)), not a matrix")
    }
    let isReal = node.inputs.count < 8 || node.inputs[7].isEmpty
    let layer = QuantizedLayer(
      input: try levels(node, 0, zero: 2), inputScale: try scale(node, 1), weights: rows,
      biases: try biases(node, 6), operation: "Gemm", attributes: ["transB": .integers([1])],
      outputScale: isReal ? nil : try scale(node, 7),
      alpha: Self.real(node, "alpha", default: 1))
    guard isReal else { return try finish(layer, node, zero: 8) }
    _ = try append(layer, node, to: node.outputs.first)
  }

  mutating func convertQLinearPair(_ node: ONNXModel.Node) throws(ComponentError) {
    let first = (name: try pairOperand(node, 0), scale: try scale(node, 1))
    let second = (name: try pairOperand(node, 3), scale: try scale(node, 4))
    let output = QuantizedOutput(
      name: node.outputs.first ?? "", scale: try scale(node, 6), levels: try zeroPoint(node, 7))
    try append(node, isProduct: node.operation == "QLinearMul", first, second, to: output)
  }

  /// A tensor of a sum or product: levels, or constant integers.
  private mutating func pairOperand(
    _ node: ONNXModel.Node, _ place: Int
  ) throws(ComponentError) -> String {
    if place < node.inputs.count, quantized.levels[node.inputs[place]] != nil {
      return try levels(node, place, zero: place + 2)
    }
    let weights = try weights(node, place, axis: 0)
    return numbers(weights.numbers, weights.shape, node, "operand\(place)")
  }

  mutating func convertQLinearPool(_ node: ONNXModel.Node) throws(ComponentError) {
    guard Self.integer(node, "channels_last", default: 0) == 0 else {
      throw .unsupported(
        "node '\(node.name)' (\(node.title)) has the channels as its last extent, which is not read"
      )
    }
    let output = QuantizedOutput(
      name: node.outputs.first ?? "", scale: try scale(node, 3), levels: try zeroPoint(node, 4))
    try appendMeans(
      node, of: try levels(node, 0, zero: 2), scale: try scale(node, 1),
      isGlobal: node.operation == "QLinearGlobalAveragePool", to: output)
  }

  mutating func convertQLinearFunction(_ node: ONNXModel.Node) throws(ComponentError) {
    let input = try levels(node, 0, zero: 2)
    let real = try emit(node, "Mul", [input, number(try scale(node, 1), node)], as: "real")
    let result: String
    if node.operation == "QLinearSigmoid" {
      result = try emit(node, "Sigmoid", [real], as: "function")
    } else {
      let slope = Self.real(node, "alpha", default: 0.01)
      let scaled = try emit(node, "Mul", [real, number(slope, node)], as: "slope")
      result = try emit(node, slope <= 1 ? "Max" : "Min", [real, scaled], as: "function")
    }
    let scaled = try emit(node, "Div", [result, number(try scale(node, 3), node)], as: "scaled")
    try quantize(scaled, node, try zeroPoint(node, 4), to: node.outputs.first ?? "")
  }
}
