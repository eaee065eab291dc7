internal import QHostInterfaces
internal import QHostNetworks

/// The layout of a fully connected network: where its parameters are, and what they cost.
///
/// Layer l computes z_l = W_l h_{l−1} + b_l and h_l = activation(z_l); the last z are the outputs.
/// Parameters are W row-major, then b, then a hidden layer's knots, layer by layer.
struct Network: Sendable {
  /// Units of each layer, the inputs first.
  let widths: [Int]
  /// That of all layers but the last.
  let hidden: HiddenActivation
  /// Whether layers have biases.
  let hasBias: Bool
  /// Where each layer's parameters begin.
  let offsets: [Int]
  /// n, the number of parameters.
  let parameterCount: Int

  init(widths: [Int], hidden: HiddenActivation, hasBias: Bool) {
    self.widths = widths
    self.hidden = hidden
    self.hasBias = hasBias
    var offsets: [Int] = []
    var count = 0
    for (inputs, units) in zip(widths, widths.dropFirst()) {
      offsets.append(count)
      count += units * (inputs + (hasBias ? 1 : 0))
      if offsets.count + 1 < widths.count { count += hidden.knotCount }
    }
    self.offsets = offsets
    parameterCount = count
  }

  var activation: Activation { hidden.function }
  var layerCount: Int { widths.count - 1 }
  var outputCount: Int { widths[layerCount] }

  /// Multiply-adds of layer `layer` for one row.
  func multiplyAdds(_ layer: Int) -> Int { widths[layer] * widths[layer + 1] }

  /// Multiply-adds of a whole pass for one row; biases and activations are not counted.
  var multiplyAdds: Int { (0..<layerCount).reduce(0) { $0 + multiplyAdds($1) } }

  /// A pass, the products for the weights, and those for the inputs of all layers but the first.
  var gradientCost: Double { 3 - Double(multiplyAdds(0)) / Double(multiplyAdds) }

  /// The place of a layer's biases.
  func biasOffset(_ layer: Int) -> Int { offsets[layer] + multiplyAdds(layer) }

  /// The place of a layer's knots, which is where the next layer begins if there are none.
  func knotOffset(_ layer: Int) -> Int {
    biasOffset(layer) + (hasBias ? widths[layer + 1] : 0)
  }

  /// What a parameter is.
  enum Place: Equatable {
    /// That of a unit, from an input; `nil`: its bias.
    case weight(layer: Int, unit: Int, input: Int?)
    /// A knot of a layer.
    case knot(layer: Int, knot: Int)
  }

  /// What parameter `index` is.
  func place(of index: Int) -> Place {
    precondition(
      index >= 0 && index < parameterCount, "index \(index) is not below \(parameterCount)")
    var layer = layerCount - 1
    while offsets[layer] > index { layer -= 1 }
    let within = index - offsets[layer]
    guard index < knotOffset(layer) else {
      return .knot(layer: layer, knot: index - knotOffset(layer))
    }
    guard within < multiplyAdds(layer) else {
      return .weight(layer: layer, unit: within - multiplyAdds(layer), input: nil)
    }
    return .weight(layer: layer, unit: within / widths[layer], input: within % widths[layer])
  }

  /// Multiply-adds of one offset of a cut.
  ///
  /// The unit's own, then one for each unit of the layer after it, then whole layers. A knot changes
  /// all units of its layer, so that whole layers follow.
  func cutMultiplyAdds(index: Int) -> Int {
    switch place(of: index) {
    case .knot(let layer, _):
      return (layer + 1..<layerCount).reduce(0) { $0 + multiplyAdds($1) }
    case .weight(let layer, _, _):
      guard layer + 1 < layerCount else { return 1 }
      return (layer + 2..<layerCount).reduce(1 + widths[layer + 2]) { $0 + multiplyAdds($1) }
    }
  }

  /// The named blocks.
  var blocks: [ParameterBlock] {
    (0..<layerCount).flatMap { layer in
      let weight = ParameterBlock(
        name: "layers.\(layer).weight", shape: Shape([widths[layer + 1], widths[layer]]),
        offset: offsets[layer])
      let bias = ParameterBlock(
        name: "layers.\(layer).bias", shape: Shape([widths[layer + 1]]), offset: biasOffset(layer))
      let knots = ParameterBlock(
        name: "layers.\(layer).knots", shape: Shape([hidden.knotCount]),
        offset: knotOffset(layer))
      let hasKnots = hidden.knotCount > 0 && layer + 1 < layerCount
      return [weight] + (hasBias ? [bias] : []) + (hasKnots ? [knots] : [])
    }
  }

  /// What the host is told; `spreads` are those of each layer's initial weights.
  func description(spreads: [Double]) -> ModelDescription {
    var description = ModelDescription(parameterCount: parameterCount, multiplyAdds: multiplyAdds)
    description.hasGradient = activation.hasGradient || layerCount == 1
    description.hasCuts = true
    description.hasCutChanges = true
    description.flipUnitCount = flipUnitCount
    description.potentialUnitCount = potentialUnitCount
    description.hasBinaryPotentials = hasBinaryPotentials
    description.hasGraph = true
    description.gradientCost = gradientCost
    description.work = NetworkWork(self).passes
    description.scales = (0..<layerCount).flatMap { layer in
      let count = widths[layer + 1] * (widths[layer] + (hasBias ? 1 : 0))
      let knots = layer + 1 < layerCount ? hidden.knotCount : 0
      return [Double](repeating: spreads[layer], count: count)
        + [Double](repeating: hidden.knotSpread, count: knots)
    }
    description.blocks = blocks
    return description
  }
}
