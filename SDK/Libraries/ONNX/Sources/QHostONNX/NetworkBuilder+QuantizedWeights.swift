internal import QHostInterfaces

/// Constant weights in integers, with a scale for all or one for each place of an axis.
extension NetworkBuilder {
  /// Weights: a constant, and what it is made of.
  mutating func dequantizeWeights(
    _ node: ONNXModel.Node, _ scales: [Float], _ axis: Int
  ) throws(ComponentError) {
    guard let whole = try wholeNumbers(node, 0) else {
      throw .data("node '\(node.name)' (DequantizeLinear) takes nothing")
    }
    let shape = try extents(node, 0)
    let zeros = try wholeNumbers(node, 2) ?? [0]
    let weights = try Self.weights(node, whole, zeros, shape, scales, axis)
    let output = node.outputs.first ?? ""
    quantized.weights[output] = weights
    let inner = shape.dropFirst(weights.axis + 1).reduce(1, *)
    let reals = weights.numbers.enumerated().map { place, number in
      number * (scales.count == 1 ? scales[0] : scales[place / inner % scales.count])
    }
    define(output, Graph.Constant(name: output, shape: Shape(shape), elements: .float(reals)))
  }

  /// Integers less their zero points.
  static func weights(
    _ node: ONNXModel.Node, _ whole: [Int], _ zeros: [Int], _ shape: [Int], _ scales: [Float],
    _ axis: Int
  ) throws(ComponentError) -> QuantizedTensors.Weights {
    let place = scales.count == 1 && zeros.count == 1 ? 0 : axis < 0 ? axis + shape.count : axis
    let extent = shape.indices.contains(place) ? shape[place] : 1
    guard [1, extent].contains(scales.count), [1, extent].contains(zeros.count) else {
      throw .data(
        "node '\(node.name)' (\(node.title)) has \(scales.count) scales and \(zeros.count) zero points along axis "
          + "\(axis) of \(Shape(shape))")
    }
    let inner = shape.dropFirst(place + 1).reduce(1, *)
    let numbers = whole.enumerated().map { index, number in
      Float(number - (zeros.count == 1 ? zeros[0] : zeros[index / inner % extent]))
    }
    return QuantizedTensors.Weights(numbers: numbers, shape: shape, scale: scales, axis: place)
  }
}
