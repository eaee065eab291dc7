internal import QHostInterfaces

extension GraphReader {
  /// Transpose of one row's extents, which moves numbers.
  mutating func transpose(_ node: Graph.Node, _ inputs: [Int?]) throws(ComponentError) -> Int {
    let operand = try operand(inputs, 0, node)
    let value = values[operand]
    let rank = value.shape.count
    let order = try integers(node, "perm", count: rank) ?? Array((0..<rank).reversed())
    guard order.sorted() == Array(0..<rank), order.first == 0, value.type == .float,
      !value.isConstant
    else {
      throw .unsupported(
        "there is C for the order of the extents of real rows, and node '\(node.name)' (Transpose) has the order "
          + "\(order) of \(Shape(value.shape))")
    }
    var strides = [Int](repeating: 1, count: rank)
    for axis in (0..<rank).dropLast().reversed() {
      strides[axis] = strides[axis + 1] * value.shape[axis + 1]
    }
    var axes: [(extent: Int, inner: Int, stride: Int)] = []
    var inner = 1
    for axis in order.reversed() where value.shape[axis] > 1 {
      axes.append((value.shape[axis], inner, strides[axis]))
      inner *= value.shape[axis]
    }
    let result = add(node.outputs[0], order.map { value.shape[$0] }, .float, value.bounds)
    append(
      node.operation, node.name, .transposition(Step.Transposition(axes: axes)), [operand], result)
    return result
  }
}
