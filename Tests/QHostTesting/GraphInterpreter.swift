import Foundation
public import QHostInterfaces
import QHostNetworks

/// The operators that graphs of models use, by their definitions in ONNX; values are row-major.
///
/// It is plain on purpose: what models and targets make of a graph is held against it. All numbers are
/// `Float`; whole ones below 2²⁴ are exact.
public struct GraphInterpreter {
  /// By name, what was computed.
  public private(set) var values: [String: [Float]] = [:]
  var shapes: [String: [Int]] = [:]
  /// The names of values that are integers.
  private var wholes: Set<String> = []
  let rowCount: Int

  /// Computes all values of a graph for inputs [B × F].
  public init(_ graph: Graph, inputs: [Float], rowCount: Int) {
    self.rowCount = rowCount
    values[graph.input] = inputs
    shapes[graph.input] = [rowCount] + graph.inputShape.extents
    for constant in graph.constants {
      shapes[constant.name] = constant.shape.extents
      if case .float = constant.elements {} else { wholes.insert(constant.name) }
      switch constant.elements {
      case .float(let elements): values[constant.name] = elements
      case .int64(let elements): values[constant.name] = elements.map { Float($0) }
      case .int32(let elements): values[constant.name] = elements.map { Float($0) }
      case .int8(let elements): values[constant.name] = elements.map { Float($0) }
      }
    }
    for node in graph.nodes {
      let (value, shape) = apply(node)
      values[node.outputs[0]] = value
      shapes[node.outputs[0]] = shape
      if isWhole(node) { wholes.insert(node.outputs[0]) }
    }
  }

  private func isWhole(_ node: Graph.Node) -> Bool {
    switch node.operation {
    case "Cast": node.attributes["to"] != .integers([1])
    case "Where": wholes.contains(node.inputs[1])
    default: wholes.contains(node.inputs[0]) || node.operation == "MatMulInteger"
    }
  }

  private func apply(_ node: Graph.Node) -> (value: [Float], shape: [Int]) {
    let inputs = node.inputs.map { values[$0] ?? [] }
    let shape = shapes[node.inputs[0]] ?? []
    switch node.operation {
    case "Flatten": return (inputs[0], [shape[0], shape[1...].reduce(1, *)])
    case "Reshape":
      let extents = inputs[1].dropFirst().map { Int($0) }
      let others = extents.filter { $0 > 0 }.reduce(shape[0], *)
      return (inputs[0], [shape[0]] + extents.map { $0 > 0 ? $0 : inputs[0].count / others })
    case "Gemm": return product(node, inputs)
    case "MatMul", "MatMulInteger": return product(node, inputs)
    case "Conv": return convolution(node, inputs, shape)
    case "MaxPool": return pooled(node, inputs[0], shape) { $0.max() ?? .nan }
    case "AveragePool":
      return pooled(node, inputs[0], shape) { $0.reduce(0, +) / Float($0.count) }
    case "Transpose": return transposed(node, inputs[0], shape)
    case "Gather": return (inputs[1].map { inputs[0][Int($0)] }, shapes[node.inputs[1]] ?? [])
    default: return elementwise(node)
    }
  }

  private func transposed(
    _ node: Graph.Node, _ numbers: [Float], _ shape: [Int]
  ) -> (value: [Float], shape: [Int]) {
    guard case .integers(let order)? = node.attributes["perm"] else { return (numbers, shape) }
    let wide = order.map { shape[$0] }
    let value = numbers.indices.map { place in
      var (rest, index) = (place, [Int](repeating: 0, count: shape.count))
      for axis in order.indices.reversed() {
        index[order[axis]] = rest % wide[axis]
        rest /= wide[axis]
      }
      return numbers[zip(index, shape).reduce(0) { $0 * $1.1 + $1.0 }]
    }
    return (value, wide)
  }

  private func elementwise(_ node: Graph.Node) -> (value: [Float], shape: [Int]) {
    let rank = node.inputs.map { shapes[$0]?.count ?? 0 }.max() ?? 0
    let padded = node.inputs.map { name in
      let shape = shapes[name] ?? []
      return Array(repeating: 1, count: rank - shape.count) + shape
    }
    let shape = (0..<rank).map { axis in padded.map { $0[axis] }.max() ?? 1 }
    let isWhole = wholes.contains(node.inputs[0])
    let value = (0..<shape.reduce(1, *)).map { place in
      let operands = zip(node.inputs, padded).map { name, extents in
        values[name]?[Self.place(place, shape, extents)] ?? .nan
      }
      return Self.number(node, operands, isWhole: isWhole)
    }
    return (value, shape)
  }

  /// The place in an operand that goes with a place in a result.
  private static func place(_ place: Int, _ shape: [Int], _ operand: [Int]) -> Int {
    var (rest, result, stride) = (place, 0, 1)
    for axis in shape.indices.reversed() {
      if operand[axis] > 1 { result += rest % shape[axis] * stride }
      stride *= operand[axis]
      rest /= shape[axis]
    }
    return result
  }

  private static func number(_ node: Graph.Node, _ x: [Float], isWhole: Bool) -> Float {
    switch node.operation {
    case "Identity": return x[0]
    case "Tanh": return Float(Activation.tanh.value(Double(x[0])))
    case "Sigmoid": return Float(Activation.sigmoid.value(Double(x[0])))
    case "Sin": return Float(Activation.sine.value(Double(x[0])))
    case "Cos": return Float(Activation.sine.value(Double(x[0]) + .pi / 2))
    case "Exp": return Float(exp(Double(x[0])))
    case "Log": return Float(log(Double(x[0])))
    case "Erf": return Float(erf(Double(x[0])))
    case "Round": return x[0].rounded(.toNearestOrEven)
    case "Sqrt": return x[0].squareRoot()
    case "Relu": return max(x[0], 0)
    case "Abs": return abs(x[0])
    case "Neg": return -x[0]
    case "Greater": return x[0] > x[1] ? 1 : 0
    case "GreaterOrEqual": return x[0] >= x[1] ? 1 : 0
    case "Less": return x[0] < x[1] ? 1 : 0
    case "LessOrEqual": return x[0] <= x[1] ? 1 : 0
    case "Where": return x[0] != 0 ? x[1] : x[2]
    case "Add": return x[0] + x[1]
    case "Sub": return x[0] - x[1]
    case "Mul": return x[0] * x[1]
    case "Div": return isWhole ? (x[0] / x[1]).rounded(.towardZero) : x[0] / x[1]
    case "Min": return x.min() ?? .nan
    case "Max": return x.max() ?? .nan
    case "Clip": return min(max(x[0], x[1]), x[2])
    case "Cast" where node.attributes["to"] == .integers([1]): return x[0]
    case "Cast": return x[0].rounded(.towardZero)
    case "Floor": return x[0].rounded(.down)
    default: preconditionFailure("the interpreter of graphs does not know \(node.operation)")
    }
  }
}
