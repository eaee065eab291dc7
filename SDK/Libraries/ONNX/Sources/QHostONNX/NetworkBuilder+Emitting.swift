internal import QHostGraphs
internal import QHostInterfaces

/// Nodes in the place of one of the file.
extension NetworkBuilder {
  /// Appends a node, one of several in the place of one of the file.
  ///
  /// With a part, which says what it is of the file's node, its output is a value of its own; without one it is
  /// the file's. Gives the name of its output.
  @discardableResult
  mutating func emit(
    _ node: ONNXModel.Node, _ operation: String, _ inputs: [String], as part: String? = nil,
    attributes: [String: Graph.Attribute] = [:]
  ) throws(ComponentError) -> String {
    let last = node.outputs.first ?? node.name
    let output = part.map { free(last + "." + $0) } ?? last
    try append(
      Graph.Node(
        name: part.map { node.name + "." + $0 } ?? node.name, operation: operation,
        inputs: inputs, outputs: [output], attributes: attributes))
    return output
  }

  /// A constant of one real, and its name.
  mutating func number(_ value: Float, _ node: ONNXModel.Node) -> String {
    use(make("\(node.name).\(value)", [], .float([value])))
  }

  /// A constant of reals, and its name.
  mutating func numbers(
    _ values: [Float], _ shape: [Int], _ node: ONNXModel.Node, _ part: String
  ) -> String {
    use(make("\(node.name).\(part)", shape, .float(values)))
  }

  /// The name of the value that a node takes there; an error where it takes a constant or nothing.
  func value(_ node: ONNXModel.Node, _ place: Int) throws(ComponentError) -> String {
    guard case .value(let name) = try operand(node, place) else {
      throw .unsupported(
        "input \(place + 1) of node '\(node.name)' (\(node.title)) is a constant, where a value of the network "
          + "is needed")
    }
    return name
  }

  /// The shape of the value that a node takes first.
  func shape(_ node: ONNXModel.Node) throws(ComponentError) -> [Int] {
    guard case .value(let name) = try operand(node, 0), let value = values[name] else {
      throw .unsupported("node '\(node.name)' (\(node.operation)) works on a constant")
    }
    return value.shape
  }

  /// A value in another shape of its rows.
  mutating func reshape(
    _ value: String, to row: [Int], as output: String
  ) throws(ComponentError) -> String {
    guard row.count != 1 else {
      try append(
        Graph.Node(
          name: output, operation: "Flatten", inputs: [value], outputs: [output],
          attributes: ["axis": .integers([1])]))
      return output
    }
    let shape = make(output + ".rows", [row.count + 1], .int64([0] + row.map { Int64($0) }))
    try append(
      Graph.Node(
        name: output, operation: "Reshape", inputs: [value, use(shape)], outputs: [output]))
    return output
  }

  /// The real value of an attribute.
  static func real(_ node: ONNXModel.Node, _ name: String, default standard: Float) -> Float {
    if case .real(let value) = node.attributes[name] { return value }
    return standard
  }

  /// The whole value of an attribute.
  static func integer(_ node: ONNXModel.Node, _ name: String, default standard: Int) -> Int {
    if case .integer(let value) = node.attributes[name] { return value }
    return standard
  }

  /// The reals of a constant.
  func reals(_ node: ONNXModel.Node, _ place: Int) throws(ComponentError) -> [Float] {
    let constant = try needed(node, place)
    guard case .float(let numbers) = constant.elements else {
      throw .data(
        "constant '\(constant.name)' of node '\(node.name)' (\(node.title)) is not of real numbers")
    }
    return numbers
  }
}
