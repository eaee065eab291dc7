internal import QHostInterfaces

extension Graph {
  /// The same graph with Clip before Floor where Clip's bounds are whole: they commute there.
  ///
  /// Rounding down is then of numbers whose range is known, which a conversion does without a library.
  var clippingFirst: Graph {
    var graph = self
    let constants = Dictionary(constants.map { ($0.name, $0) }) { first, _ in first }
    for (place, floor) in nodes.enumerated() where floor.operation == "Floor" {
      let users = nodes.indices.filter { nodes[$0].inputs.contains { floor.outputs.contains($0) } }
      guard let user = users.first, users.count == 1, nodes[user].operation == "Clip",
        !floor.outputs.contains(output), nodes[user].inputs.first == floor.outputs.first,
        nodes[user].inputs.dropFirst().allSatisfy({ name in
          guard case .float(let bounds) = constants[name]?.elements else { return name.isEmpty }
          return bounds.allSatisfy { $0 == $0.rounded() }
        })
      else { continue }
      var (clip, rounding) = (nodes[user], floor)
      clip.inputs[0] = floor.inputs[0]
      clip.outputs = floor.outputs
      rounding.inputs = floor.outputs
      rounding.outputs = nodes[user].outputs
      graph.nodes[place] = clip
      graph.nodes[user] = rounding
    }
    return graph
  }
}
