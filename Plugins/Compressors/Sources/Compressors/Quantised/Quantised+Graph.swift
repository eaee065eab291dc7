public import QHostInterfaces

extension Quantised {
  /// The inner model's graph, in which layers have their integers: a Gemm of these, then its units' scales and biases.
  ///
  /// What is not a Gemm by units keeps the rounded weights as real numbers.
  public func graph(parameters: [Double]) throws(ComponentError) -> Graph {
    var graph = try inner.model.graph(parameters: innerParameters(at: parameters))
    parameters.withUnsafeBufferPointer { numbers in
      for matrix in rounding.matrices { graph.store(matrix, numbers) }
    }
    return graph
  }
}

extension Graph {
  /// Takes integers and scales for a matrix of real weights.
  fileprivate mutating func store(
    _ matrix: RoundedMatrix, _ numbers: UnsafeBufferPointer<Double>
  ) {
    let name = matrix.block.name
    let users = nodes.indices.filter { nodes[$0].inputs.contains(name) }
    guard
      let constant = constants.firstIndex(where: {
        $0.name == name && $0.shape == matrix.block.shape
      }), users.count == 1, let place = users.first, nodes[place].isProductByUnits(of: name)
    else { return }
    let (integers, scales) = matrix.stored(numbers)
    constants[constant] = Constant(
      name: name + ".integers", shape: matrix.block.shape,
      elements: matrix.bits > 8 ? .int32(integers) : .int8(integers.map { Int8($0) }))
    constants.append(
      Constant(name: name + ".scales", shape: Shape([scales.count]), elements: .float(scales)))
    nodes.replaceSubrange(place...place, with: nodes[place].scaled(name))
  }
}

extension Graph.Node {
  /// Whether it is a Gemm of a row and this matrix [units × inputs], without factors.
  fileprivate func isProductByUnits(of matrix: String) -> Bool {
    operation == "Gemm" && inputs.count > 1 && inputs[1] == matrix
      && inputs[0] != matrix && attributes == ["transB": .integers([1])]
  }

  /// The same of integers, whose sums are multiplied by the units' scales.
  fileprivate func scaled(_ matrix: String) -> [Graph.Node] {
    let biases = inputs.count > 2 && !inputs[2].isEmpty ? inputs[2] : nil
    let sums = name + ".sums"
    var made = [
      Graph.Node(
        name: name + ".reals", operation: "Cast", inputs: [matrix + ".integers"],
        outputs: [matrix + ".reals"], attributes: ["to": .integers([1])]),
      Graph.Node(
        name: name, operation: "Gemm", inputs: [inputs[0], matrix + ".reals"], outputs: [sums],
        attributes: attributes),
      Graph.Node(
        name: name + ".scale", operation: "Mul", inputs: [sums, matrix + ".scales"],
        outputs: biases == nil ? outputs : [name + ".scaled"]),
    ]
    if let biases {
      made.append(
        Graph.Node(
          name: name + ".offset", operation: "Add", inputs: [name + ".scaled", biases],
          outputs: outputs))
    }
    return made
  }
}
