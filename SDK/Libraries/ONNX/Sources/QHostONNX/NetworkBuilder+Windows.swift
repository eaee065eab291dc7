internal import QHostGraphs
internal import QHostInterfaces

/// Windows over images; those over lists are images of height 1.
extension NetworkBuilder {
  mutating func convertConv(_ node: ONNXModel.Node) throws(ComponentError) {
    var weight = try needed(node, 1)
    if try convertQuantizedConv(node) { return }
    try refuseAttributes(
      node, besides: ["kernel_shape", "pads", "strides", "auto_pad", "dilations", "group"])
    guard try shape(node).count == 3, weight.shape.extents.count == 3 else {
      try append(node, attributes: try convolution(node, weight.shape.extents))
      return
    }
    let extents = weight.shape.extents
    weight = make(weight.name + ".image", [extents[0], extents[1], 1, extents[2]], weight.elements)
    var inputs = [use(weight)]
    if case .constant(let bias)? = try operand(node, 2) { inputs.append(use(bias)) }
    try asImage(node, "Conv", inputs) { (builder, node) throws(ComponentError) in
      try builder.convolution(node, weight.shape.extents)
    }
  }

  /// The attributes of a convolution with weights of a shape.
  func convolution(
    _ node: ONNXModel.Node, _ weight: [Int]
  ) throws(ComponentError) -> [String: Graph.Attribute] {
    var window = try window(node, kernel: Array(weight.dropFirst(2)))
    let groups = Self.integer(node, "group", default: 1)
    if groups != 1 { window["group"] = .integers([groups]) }
    return window
  }

  mutating func convertPool(_ node: ONNXModel.Node) throws(ComponentError) {
    try refuseAttributes(
      node,
      besides: [
        "kernel_shape", "pads", "strides", "auto_pad", "dilations", "ceil_mode",
        "count_include_pad", "storage_order",
      ])
    guard node.outputs.count(where: { !$0.isEmpty }) == 1 else {
      throw .unsupported("node '\(node.name)' (\(node.operation)) has the indices as an output")
    }
    guard try shape(node).count == 3 else {
      try append(node, attributes: try pooling(node))
      return
    }
    try asImage(node, node.operation, []) { (builder, node) throws(ComponentError) in
      try builder.pooling(node)
    }
  }

  private func pooling(
    _ node: ONNXModel.Node
  ) throws(ComponentError) -> [String: Graph.Attribute] {
    var window = try window(node, kernel: nil)
    if window["pads"] == .integers([0, 0, 0, 0]) {
      window["pads"] = nil
    } else if node.attributes["count_include_pad"] == .integer(1) {
      window["count_include_pad"] = .integers([1])
    }
    return window
  }

  /// A window over lists [channels × length] as one over images of height 1.
  private mutating func asImage(
    _ node: ONNXModel.Node, _ operation: String, _ constants: [String],
    _ attributes:
      (NetworkBuilder, ONNXModel.Node) throws(ComponentError) -> [String: Graph.Attribute]
  ) throws(ComponentError) {
    let shape = try shape(node)
    let output = node.outputs.first ?? node.name
    let image = try reshape(
      try value(node, 0), to: [shape[1], 1, shape[2]], as: free(output + ".image"))
    var flat = node
    flat.inputs[0] = image
    for (name, filling) in [("kernel_shape", 1), ("strides", 1), ("dilations", 1)] {
      guard case .integers(let list) = node.attributes[name] else { continue }
      flat.attributes[name] = .integers([filling] + list)
    }
    if case .integers(let pads) = node.attributes["pads"], pads.count == 2 {
      flat.attributes["pads"] = .integers([0, pads[0], 0, pads[1]])
    }
    let result = try emit(
      node, operation, [image] + constants, as: "flat", attributes: try attributes(self, flat))
    let made = values[result]?.shape ?? []
    _ = try reshape(result, to: [made[1], made[3]], as: output)
  }

  mutating func convertGlobalPool(
    _ node: ONNXModel.Node, _ operation: String
  ) throws(ComponentError) {
    let shape = try shape(node)
    guard shape.count == 4 else {
      return try reduce(node, operation, Array(2..<max(shape.count, 2)), keepsExtents: true)
    }
    try append(
      node, operation: operation,
      attributes: ["kernel_shape": .integers(Array(shape[2...])), "strides": .integers([1, 1])])
  }

  /// Kernel, strides and pads, all of them said.
  func window(
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
    let dilations = list("dilations") ?? [1, 1]
    guard dilations.count == 2, dilations.allSatisfy({ (1...1 << 16).contains($0) }) else {
      throw .data(
        "node '\(node.name)' (\(node.operation)) has dilations \(dilations), which cannot be")
    }
    let spans = (0..<2).map { (kernel[$0] - 1) * dilations[$0] + 1 }
    var pads = list("pads") ?? [0, 0, 0, 0]
    if case .text(let automatic) = node.attributes["auto_pad"], automatic != "NOTSET" {
      let total = (0..<2).map { axis in
        let places = (size[axis] + strides[axis] - 1) / strides[axis]
        return automatic == "VALID"
          ? 0 : max(0, (places - 1) * strides[axis] + spans[axis] - size[axis])
      }
      let before = total.map { automatic == "SAME_LOWER" ? $0 - $0 / 2 : $0 / 2 }
      pads = before + zip(total, before).map(-)
    }
    guard pads.count == 4, pads.allSatisfy({ (0...1 << 16).contains($0) }) else {
      throw .data("node '\(node.name)' (\(node.operation)) has pads \(pads), which cannot be")
    }
    let leavesRest = (0..<2).contains { axis in
      let way: Int = size[axis] + pads[axis] + pads[axis + 2] - spans[axis]
      return way % strides[axis] != 0
    }
    guard node.attributes["ceil_mode"] ?? .integer(0) == .integer(0) || !leavesRest else {
      throw .unsupported(
        "node '\(node.name)' (\(node.operation)) has windows beyond the image (ceil_mode), which are not read"
      )
    }
    var window: [String: Graph.Attribute] = [
      "kernel_shape": .integers(kernel), "strides": .integers(strides), "pads": .integers(pads),
    ]
    if dilations != [1, 1] { window["dilations"] = .integers(dilations) }
    return window
  }
}
