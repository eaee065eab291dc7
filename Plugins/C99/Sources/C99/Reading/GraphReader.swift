internal import QHostInterfaces

/// Reads a graph: finds shape, type and bounds of every value, and refuses what c99 does not support.
struct GraphReader {
  private(set) var values: [Value] = []
  private(set) var steps: [Step] = []
  private var names: [String: Int] = [:]
  /// The last layer with weights that was read, for messages.
  private var layer = "the input"

  /// Elements of a value or a constant; more are refused.
  static let mostElements = 1 << 28

  /// The graph's steps as far as the output needs them.
  ///
  /// - Throws: `unsupported` for operators that c99 does not support, kind `data` for numbers and shapes that
  ///   cannot be.
  static func read(_ graph: Graph) throws(ComponentError) -> TypedGraph {
    var reader = GraphReader()
    try reader.addInput(graph)
    for constant in graph.constants { try reader.add(constant) }
    for node in graph.clippingFirst.nodes { try reader.read(node) }
    return try reader.result(graph)
  }

  private mutating func addInput(_ graph: Graph) throws(ComponentError) {
    let shape = [1] + graph.inputShape.extents
    try checkExtents(shape, "the input")
    names[graph.input] = add(graph.input, shape, .float, .anyReal)
  }

  private mutating func add(_ constant: Graph.Constant) throws(ComponentError) {
    let shape = constant.shape.extents
    try checkExtents(shape, "constant '\(constant.name)'")
    guard constant.shape.count == constant.elements.count else {
      throw .data(
        "constant '\(constant.name)' of the model has \(constant.elements.count) numbers for the shape "
          + "\(constant.shape); report it to the model's author")
    }
    guard names[constant.name] == nil else { throw Self.twice(constant.name) }
    names[constant.name] = try add(constant.name, shape, constant.elements)
  }

  private mutating func read(_ node: Graph.Node) throws(ComponentError) {
    guard node.outputs.count == 1, !node.outputs[0].isEmpty else {
      throw .unsupported(
        "there is C for operators with one result, and node '\(node.name)' (\(node.operation)) has "
          + "\(node.outputs.count); use another model")
    }
    guard names[node.outputs[0]] == nil else { throw Self.twice(node.outputs[0]) }
    var inputs: [Int?] = []
    for name in node.inputs {
      guard let value = name.isEmpty ? .some(nil) : names[name].map(Optional.some) else {
        throw .data(
          "node '\(node.name)' (\(node.operation)) takes '\(name)', which nothing before it gives; "
            + "report it to the model's author")
      }
      inputs.append(value)
    }
    names[node.outputs[0]] = try result(of: node, inputs)
    if ["Gemm", "MatMul", "MatMulInteger", "Conv"].contains(node.operation) {
      layer = "'\(node.name)'"
    }
  }

  private mutating func result(
    of node: Graph.Node, _ inputs: [Int?]
  ) throws(ComponentError) -> Int {
    switch node.operation {
    case "Identity", "Flatten", "Reshape": return try view(node, inputs)
    case "Gemm", "MatMul", "MatMulInteger": return try product(node, inputs)
    case "Conv": return try convolution(node, inputs)
    case "MaxPool", "AveragePool": return try pool(node, inputs)
    case "Clip": return try clip(node, inputs)
    case "Transpose": return try transpose(node, inputs)
    default:
      guard let operation = Elementwise(rawValue: node.operation) else {
        throw .unsupported(
          "c99 does not support operator \(node.operation) (node '\(node.name)', after \(layer)); use a "
            + "model without it")
      }
      return try elementwise(operation, node, inputs)
    }
  }

  private mutating func result(_ graph: Graph) throws(ComponentError) -> TypedGraph {
    guard let named = names[graph.output] else {
      throw .data(
        "no node of the model gives its output '\(graph.output)'; report it to the model's author")
    }
    let value = values[named]
    guard value.type == .float, value.count == graph.outputShape.count else {
      throw .data(
        "the model's output is \(value.type.name) \(Shape(value.shape)) and should be float "
          + "\(graph.outputShape) for each row; report it to the model's author")
    }
    var output = value.root
    if output == 0 || values[output].isConstant {
      output = add(graph.output, [1, value.count], .float, value.bounds)
      append("Identity", graph.output, .elementwise(.identity), [named], output)
    }
    return TypedGraph(values: values, steps: needed(for: output), output: output)
  }

  /// The steps whose results lead to the output.
  private func needed(for output: Int) -> [Step] {
    var wanted: Set<Int> = [output]
    let kept = steps.reversed().filter { step in
      guard wanted.contains(step.result) else { return false }
      wanted.formUnion(step.operands.map { values[$0].root })
      return true
    }
    return kept.reversed()
  }

  private static func twice(_ name: String) -> ComponentError {
    .data("two values of the model are called '\(name)'; report it to the model's author")
  }
}

extension GraphReader {
  /// Adds a value that a step gives, and returns its index.
  mutating func add(_ name: String, _ shape: [Int], _ type: ElementType, _ bounds: Bounds) -> Int {
    values.append(
      Value(
        name: name, shape: shape, type: type, bounds: bounds, elements: nil, root: values.count))
    return values.count - 1
  }

  /// Adds a constant, and returns its index.
  mutating func add(
    _ name: String, _ shape: [Int], _ elements: Graph.Elements
  ) throws(ComponentError) -> Int {
    let index = add(name, shape, .float, .anyReal)
    values[index].elements = elements
    if case .float(let numbers) = elements {
      if let bad = numbers.firstIndex(where: { !$0.isFinite }) {
        throw .data("constant '\(name)' of the model is \(numbers[bad]) at \(bad); train it again")
      }
      values[index].bounds = .real((numbers.min() ?? 0)...(numbers.max() ?? 0))
      return index
    }
    let numbers = values[index].integers ?? []
    switch elements {
    case .int8: values[index].type = .int8
    case .int32: values[index].type = .int32
    case .int64, .float: values[index].type = .int64
    }
    if let bad = numbers.firstIndex(where: { !ElementType.int32.range.contains($0) }) {
      throw .unsupported(
        "there is C for numbers of at most 32 bits, and constant '\(name)' is \(numbers[bad]) at \(bad)"
      )
    }
    values[index].bounds = .whole(numbers.map { $0...$0 })
    return index
  }

  /// Adds a step.
  mutating func append(
    _ operation: String, _ name: String, _ kind: Step.Kind, _ operands: [Int], _ result: Int
  ) {
    steps.append(
      Step(name: name, operation: operation, kind: kind, operands: operands, result: result))
  }

  /// Adds a view of a value: the same elements in another shape.
  mutating func addView(of value: Int, _ name: String, _ shape: [Int], _ type: ElementType) -> Int {
    let index = add(name, shape, type, values[value].bounds)
    values[index].root = values[value].root
    values[index].elements = values[value].elements
    return index
  }

  func checkExtents(_ shape: [Int], _ role: String) throws(ComponentError) {
    var count = 1
    for extent in shape {
      guard extent > 0 else {
        throw .unsupported(
          "\(role) of the model has the shape \(Shape(shape)); there is C for shapes that are known "
            + "and not empty")
      }
      count = count.multipliedReportingOverflow(by: extent).partialValue
      guard count > 0, count <= Self.mostElements else {
        throw .unsupported("\(role) of the model, \(Shape(shape)), has more than 2^28 numbers")
      }
    }
  }

  func operand(
    _ inputs: [Int?], _ place: Int, _ node: Graph.Node
  ) throws(ComponentError) -> Int {
    guard place < inputs.count, let value = inputs[place] else {
      throw .data(
        "node '\(node.name)' (\(node.operation)) lacks input \(place); report it to the model's author"
      )
    }
    return value
  }

  /// The integers of an attribute; `nil` where it is absent.
  func integers(
    _ node: Graph.Node, _ name: String, count: Int
  ) throws(ComponentError) -> [Int]? {
    guard let attribute = node.attributes[name] else { return nil }
    guard case .integers(let numbers) = attribute, numbers.count == count else {
      throw .data(
        "attribute '\(name)' of node '\(node.name)' (\(node.operation)) must be \(count) integers; "
          + "report it to the model's author")
    }
    return numbers
  }

  /// Refuses an attribute that is not what it is without being given.
  func require(
    _ node: Graph.Node, _ name: String, _ number: Int
  ) throws(ComponentError) {
    guard let given = try integers(node, name, count: 1), given != [number] else { return }
    throw .unsupported(
      "c99 does not support \(name) = \(given[0]) in node '\(node.name)' (\(node.operation)), only for "
        + "\(number)")
  }
}
