internal import QHostInterfaces

extension GraphReader {
  /// Identity, Flatten and Reshape: nothing is computed.
  mutating func view(_ node: Graph.Node, _ inputs: [Int?]) throws(ComponentError) -> Int {
    let value = try operand(inputs, 0, node)
    var shape = values[value].shape
    switch node.operation {
    case "Flatten":
      let axis = try integers(node, "axis", count: 1)?[0] ?? 1
      guard axis == 1 else {
        throw .unsupported(
          "c99 does not support axis = \(axis) in node '\(node.name)' (Flatten), which mixes rows")
      }
      shape = [1, shape.dropFirst().reduce(1, *)]
    case "Reshape": shape = try reshaped(node, inputs, shape)
    default: break
    }
    return addView(of: value, node.outputs[0], shape, values[value].type)
  }

  private func reshaped(
    _ node: Graph.Node, _ inputs: [Int?], _ shape: [Int]
  ) throws(ComponentError) -> [Int] {
    try require(node, "allowzero", 0)
    guard let wanted = values[try operand(inputs, 1, node)].integers else {
      throw .unsupported(
        "c99 does not support node '\(node.name)' (Reshape), whose shape is not a constant")
    }
    var extents = wanted.enumerated().map { place, extent in
      extent == 0 && place < shape.count ? shape[place] : extent
    }
    let count = shape.reduce(1, *)
    if let free = extents.firstIndex(of: -1) {
      let others = extents.enumerated().reduce(1) { $1.offset == free ? $0 : $0 * $1.element }
      extents[free] = others > 0 ? count / others : 0
    }
    guard extents.allSatisfy({ $0 > 0 }), extents.reduce(1, *) == count, extents.first == 1 else {
      throw .data(
        "node '\(node.name)' (Reshape) makes \(Shape(wanted)) of a row \(Shape(shape)), whose numbers do "
          + "not fit; report it to the model's author")
    }
    return extents
  }
}
