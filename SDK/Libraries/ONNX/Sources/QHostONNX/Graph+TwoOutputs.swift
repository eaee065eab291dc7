internal import QHostInterfaces

extension Graph {
  /// The graph of a network with one output z for two classes, with the outputs 0 and z, the larger of which is the class.
  ///
  /// The layer that gives z takes it over where it is a Gemm; otherwise one is added.
  var withTwoOutputs: Graph {
    var graph = self
    graph.outputShape = Shape([2])
    if let last = nodes.last, last.operation == "Gemm", last.outputs == [output],
      last.attributes == ["transB": .integers([1])], last.inputs.count > 1,
      let weight = graph.taken(last.inputs[1], by: last), case .float(let weights) = weight.elements
    {
      var shift: [Float] = [0]
      if last.inputs.count > 2,
        case .float(let numbers)? = graph.taken(last.inputs[2], by: last)?.elements
      {
        shift = numbers
      }
      let zeros = [Float](repeating: 0, count: weights.count)
      graph.nodes.removeLast()
      graph.appendLayer(
        last.name, of: last.inputs[0], weight.name, [2, weights.count], zeros + weights,
        shift: [0, shift.first ?? 0], to: output)
      return graph
    }
    let made = graph.free(output + ".both")
    graph.appendLayer(
      made, of: output, output + ".weights", [2, 1], [0, 1], shift: [0, 0], to: made)
    graph.output = made
    return graph
  }

  /// Takes a constant out of the graph, unless another node needs it.
  private mutating func taken(_ name: String, by node: Node) -> Constant? {
    guard let place = constants.firstIndex(where: { $0.name == name }) else { return nil }
    let constant = constants[place]
    let others = nodes.filter { $0.name != node.name || $0.outputs != node.outputs }
    if !others.contains(where: { $0.inputs.contains(name) }) { constants.remove(at: place) }
    return constant
  }

  private mutating func appendLayer(
    _ name: String, of input: String, _ weight: String, _ shape: [Int], _ weights: [Float],
    shift: [Float], to output: String
  ) {
    let names = (free(weight + ".both"), free(output + ".bias"))
    constants.append(Constant(name: names.0, shape: Shape(shape), elements: .float(weights)))
    constants.append(
      Constant(name: names.1, shape: Shape([shift.count]), elements: .float(shift)))
    nodes.append(
      Node(
        name: name, operation: "Gemm", inputs: [input, names.0, names.1], outputs: [output],
        attributes: ["transB": .integers([1])]))
  }

  private func free(_ name: String) -> String {
    let taken = Set(constants.map(\.name) + nodes.flatMap(\.outputs) + [input])
    var free = name
    while taken.contains(free) { free += "_" }
    return free
  }
}
