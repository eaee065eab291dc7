internal import QHostGraphs
internal import QHostInterfaces

/// What is known of quantised tensors, by the file's names.
struct QuantizedTensors {
  /// Integers q of a tensor, which are in the graph as the reals q − zero.
  struct Levels {
    var zero: Int
    /// The numbers of its type.
    var range: ClosedRange<Int>
  }

  /// A dequantised tensor: scale · (levels).
  struct Real {
    /// The graph's name of the levels less their zero point.
    var levels: String
    var scale: [Float]
  }

  /// Constant weights: scale · numbers, scales along an axis.
  struct Weights {
    /// Integers less their zero points.
    var numbers: [Float]
    var shape: [Int]
    var scale: [Float]
    var axis: Int
  }

  var levels: [String: Levels] = [:]
  var reals: [String: Real] = [:]
  var weights: [String: Weights] = [:]
}

/// Graphs with QuantizeLinear and DequantizeLinear, as quantisers write them.
///
/// A tensor q of bytes is in our graph as the reals q − z, integers below 2⁹. A layer of bytes is a Gemm or Conv
/// of integers, Σ (q − z)(w − z_w) + b, whose sums single precision holds exactly below 2²⁴; then one factor
/// s_x s_w / s_y in single precision, and QuantizeLinear's rounding to the nearest, halves to even, as ONNX Runtime has it.
extension NetworkBuilder {
  /// Operators that take quantised tensors, besides those that quantise or multiply them.
  private static let passing: Set = [
    "MaxPool", "Reshape", "Flatten", "Transpose", "Squeeze", "Unsqueeze", "Identity", "Dropout",
  ]

  /// Refuses operators of real numbers on levels.
  func checkQuantized(_ node: ONNXModel.Node) throws(ComponentError) {
    guard let name = node.inputs.first(where: { quantized.levels[$0] != nil }),
      !Self.passing.contains(node.title), node.title != "Cast",
      !Self.quantizing.contains(node.title)
    else { return }
    throw .unsupported(
      "node '\(node.name)' (\(node.title)) works on the quantised tensor '\(name)', which is not read; export a "
        + "network with DequantizeLinear before it")
  }

  /// Operators that only move levels give levels.
  mutating func passLevels(_ node: ONNXModel.Node) {
    guard Self.passing.contains(node.title), let input = node.inputs.first,
      let output = node.outputs.first
    else { return }
    if let levels = quantized.levels[input] { quantized.levels[output] = levels }
  }

  /// The integers of a constant of any type.
  func wholeNumbers(_ node: ONNXModel.Node, _ place: Int) throws(ComponentError) -> [Int]? {
    guard place < node.inputs.count, !node.inputs[place].isEmpty else { return nil }
    if case .bytes(let bytes)? = initializers[name(node.inputs[place])]?.contents {
      return bytes.map { Int($0) }
    }
    guard let numbers = try needed(node, place).elements.wholeNumbers else {
      throw .data(
        "input \(place + 1) of node '\(node.name)' (\(node.title)) is not of integers")
    }
    return numbers
  }

  /// The shape of a constant of any type.
  func extents(_ node: ONNXModel.Node, _ place: Int) throws(ComponentError) -> [Int] {
    if place < node.inputs.count, let tensor = initializers[name(node.inputs[place])] {
      return tensor.shape.extents
    }
    return try needed(node, place).shape.extents
  }

  /// The zero point of a tensor, and the numbers of its type; without one it is 0 of type uint8.
  func zeroPoint(
    _ node: ONNXModel.Node, _ place: Int
  ) throws(ComponentError) -> QuantizedTensors.Levels {
    guard let numbers = try wholeNumbers(node, place), let zero = numbers.first else {
      return QuantizedTensors.Levels(zero: 0, range: 0...255)
    }
    guard numbers.allSatisfy({ $0 == zero }) else {
      throw .unsupported(
        "node '\(node.name)' (\(node.title)) has several zero points, which are read of weights only"
      )
    }
    if case .bytes? = initializers[name(node.inputs[place])]?.contents {
      return QuantizedTensors.Levels(zero: zero, range: 0...255)
    }
    guard case .int8 = try needed(node, place).elements else {
      throw .unsupported(
        "node '\(node.name)' (\(node.title)) has a zero point that is neither int8 nor uint8")
    }
    return QuantizedTensors.Levels(zero: zero, range: -128...127)
  }

  /// Scales above 0.
  func scales(_ node: ONNXModel.Node, _ place: Int) throws(ComponentError) -> [Float] {
    let scales = try reals(node, place)
    guard !scales.isEmpty, scales.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw .data(
        "node '\(node.name)' (\(node.title)) has scales \(scales.prefix(3)), which cannot be")
    }
    return scales
  }

  /// Factors of a value: one, or one for each extent of an axis.
  mutating func factors(
    _ values: [Float], axis: Int, rank: Int, _ node: ONNXModel.Node, _ part: String
  ) throws(ComponentError) -> String {
    guard values.count > 1 else { return number(values[0], node) }
    let place = axis < 0 ? axis + rank : axis
    guard (0..<rank).contains(place) else {
      throw .data("node '\(node.name)' (\(node.title)) has the axis \(axis) of \(rank) extents")
    }
    return numbers(
      values, [values.count] + Array(repeating: 1, count: max(0, rank - 1 - place)), node, part)
  }

  mutating func convertQuantize(_ node: ONNXModel.Node) throws(ComponentError) {
    let (scales, levels) = (try scales(node, 1), try zeroPoint(node, 2))
    let input = try value(node, 0)
    let rank = values[input]?.shape.count ?? 0
    var result = input
    if scales != [1] {
      let axis = Self.integer(node, "axis", default: 1)
      result = try emit(
        node, "Div", [input, try factors(scales, axis: axis, rank: rank, node, "scale")],
        as: "scaled")
    }
    try quantize(result, node, levels, to: node.outputs.first ?? "")
  }

  /// clamp and round of a value in units of the scale.
  mutating func quantize(
    _ value: String, _ node: ONNXModel.Node, _ levels: QuantizedTensors.Levels, to output: String
  ) throws(ComponentError) {
    let bounds = [levels.range.lowerBound, levels.range.upperBound].map {
      number(Float($0 - levels.zero), node)
    }
    let clipped = try emit(node, "Clip", [value] + bounds, as: "clipped")
    try append(
      Graph.Node(name: output, operation: "Round", inputs: [clipped], outputs: [output]))
    quantized.levels[output] = levels
  }

  mutating func convertDequantize(_ node: ONNXModel.Node) throws(ComponentError) {
    let output = node.outputs.first ?? ""
    let scales = try scales(node, 1)
    let axis = Self.integer(node, "axis", default: 1)
    guard let level = try levelOfValue(node) else {
      return try dequantizeWeights(node, scales, axis)
    }
    quantized.reals[output] = QuantizedTensors.Real(levels: level, scale: scales)
    let rank = values[level]?.shape.count ?? 0
    guard scales != [1] else { return alias(output, of: level) }
    try emit(
      node, "Mul", [level, try factors(scales, axis: axis, rank: rank, node, "scale")])
  }

  /// The graph's name of the levels, less their zero point, of what a DequantizeLinear takes; `nil` for constants.
  private mutating func levelOfValue(_ node: ONNXModel.Node) throws(ComponentError) -> String? {
    let zeros = try wholeNumbers(node, 2) ?? [0]
    guard let levels = quantized.levels[node.inputs.first ?? ""] else {
      guard case .value(let name) = try bytes(node), let type = values[name]?.type else {
        return nil
      }
      guard type == .uint8 || type == .int8, zeros.allSatisfy({ $0 == 0 }) else {
        throw .unsupported(
          "node '\(node.name)' (DequantizeLinear) takes '\(name)', which no QuantizeLinear gives and which is not "
            + "of bytes with the zero point 0")
      }
      return try emit(node, "Cast", [name], as: "real", attributes: ["to": .integers([1])])
    }
    guard zeros.allSatisfy({ $0 == levels.zero }) else {
      throw .unsupported(
        "node '\(node.name)' (DequantizeLinear) has the zero point \(zeros.first ?? 0) for a tensor of zero point "
          + "\(levels.zero); one for both is read")
    }
    return try value(node, 0)
  }

  /// What a node takes first; constants of type uint8, which are none of graphs, are `nil`.
  private func bytes(_ node: ONNXModel.Node) throws(ComponentError) -> Operand? {
    let name = name(node.inputs.first ?? "")
    if case .bytes? = initializers[name]?.contents { return nil }
    return try operand(node, 0)
  }
}
