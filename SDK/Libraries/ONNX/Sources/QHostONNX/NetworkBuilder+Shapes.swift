internal import QHostGraphs
internal import QHostInterfaces

/// Windows over images, and what only changes shapes.
extension NetworkBuilder {
  /// The shape of a value that a node takes.
  private func shape(_ node: ONNXModel.Node) throws(ComponentError) -> [Int] {
    guard case .value(let name) = try operand(node, 0), let value = values[name] else {
      throw .unsupported("node '\(node.name)' (\(node.operation)) works on a constant")
    }
    return value.shape
  }

  mutating func convertConv(_ node: ONNXModel.Node) throws(ComponentError) {
    let weight = try needed(node, 1)
    try refuseAttributes(
      node, besides: ["kernel_shape", "pads", "strides", "auto_pad", "dilations", "group"])
    guard node.attributes["group"] ?? .integer(1) == .integer(1) else {
      throw .unsupported("node '\(node.name)' (Conv) has several groups of channels, not one")
    }
    try append(
      node, attributes: try window(node, kernel: Array(weight.shape.extents.dropFirst(2))))
  }

  mutating func convertPool(_ node: ONNXModel.Node) throws(ComponentError) {
    try refuseAttributes(
      node,
      besides: [
        "kernel_shape", "pads", "strides", "auto_pad", "dilations", "ceil_mode",
        "count_include_pad",
      ])
    guard node.outputs.count == 1 else {
      throw .unsupported("node '\(node.name)' (\(node.operation)) has the indices as an output")
    }
    var window = try window(node, kernel: nil)
    if window["pads"] == .integers([0, 0, 0, 0]) {
      window["pads"] = nil
    } else if node.attributes["count_include_pad"] == .integer(1) {
      window["count_include_pad"] = .integers([1])
    }
    try append(node, attributes: window)
  }

  mutating func convertGlobalPool(_ node: ONNXModel.Node) throws(ComponentError) {
    let size = Array(try shape(node).dropFirst(2))
    try append(
      node, operation: "AveragePool",
      attributes: ["kernel_shape": .integers(size), "strides": .integers([1, 1])])
  }

  /// Kernel, strides and pads, all of them said.
  private func window(
    _ node: ONNXModel.Node, kernel known: [Int]?
  ) throws(ComponentError) -> [String: Graph.Attribute] {
    func list(_ name: String) -> [Int]? {
      if case .integers(let values) = node.attributes[name] { return values }
      return nil
    }
    let size = Array(try shape(node).dropFirst(2))
    let kernel = list("kernel_shape") ?? known ?? []
    let strides = list("strides") ?? [1, 1]
    guard size.count == 2, kernel.count == 2, strides.count == 2,
      strides.allSatisfy({ (1...1 << 16).contains($0) }),
      kernel.allSatisfy({ (1...1 << 16).contains($0) })
    else {
      throw .unsupported(
        "node '\(node.name)' (\(node.operation)) has a window of \(Shape(kernel)) over images of "
          + "\(Shape(size)); images of two extents are read")
    }
    guard list("dilations")?.allSatisfy({ $0 == 1 }) ?? true else {
      throw .unsupported(
        "node '\(node.name)' (\(node.operation)) has dilations, which are not read")
    }
    var pads = list("pads") ?? [0, 0, 0, 0]
    if case .text(let automatic) = node.attributes["auto_pad"], automatic != "NOTSET" {
      let total = (0..<2).map { axis in
        let places = (size[axis] + strides[axis] - 1) / strides[axis]
        return automatic == "VALID"
          ? 0 : max(0, (places - 1) * strides[axis] + kernel[axis] - size[axis])
      }
      let before = total.map { automatic == "SAME_LOWER" ? $0 - $0 / 2 : $0 / 2 }
      pads = before + zip(total, before).map(-)
    }
    guard pads.count == 4, pads.allSatisfy({ (0...1 << 16).contains($0) }) else {
      throw .data("node '\(node.name)' (\(node.operation)) has pads \(pads), which cannot be")
    }
    let leavesRest = (0..<2).contains { axis in
      let way: Int = size[axis] + pads[axis] + pads[axis + 2] - kernel[axis]
      return way % strides[axis] != 0
    }
    guard node.attributes["ceil_mode"] ?? .integer(0) == .integer(0) || !leavesRest else {
      throw .unsupported(
        "node '\(node.name)' (\(node.operation)) has windows beyond the image (ceil_mode), which are not read"
      )
    }
    return [
      "kernel_shape": .integers(kernel), "strides": .integers(strides), "pads": .integers(pads),
    ]
  }

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
    try refuseAttributes(node, besides: [])
    guard case .int64(let target) = constant.elements, target.count > 1,
      [0, -1, hasSingleRow ? 1 : 0].contains(target[0])
    else {
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
    if extents.map({ Int64($0) }) != target {
      kept.inputs[1] =
        make(constant.name + ".rows", [extents.count], .int64(extents.map { Int64($0) })).name
    }
    try append(kept)
  }
}
