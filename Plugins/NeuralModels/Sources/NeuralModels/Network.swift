internal import QHostInterfaces
internal import QHostKernels

/// The layout of a fully connected network: where its parameters are, and what they cost.
///
/// Layer l computes z_l = W_l h_{l−1} + b_l and h_l = activation(z_l); the last z are the outputs.
/// Parameters are W row-major, then b, layer by layer.
struct Network: Sendable {
  /// Units of each layer, the inputs first.
  let widths: [Int]
  /// That of all layers but the last.
  let activation: Activation
  /// Whether layers have biases.
  let hasBias: Bool
  /// Where each layer's parameters begin.
  let offsets: [Int]
  /// n.
  let parameterCount: Int

  init(widths: [Int], activation: Activation, hasBias: Bool) {
    self.widths = widths
    self.activation = activation
    self.hasBias = hasBias
    var offsets: [Int] = []
    var count = 0
    for (inputs, units) in zip(widths, widths.dropFirst()) {
      offsets.append(count)
      count += units * (inputs + (hasBias ? 1 : 0))
    }
    self.offsets = offsets
    parameterCount = count
  }

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

  /// The layer, unit and input (`nil`: the bias) that parameter `index` belongs to.
  func place(of index: Int) -> (layer: Int, unit: Int, input: Int?) {
    precondition(
      index >= 0 && index < parameterCount, "index \(index) is not below \(parameterCount)")
    var layer = layerCount - 1
    while offsets[layer] > index { layer -= 1 }
    let within = index - offsets[layer]
    guard within < multiplyAdds(layer) else { return (layer, within - multiplyAdds(layer), nil) }
    return (layer, within / widths[layer], within % widths[layer])
  }

  /// Multiply-adds of one offset of a cut: the unit's own, then one for each unit of the layer after
  /// it, then whole layers.
  func cutMultiplyAdds(index: Int) -> Int {
    let layer = place(of: index).layer
    guard layer + 1 < layerCount else { return 1 }
    return (layer + 2..<layerCount).reduce(1 + widths[layer + 2]) { $0 + multiplyAdds($1) }
  }

  /// The named blocks.
  var blocks: [ParameterBlock] {
    (0..<layerCount).flatMap { layer in
      let weight = ParameterBlock(
        name: "layers.\(layer).weight", shape: Shape([widths[layer + 1], widths[layer]]),
        offset: offsets[layer])
      let bias = ParameterBlock(
        name: "layers.\(layer).bias", shape: Shape([widths[layer + 1]]), offset: biasOffset(layer))
      return hasBias ? [weight, bias] : [weight]
    }
  }

  /// What the host is told; `spreads` are those of each layer's initial weights.
  func description(spreads: [Double]) -> ModelDescription {
    var description = ModelDescription(parameterCount: parameterCount, multiplyAdds: multiplyAdds)
    description.hasGradient = activation.hasGradient || layerCount == 1
    description.hasCuts = true
    description.hasGraph = true
    description.gradientCost = gradientCost
    description.scales = (0..<layerCount).flatMap { layer in
      let count = widths[layer + 1] * (widths[layer] + (hasBias ? 1 : 0))
      return [Double](repeating: spreads[layer], count: count)
    }
    description.blocks = blocks
    return description
  }
}
