internal import QHostGraphs
internal import QHostInterfaces

/// What only changes shapes.
extension NetworkBuilder {
  mutating func convertFlatten(_ node: ONNXModel.Node) throws(ComponentError) {
    let rank = try shape(node).count
    var axis = 1
    if case .integer(let value) = node.attributes["axis"] {
      axis = value < 0 ? value + rank : value
    }
    guard axis == 1 else {
      throw .unsupported("node '\(node.name)' (Flatten) flattens from axis \(axis) on, not from 1")
    }
    try append(node, attributes: ["axis": .integers([1])])
  }

  /// A Reshape that keeps rows apart; one to [N × F] becomes Flatten.
  mutating func convertReshape(_ node: ONNXModel.Node) throws(ComponentError) {
    let (own, constant) = (try shape(node), try needed(node, 1))
    try refuseAttributes(node, besides: ["allowzero"])
    guard let numbers = constant.elements.wholeNumbers, !numbers.isEmpty,
      !numbers.contains(0) || Self.integer(node, "allowzero", default: 0) == 0
    else {
      throw .unsupported(
        "node '\(node.name)' (Reshape) makes \(constant.elements.wholeNumbers ?? []), of which no extent can "
          + "be 0 with allowzero = 1; export it without")
    }
    var target = numbers.map { Int64($0) }
    if target[0] == Self.openExtent || batch.map({ Int64($0) }) == target[0] { target[0] = 0 }
    guard [0, -1].contains(target[0]), !target.dropFirst().contains(Self.openExtent) else {
      throw .unsupported(
        "node '\(node.name)' (Reshape) does not keep the batch as its first extent; export it with "
          + "a shape that begins with 0 or -1")
    }
    var extents = target.map { Int($0) }
    for place in extents.indices.dropFirst() where extents[place] == 0 && place < own.count {
      extents[place] = own[place]
    }
    let count = own.dropFirst().reduce(1, *)
    let others = extents.dropFirst().filter { $0 != -1 }
    var product = 1
    for extent in others where extent > 0 {
      product = product.multipliedReportingOverflow(by: extent).partialValue
    }
    if let open = extents.dropFirst().firstIndex(of: -1), target[0] != -1, product > 0 {
      extents[open] = count / product
    }
    let made = extents.dropFirst().reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
    guard extents.dropFirst().allSatisfy({ $0 > 0 && $0 <= count }), made == count else {
      throw .data(
        "node '\(node.name)' (Reshape) cannot make \(target) of rows of "
          + "\(Shape(Array(own.dropFirst())))")
    }
    if extents.count == 2 {
      var flat = node
      flat.inputs.removeLast()
      try append(flat, operation: "Flatten", attributes: ["axis": .integers([1])])
      return
    }
    var kept = node
    extents[0] = 0
    if constant.elements != .int64(extents.map { Int64($0) }) {
      kept.inputs[1] =
        make(constant.name + ".rows", [extents.count], .int64(extents.map { Int64($0) })).name
    }
    try append(kept)
  }

  /// The axes of a node, as an attribute or an input; `nil` where there are none.
  func axes(_ node: ONNXModel.Node) throws(ComponentError) -> [Int]? {
    switch node.attributes["axes"] {
    case .integers(let axes): return axes
    case .integer(let axis): return [axis]
    default: break
    }
    guard node.inputs.count > 1, !node.inputs[1].isEmpty else { return nil }
    guard let axes = try needed(node, 1).elements.wholeNumbers else {
      throw .data("node '\(node.name)' (\(node.title)) has axes that are not integers")
    }
    return axes
  }

  /// A shape without extents of 1 at some axes.
  func squeezed(_ shape: [Int], _ axes: [Int]) -> [Int] {
    let places = Set(axes.map { $0 < 0 ? $0 + shape.count : $0 })
    return shape.enumerated().filter { !places.contains($0.offset) }.map(\.element)
  }

  /// A shape with extents of 1 at some axes more.
  func unsqueezed(_ shape: [Int], _ axes: [Int]) -> [Int] {
    let rank = shape.count + axes.count
    var result = shape
    for place in axes.map({ $0 < 0 ? $0 + rank : $0 }).sorted() {
      result.insert(1, at: min(max(place, 0), result.count))
    }
    return result
  }

  mutating func convertSqueeze(_ node: ONNXModel.Node) throws(ComponentError) {
    let own = try shape(node)
    let given = try axes(node) ?? own.indices.dropFirst().filter { own[$0] == 1 }
    let places = given.map { $0 < 0 ? $0 + own.count : $0 }
    guard !places.contains(0), places.allSatisfy({ own.indices.contains($0) && own[$0] == 1 })
    else {
      throw .unsupported(
        "node '\(node.name)' (Squeeze) takes axes \(given) out of \(Shape(own)); those of extent 1 behind the "
          + "batch are read")
    }
    let row = Array(squeezed(own, places).dropFirst())
    _ = try reshape(try value(node, 0), to: row, as: node.outputs.first ?? node.name)
  }

  mutating func convertUnsqueeze(_ node: ONNXModel.Node) throws(ComponentError) {
    let own = try shape(node)
    let axes = try axes(node) ?? []
    let rank = own.count + axes.count
    guard axes.allSatisfy({ (1..<rank).contains($0 < 0 ? $0 + rank : $0) }) else {
      throw .unsupported(
        "node '\(node.name)' (Unsqueeze) puts axes \(axes) before the batch, which must stay first")
    }
    let row = Array(unsqueezed(own, axes).dropFirst())
    _ = try reshape(try value(node, 0), to: row, as: node.outputs.first ?? node.name)
  }

  /// Another order of the extents; only a Reshape where those of 1 change their places.
  mutating func convertTranspose(_ node: ONNXModel.Node) throws(ComponentError) {
    let own = try shape(node)
    var order = Array(own.indices.reversed())
    if case .integers(let given) = node.attributes["perm"] { order = given }
    guard order.sorted() == Array(own.indices), order.first == 0 else {
      throw .unsupported(
        "node '\(node.name)' (Transpose) has the order \(order) for \(Shape(own)); the batch must stay first"
      )
    }
    let moving = order.filter { own[$0] > 1 }
    guard moving != moving.sorted() else {
      let row = Array(order.map { own[$0] }.dropFirst())
      _ = try reshape(try value(node, 0), to: row, as: node.outputs.first ?? node.name)
      return
    }
    try append(node, attributes: ["perm": .integers(order)])
  }

  /// The mean or the largest over some extents of each row.
  mutating func convertReduction(
    _ node: ONNXModel.Node, _ operation: String
  ) throws(ComponentError) {
    try refuseAttributes(node, besides: ["axes", "keepdims", "noop_with_empty_axes"])
    let rank = try shape(node).count
    let places = try axes(node)?.map { $0 < 0 ? $0 + rank : $0 }.sorted() ?? []
    guard let first = places.first, (1..<rank).contains(first),
      places == Array(first..<first + places.count),
      first + places.count <= rank
    else {
      throw .unsupported(
        "node '\(node.name)' (\(node.operation)) goes over axes \(places) of \(Shape(try shape(node))); axes beside "
          + "each other and behind the batch are read")
    }
    try reduce(
      node, operation, places,
      keepsExtents: Self.integer(node, "keepdims", default: 1) != 0)
  }

  /// A pool whose window is all of the extents [axes], as the height of an image.
  func wholeWindow(_ height: Int) -> [String: Graph.Attribute] {
    ["kernel_shape": .integers([height, 1]), "strides": .integers([1, 1])]
  }

  mutating func reduce(
    _ node: ONNXModel.Node, _ operation: String, _ axes: [Int], keepsExtents: Bool
  ) throws(ComponentError) {
    let own = try shape(node)
    guard let first = axes.first, let last = axes.last else {
      throw .unsupported("node '\(node.name)' (\(node.operation)) goes over no extents")
    }
    let before = own[1..<first].reduce(1, *)
    let height = own[first...last].reduce(1, *)
    let after = own[(last + 1)...].reduce(1, *)
    let output = node.outputs.first ?? node.name
    let image = try reshape(
      try value(node, 0), to: [before, height, after], as: free(output + ".image"))
    let pooled = try emit(
      node, operation, [image], as: "pooled", attributes: wholeWindow(height))
    let row =
      own[1..<first] + (keepsExtents ? axes.map { _ in 1 } : []) + own[(last + 1)...]
    _ = try reshape(pooled, to: Array(row), as: output)
  }
}
