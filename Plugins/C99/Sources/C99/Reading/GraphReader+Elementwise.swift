internal import QHostInterfaces

extension GraphReader {
  /// Clip as Max and Min, as far as it has bounds.
  mutating func clip(_ node: Graph.Node, _ inputs: [Int?]) throws(ComponentError) -> Int {
    var value = try operand(inputs, 0, node)
    let bounds = zip([Elementwise.maximum, .minimum], inputs.dropFirst())
    let parts = bounds.compactMap { operation, bound in bound.map { (operation, $0) } }
    guard let last = parts.last else {
      return addView(of: value, node.outputs[0], values[value].shape, values[value].type)
    }
    for (operation, bound) in parts {
      let name = operation == last.0 ? node.outputs[0] : node.outputs[0] + ".above"
      value = try apply(operation, node, [value, bound], name)
    }
    return value
  }

  /// An operator that gives each element from those at its place.
  mutating func elementwise(
    _ operation: Elementwise, _ node: Graph.Node, _ inputs: [Int?]
  ) throws(ComponentError) -> Int {
    var operands: [Int] = []
    for place in inputs.indices { operands.append(try operand(inputs, place, node)) }
    let isList = [.minimum, .maximum].contains(operation)
    guard isList ? !operands.isEmpty : operands.count == operation.operandCount else {
      throw .data(
        "node '\(node.name)' (\(node.operation)) has \(operands.count) inputs, not "
          + "\(operation.operandCount); report it to the model's author")
    }
    if operation == .cast { return try cast(node, operands[0]) }
    guard isList, operands.count != 2 else {
      return try apply(operation, node, operands, node.outputs[0])
    }
    var value = operands[0]
    guard operands.count > 1 else {
      return addView(of: value, node.outputs[0], values[value].shape, values[value].type)
    }
    for (place, operand) in operands.enumerated().dropFirst() {
      let name = node.outputs[0] + (place + 1 == operands.count ? "" : ".\(place)")
      value = try apply(operation, node, [value, operand], name)
    }
    return value
  }

  private mutating func apply(
    _ operation: Elementwise, _ node: Graph.Node, _ operands: [Int], _ name: String
  ) throws(ComponentError) -> Int {
    let given = operands.map { values[$0] }
    let type = try resultType(operation, node, given)
    let shapes = operation == .gather ? [given[1].shape] : given.map(\.shape)
    guard let shape = Broadcast.shape(shapes) else {
      let list = shapes.map { "\(Shape($0))" }.joined(separator: " and ")
      throw .data(
        "node '\(node.name)' (\(node.operation)) is given \(list), which do not go together; report it to "
          + "the model's author")
    }
    try checkExtents(shape, "the result of node '\(node.name)' (\(node.operation))")
    let role = "the result of node '\(node.name)' (\(node.operation))"
    let bounds: Bounds
    if operation == .gather {
      bounds = try gathered(node, given)
    } else if given.allSatisfy({ !$0.type.isReal }) {
      bounds = try wholeBounds(operation, given, shape, type, role)
    } else {
      bounds = operation.isComparison ? .whole([0...1]) : operation.realBounds(given.map(\.bounds))
    }
    let result = add(name, shape, type, bounds)
    append(node.operation, node.name, .elementwise(operation), operands, result)
    return result
  }

  private func resultType(
    _ operation: Elementwise, _ node: Graph.Node, _ given: [Value]
  ) throws(ComponentError) -> ElementType {
    let types = given.map(\.type)
    let fits =
      switch operation {
      case .gather: given[0].isConstant && given[0].shape.count == 1 && !types[1].isReal
      case .select: types[0] == .boolean && types[1] == types[2]
      default: types.allSatisfy { $0 == types[0] && (!operation.needsReals || $0.isReal) }
      }
    guard fits, operation == .select || !types.contains(.boolean) else {
      let list = given.map { "\($0.type.name) \(Shape($0.shape))" }.joined(separator: ", ")
      throw .unsupported(
        "c99 does not support node '\(node.name)' (\(node.operation)) of \(list)"
          + (operation == .gather ? "; it needs a list of constants and whole indices" : ""))
    }
    return operation.isComparison ? .boolean : types[operation == .select ? 1 : 0]
  }

  /// What a list has at the places that an index may have.
  private func gathered(_ node: Graph.Node, _ given: [Value]) throws(ComponentError) -> Bounds {
    try require(node, "axis", 0)
    let places = given[1].bounds.hull
    guard places.lowerBound >= 0, places.upperBound < given[0].count else {
      throw .unsupported(
        "the index of node '\(node.name)' (Gather) may be \(places.lowerBound) to "
          + "\(places.upperBound), and its list has \(given[0].count) numbers; clip it before")
    }
    guard !given[0].type.isReal else { return given[0].bounds }
    let whole = given[0].bounds.ranges
    guard given[1].bounds.ranges.count == given[1].count else {
      return .whole([Bounds.whole(Array(whole[places])).hull])
    }
    return .whole(given[1].bounds.ranges.map { Bounds.whole(Array(whole[$0])).hull })
  }

  private mutating func cast(_ node: Graph.Node, _ operand: Int) throws(ComponentError) -> Int {
    let value = values[operand]
    let number = try integers(node, "to", count: 1)?[0] ?? 0
    guard let type = ElementType(rawValue: number), type != .boolean || value.type == .boolean
    else {
      throw .unsupported(
        "c99 does not support type \(number) in node '\(node.name)' (Cast), only for float, uint8, int8, "
          + "int16, int32 and int64")
    }
    let role = "the operand of node '\(node.name)' (Cast)"
    if value.type.isReal == type.isReal {
      if !type.isReal { try check(value.bounds.hull, type, role) }
      return addView(of: operand, node.outputs[0], value.shape, type)
    }
    var bounds = Bounds.real(value.bounds.reals)
    if value.type.isReal {
      let range = value.bounds.reals
      guard range.lowerBound >= -0x1p31, range.upperBound < 0x1p31 else {
        throw .unsupported(
          "\(role) may be \(range.lowerBound) to \(range.upperBound); clip it before")
      }
      let whole = Int(range.lowerBound)...Int(range.upperBound)
      try check(whole, type, role)
      bounds = .whole([whole])
    }
    let result = add(node.outputs[0], value.shape, type, bounds)
    append(node.operation, node.name, .elementwise(.cast), [operand], result)
    return result
  }
}
