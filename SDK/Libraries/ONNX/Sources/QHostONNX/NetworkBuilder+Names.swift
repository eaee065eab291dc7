internal import QHostGraphs
internal import QHostInterfaces

/// What names stand for while nodes are converted.
extension NetworkBuilder {
  /// The name that a value goes by, when its node passes on another one.
  func name(_ name: String) -> String { aliases[name] ?? name }

  /// Makes a value another name of one that there is.
  mutating func alias(_ name: String, of other: String) { aliases[name] = self.name(other) }

  /// What an input of a node stands for; `nil` where it is left out.
  func operand(_ node: ONNXModel.Node, _ place: Int) throws(ComponentError) -> Operand? {
    guard place < node.inputs.count, !node.inputs[place].isEmpty else { return nil }
    let name = name(node.inputs[place])
    if values[name] != nil, used[name] == nil { return .value(name) }
    if let constant = made.first(where: { $0.name == name }) { return .constant(constant) }
    guard let tensor = initializers[name] else {
      throw .data(
        "node '\(node.name)' (\(node.title)) takes '\(name)', which is neither the input, nor an "
          + "initializer, nor the output of a node before it")
    }
    return .constant(try constant(tensor, tensor.name))
  }

  /// A tensor as a constant of finite numbers.
  func constant(
    _ tensor: ONNXModel.Tensor, _ name: String
  ) throws(ComponentError) -> Graph.Constant {
    switch tensor.contents {
    case .unread(let reason): throw .unsupported("initializer '\(name)' \(reason)")
    case .elsewhere(let external):
      throw .unsupported(
        "initializer '\(name)' lies in another file, '\(external.location)'; save the model as one file"
      )
    case .texts: throw .unsupported("initializer '\(name)' has texts, not numbers")
    case .bytes:
      throw .unsupported(
        "initializer '\(name)' has elements of type uint8, which are read in quantised tensors only"
      )
    case .numbers(let elements):
      if case .float(let numbers) = elements,
        let place = numbers.firstIndex(where: { !$0.isFinite })
      {
        throw .data(
          "initializer '\(name)' is \(numbers[place]) at \(place); train the network again")
      }
      return Graph.Constant(name: name, shape: tensor.shape, elements: elements)
    }
  }

  /// The constant that a node takes there; an error when it takes something else.
  func needed(_ node: ONNXModel.Node, _ place: Int) throws(ComponentError) -> Graph.Constant {
    guard case .constant(let constant) = try operand(node, place) else {
      throw .unsupported(
        "input \(place + 1) of node '\(node.name)' (\(node.title)) is not a constant, which is needed there"
      )
    }
    return constant
  }

  /// Has a constant in the graph, and gives its name.
  mutating func use(_ constant: Graph.Constant) -> String {
    if used[constant.name] == nil {
      used[constant.name] = constant
      values[constant.name] = GraphValue(constant)
    }
    return constant.name
  }

  /// Makes a constant that the file does not have, under a name that is free.
  mutating func make(
    _ name: String, _ shape: [Int], _ elements: Graph.Elements
  ) -> Graph.Constant {
    let constant = Graph.Constant(name: free(name), shape: Shape(shape), elements: elements)
    made.append(constant)
    return constant
  }

  /// A name that nothing has, made from one.
  func free(_ name: String) -> String {
    var free = name
    while initializers[free] != nil || values[free] != nil || outputs.contains(free)
      || made.contains(where: { $0.name == free })
    {
      free += "_"
    }
    return free
  }

  /// Keeps a tensor whose type constants of graphs do not have.
  mutating func keep(_ tensor: ONNXModel.Tensor, as name: String) { initializers[name] = tensor }

  /// Replaces the last node.
  mutating func replaceLast(by node: Graph.Node) throws(ComponentError) {
    nodes.removeLast()
    try append(node)
  }

  /// A constant of the graph so far.
  func constant(named name: String) -> Graph.Constant? { used[name] }

  /// Makes a constant of a node's output.
  mutating func define(_ name: String, _ constant: Graph.Constant) {
    made.append(Graph.Constant(name: name, shape: constant.shape, elements: constant.elements))
  }

  /// Appends a node and works out its value.
  mutating func append(_ node: Graph.Node) throws(ComponentError) {
    try values.apply(node)
    nodes.append(node)
  }

  /// The one node that takes a value, when it has this operator.
  func onlyTaker(of value: String, _ operation: String) -> (place: Int, node: ONNXModel.Node)? {
    guard isTakenOnce(value), let places = takers[value],
      model.nodes[places[0]].operation == operation
    else { return nil }
    return (places[0], model.nodes[places[0]])
  }

  /// Whether one node, and no output, takes a value.
  func isTakenOnce(_ value: String) -> Bool {
    takers[value]?.count == 1 && value != tail.score
  }

  /// Makes a node part of one before it.
  mutating func absorb(_ place: Int) { absorbed.insert(place) }
}
