internal import QHostInterfaces
internal import QHostONNX

extension ONNXModel {
  /// Gives QuantizeLinear and DequantizeLinear the zero points of 0 that they have anyway.
  ///
  /// ONNX Runtime 1.32 fuses only nodes that say them.
  mutating func giveZeroPoints() {
    let weights = Dictionary(initializers.map { ($0.name, $0) }) { first, _ in first }
    let level = "zero.point"
    initializers.append(Tensor(name: level, shape: Shape([]), contents: .bytes([0])))
    for place in nodes.indices {
      let node = nodes[place]
      guard ["QuantizeLinear", "DequantizeLinear"].contains(node.operation), node.inputs.count == 2
      else { continue }
      switch weights[node.inputs[0]]?.contents {
      case nil: nodes[place].inputs.append(level)
      case .numbers(.int8):
        guard let scale = weights[node.inputs[1]] else { continue }
        let name = node.name + ".zero"
        let zeros = [Int8](repeating: 0, count: scale.shape.count)
        initializers.append(
          Tensor(name: name, shape: scale.shape, contents: .numbers(.int8(zeros))))
        nodes[place].inputs.append(name)
      default: break
      }
    }
  }
}
