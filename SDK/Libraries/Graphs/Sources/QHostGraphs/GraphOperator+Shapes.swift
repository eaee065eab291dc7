internal import QHostInterfaces

/// Operators that rearrange, look up and quantise.
extension GraphOperator {
  func flattened() throws(ComponentError) -> GraphValue {
    let value = try operand(0)
    guard try integers("axis", default: [1]) == [1], !value.shape.isEmpty else {
      throw unsupported("does not flatten from axis 1 on")
    }
    return GraphValue(
      value.type, [value.shape[0], value.shape[1...].reduce(1, *)], value.numbers)
  }

  func reshaped() throws(ComponentError) -> GraphValue {
    let (value, target) = (try operand(0), try operand(1))
    var shape = target.numbers.map { Int(GraphValue.whole($0)) }
    for place in shape.indices where shape[place] == 0 && place < value.shape.count {
      shape[place] = value.shape[place]
    }
    if let open = shape.firstIndex(of: -1) {
      shape[open] = 1
      let others = try count(shape)
      shape[open] = others > 0 ? value.numbers.count / others : 0
    }
    guard try count(shape) == value.numbers.count else {
      throw data("cannot make \(Shape(shape)) of \(Shape(value.shape))")
    }
    return GraphValue(value.type, shape, value.numbers)
  }

  /// The same numbers with the extents in another order.
  func transposed() throws(ComponentError) -> GraphValue {
    let value = try operand(0)
    let order = try integers("perm", default: Array(value.shape.indices.reversed()))
    guard order.sorted() == Array(value.shape.indices) else {
      throw data("has the order \(order) for a value of shape \(Shape(value.shape))")
    }
    var strides = Array(repeating: 1, count: order.count)
    for axis in value.shape.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] * value.shape[axis + 1]
    }
    let shape = order.map { value.shape[$0] }
    let steps = order.map { strides[$0] }
    let numbers = value.numbers.indices.map { place in
      var (rest, source) = (place, 0)
      for axis in shape.indices.reversed() {
        source += rest % shape[axis] * steps[axis]
        rest /= shape[axis]
      }
      return value.numbers[source]
    }
    return GraphValue(value.type, shape, numbers)
  }

  /// Entries of a list; an index below 0 counts from its end.
  func gathered() throws(ComponentError) -> GraphValue {
    let (table, index) = (try operand(0), try operand(1))
    guard table.shape.count == 1, try integers("axis", default: [0]) == [0] else {
      throw unsupported("looks up in a value of shape \(Shape(table.shape)), not in a list")
    }
    let places = index.numbers.map { Int(GraphValue.whole($0)) }.map {
      $0 < 0 ? $0 + table.numbers.count : $0
    }
    if let wrong = places.first(where: { !table.numbers.indices.contains($0) }) {
      throw data("looks up entry \(wrong) of \(table.numbers.count)")
    }
    return GraphValue(table.type, index.shape, places.map { table.numbers[$0] })
  }

  /// saturate(round(x / scale) + zero), halves to even.
  func quantized() throws(ComponentError) -> GraphValue {
    let value = try operand(0)
    let zero = operands.count > 2 ? operands[2] : nil
    let type = zero?.type ?? .uint8
    guard type == .uint8 || type == .int8 else { throw unsupported("makes numbers of \(type)") }
    let scale = try alongAxis(try operand(1), value.shape)
    let shift = try zero.map { (zero) throws(ComponentError) in try alongAxis(zero, value.shape) }
    let range = type == .uint8 ? 0.0...255 : -128...127
    return GraphValue(
      type, value.shape,
      value.numbers.indices.map { place in
        let level = Double(Float(value.numbers[place] / scale[place])).rounded(.toNearestOrEven)
        return min(max(level + (shift?[place] ?? 0), range.lowerBound), range.upperBound)
      })
  }

  /// (x − zero) · scale.
  func dequantized() throws(ComponentError) -> GraphValue {
    let value = try operand(0)
    guard value.type != .float else { throw data("takes numbers that are real already") }
    let scale = try alongAxis(try operand(1), value.shape)
    var numbers = value.numbers
    if operands.count > 2 {
      let zero = try alongAxis(operands[2], value.shape)
      for place in numbers.indices { numbers[place] -= zero[place] }
    }
    return GraphValue(.float, value.shape, zip(numbers, scale).map(*))
  }

  /// A scale or zero point as a number for each element: one for all, or one for each place of an axis.
  private func alongAxis(_ value: GraphValue, _ shape: [Int]) throws(ComponentError) -> [Double] {
    let count = try count(shape)
    if value.numbers.count == 1 { return Array(repeating: value.numbers[0], count: count) }
    let given = try integers("axis", default: [1]).first ?? 1
    let axis = given < 0 ? given + shape.count : given
    guard shape.indices.contains(axis), value.shape == [shape[axis]] else {
      throw data(
        "has \(value.numbers.count) scales or zero points along axis \(given) of \(Shape(shape))")
    }
    let inner = shape[(axis + 1)...].reduce(1, *)
    return (0..<count).map { value.numbers[$0 / inner % shape[axis]] }
  }
}
