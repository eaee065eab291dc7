import QHostInterfaces
import QHostKernels
import Testing

/// The operators that these models use, by their definitions in ONNX; values are row-major.
struct GraphInterpreter {
  private(set) var values: [String: [Float]] = [:]
  private var shapes: [String: [Int]] = [:]
  private let graph: Graph
  private let rowCount: Int

  init(_ graph: Graph, inputs: [Float], rowCount: Int) {
    self.graph = graph
    self.rowCount = rowCount
    values[graph.input] = inputs
    shapes[graph.input] = [rowCount] + graph.inputShape.extents
    for constant in graph.constants {
      shapes[constant.name] = constant.shape.extents
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
    }
  }

  private func apply(_ node: Graph.Node) -> (value: [Float], shape: [Int]) {
    let inputs = node.inputs.map { values[$0] ?? [] }
    let shape = shapes[node.inputs[0]] ?? []
    switch node.operation {
    case "Flatten": return (inputs[0], [shape[0], shape[1...].reduce(1, *)])
    case "Reshape": return (inputs[0], [shape[0]] + inputs[1].dropFirst().map { Int($0) })
    case "Gemm": return product(node, inputs)
    case "MatMulInteger": return integerProduct(node, inputs)
    case "Conv": return convolution(node, inputs, shape)
    case "MaxPool": return pooled(node, inputs[0], shape) { $0.max() ?? .nan }
    case "AveragePool": return pooled(node, inputs[0], shape) { $0.reduce(0, +) / 4 }
    case "Gather": return (inputs[1].map { inputs[0][Int($0)] }, shapes[node.inputs[1]] ?? [])
    default: return (elementwise(node, inputs), shape)
    }
  }

  private func elementwise(_ node: Graph.Node, _ inputs: [[Float]]) -> [Float] {
    func second(_ place: Int) -> Float { inputs[1][place % inputs[1].count] }
    func paired(_ body: (Float, Float) -> Float) -> [Float] {
      inputs[0].indices.map { body(inputs[0][$0], second($0)) }
    }
    switch node.operation {
    case "Tanh": return inputs[0].map { Float(Activation.tanh.value(Double($0))) }
    case "Sigmoid": return inputs[0].map { Float(Activation.sigmoid.value(Double($0))) }
    case "Sin": return inputs[0].map { Float(Activation.sine.value(Double($0))) }
    case "Relu": return inputs[0].map { max($0, 0) }
    case "Greater": return paired { $0 > $1 ? 1 : 0 }
    case "Less": return paired { $0 < $1 ? 1 : 0 }
    case "Where": return inputs[0].map { $0 != 0 ? inputs[1][0] : inputs[2][0] }
    case "Add": return paired { $0 + $1 }
    case "Sub": return paired { $0 - $1 }
    case "Mul": return paired { $0 * $1 }
    case "Min": return paired { min($0, $1) }
    case "Max": return paired { max($0, $1) }
    case "Div": return paired { ($0 / $1).rounded(.towardZero) }
    case "Clip": return inputs[0].map { min(max($0, inputs[1][0]), inputs[2][0]) }
    case "Cast" where node.attributes["to"] == .integers([1]): return inputs[0]
    case "Floor", "Cast": return inputs[0].map { $0.rounded(.down) }
    default:
      Issue.record("unknown operator \(node.operation)")
      return []
    }
  }

  private func product(_ node: Graph.Node, _ inputs: [[Float]]) -> (value: [Float], shape: [Int]) {
    #expect(node.attributes == ["transB": .integers([1])])
    let shape = shapes[node.inputs[1]] ?? []
    let (units, width) = (shape[0], shape[1])
    let value = (0..<rowCount * units).map { place in
      let (row, unit) = (place / units, place % units)
      return (0..<width).reduce(inputs.count > 2 ? inputs[2][unit] : 0) {
        $0 + inputs[0][row * width + $1] * inputs[1][unit * width + $1]
      }
    }
    return (value, [rowCount, units])
  }

  /// [N × F] times [F × M]; sums below 2²⁴ are exact.
  private func integerProduct(
    _ node: Graph.Node, _ inputs: [[Float]]
  ) -> (value: [Float], shape: [Int]) {
    let shape = shapes[node.inputs[1]] ?? []
    let (width, units) = (shape[0], shape[1])
    let value = (0..<rowCount * units).map { place in
      let (row, unit) = (place / units, place % units)
      return (0..<width).reduce(0) {
        $0 + inputs[0][row * width + $1] * inputs[1][$1 * units + unit]
      }
    }
    return (value, [rowCount, units])
  }

  private func integers(_ node: Graph.Node, _ name: String) -> [Int] {
    guard case .integers(let values) = node.attributes[name] else {
      Issue.record("\(node.name) has no \(name)")
      return [0, 0, 0, 0]
    }
    return values
  }

  private func convolution(
    _ node: Graph.Node, _ inputs: [[Float]], _ shape: [Int]
  ) -> (value: [Float], shape: [Int]) {
    let weights = shapes[node.inputs[1]] ?? []
    let (filters, channels, kernel) = (weights[0], weights[1], weights[2])
    let pad = integers(node, "pads")[0]
    #expect(shape.count == 4 && shape[1] == channels)
    let (height, width) = (shape[2] + 2 * pad - kernel + 1, shape[3] + 2 * pad - kernel + 1)
    let value = (0..<rowCount * filters * height * width).map { place -> Float in
      let (line, column) = (place / width, place % width)
      let (plane, y) = (line / height, line % height)
      let (row, filter) = (plane / filters, plane % filters)
      var sum = inputs[2][filter]
      for channel in 0..<channels {
        for tap in 0..<kernel * kernel {
          let (v, h) = (y + tap / kernel - pad, column + tap % kernel - pad)
          guard (0..<shape[2]).contains(v), (0..<shape[3]).contains(h) else { continue }
          sum +=
            inputs[1][(filter * channels + channel) * kernel * kernel + tap]
            * inputs[0][((row * channels + channel) * shape[2] + v) * shape[3] + h]
        }
      }
      return sum
    }
    return (value, [rowCount, filters, height, width])
  }

  private func pooled(
    _ node: Graph.Node, _ x: [Float], _ shape: [Int], _ body: ([Float]) -> Float
  ) -> (value: [Float], shape: [Int]) {
    #expect(integers(node, "kernel_shape") == [2, 2] && integers(node, "strides") == [2, 2])
    let (height, width) = (shape[2] / 2, shape[3] / 2)
    let value = (0..<rowCount * shape[1] * height * width).map { place in
      let (line, column) = (place / width, place % width)
      let (plane, y) = (line / height, line % height)
      let first = (plane * shape[2] + 2 * y) * shape[3] + 2 * column
      return body([x[first], x[first + 1], x[first + shape[3]], x[first + shape[3] + 1]])
    }
    return (value, [rowCount, shape[1], height, width])
  }
}
