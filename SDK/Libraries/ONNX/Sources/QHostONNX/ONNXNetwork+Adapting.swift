internal import QHostInterfaces

/// What a network tells of the data that it is for, and how it is made to fit them.
extension ONNXNetwork {
  /// Whether it scales its inputs itself, as skl2onnx writes a pipeline with a scaler: the first thing that is done to the
  /// input is to take something off it, or to multiply each feature by a number of its own.
  public var scalesInputs: Bool {
    var value = graph.input
    while let node = graph.nodes.first(where: { $0.inputs.contains(value) }) {
      switch node.operation {
      case "Flatten", "Reshape", "Identity", "Transpose": value = node.outputs.first ?? ""
      case "Sub", "Add", "Mul", "Div":
        let constant = graph.constants.first { $0.name != value && node.inputs.contains($0.name) }
        guard case .float(let numbers)? = constant?.elements else { return false }
        return ["Sub", "Add"].contains(node.operation) || numbers.count > 1
      default: return false
      }
    }
    return false
  }

  /// The network of one output z for two classes, as Keras' Dense(1, sigmoid) and PyTorch's BCEWithLogitsLoss have them: with
  /// the outputs 0 and z, the larger of which is the class; `nil` where it has another number of outputs.
  ///
  /// A Sigmoid at the end is left out: it is above 1/2 where z is above 0.
  public var forTwoClasses: ONNXNetwork? {
    guard graph.outputShape.count == 1, !graph.nodes.isEmpty, labels.isEmpty || labels.count == 2
    else { return nil }
    var network = self
    var last = network.graph.nodes.count - 1
    while last > 0,
      ["Flatten", "Reshape", "Identity"].contains(network.graph.nodes[last].operation)
    {
      last -= 1
    }
    let node = network.graph.nodes[last]
    if node.operation == "Sigmoid", let output = node.outputs.first,
      network.graph.nodes.count(where: { $0.inputs.contains(output) }) <= 1
    {
      network.graph.nodes.remove(at: last)
      for place in network.graph.nodes.indices {
        network.graph.nodes[place].inputs = network.graph.nodes[place].inputs.map {
          $0 == output ? node.inputs[0] : $0
        }
      }
      if network.graph.output == output { network.graph.output = node.inputs[0] }
      network.leftOut.insert("Sigmoid (node '\(node.name)')", at: 0)
    }
    guard !network.graph.nodes.isEmpty else { return nil }
    network.graph = network.graph.withTwoOutputs
    return network
  }
}
