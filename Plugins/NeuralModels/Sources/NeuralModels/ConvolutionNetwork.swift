internal import QHostInterfaces
internal import QHostNetworks

/// The layout of a convolutional network: where its parameters are, and what they cost.
///
/// Layer l computes u = W_l ∗ h_{l−1} + b_l, z = pool(u) and h_l = activation(z); fully connected layers
/// follow, which are layers of planes of one place; the last z are the outputs.
struct ConvolutionNetwork: Sendable {
  /// All layers, the convolutions first.
  let layers: [ConvolutionLayer]
  /// How many of them are convolutions.
  let convolutionCount: Int
  /// Zeros around the planes of the inputs.
  let margin: Int
  let hidden: HiddenActivation
  /// Where each layer's parameters begin.
  let offsets: [Int]
  /// n, the number of parameters.
  let parameterCount: Int

  init(
    layers: [ConvolutionLayer], convolutionCount: Int, margin: Int, hidden: HiddenActivation
  ) {
    self.layers = layers
    self.convolutionCount = convolutionCount
    self.margin = margin
    self.hidden = hidden
    var offsets: [Int] = []
    var count = 0
    for (index, layer) in layers.enumerated() {
      offsets.append(count)
      count += layer.weightCount + layer.filters
      if index + 1 < layers.count { count += hidden.knotCount }
    }
    self.offsets = offsets
    parameterCount = count
  }

  /// Numbers in an input.
  var inputCount: Int {
    let first = layers[0]
    return first.channels * (first.height - 2 * margin) * (first.width - 2 * margin)
  }

  var outputCount: Int { layers[layers.count - 1].filters }

  /// Multiply-adds of a layer for one row, of `channels` of its channels.
  private func multiplyAdds(_ layer: Int, channels: Int? = nil) -> Int {
    let shape = layers[layer]
    return shape.sumCount * (channels ?? shape.channels) * shape.kernel * shape.kernel
  }

  /// Multiply-adds of a whole pass for one row; biases, pooling and activations are not counted.
  var multiplyAdds: Int { layers.indices.reduce(0) { $0 + multiplyAdds($1) } }

  /// A pass, the products for the weights, and those for the inputs of all layers but the first, which
  /// for convolutions include the margins of kernel − 1 zeros that they are computed with.
  var gradientCost: Double {
    let inputs = layers.dropFirst().reduce(0) {
      $0 + $1.inputCount * $1.filters * $1.kernel * $1.kernel
    }
    return 2 + Double(inputs) / Double(multiplyAdds)
  }

  /// The place of a layer's biases.
  func biasOffset(_ layer: Int) -> Int { offsets[layer] + layers[layer].weightCount }

  /// The place of a layer's knots, which is where the next layer begins if there are none.
  func knotOffset(_ layer: Int) -> Int { biasOffset(layer) + layers[layer].filters }

  /// What parameter `index` is.
  func place(of index: Int) -> (layer: Int, place: ConvolutionKernel.Place) {
    precondition(
      index >= 0 && index < parameterCount, "index \(index) is not below \(parameterCount)")
    var layer = layers.count - 1
    while offsets[layer] > index { layer -= 1 }
    if index >= knotOffset(layer) { return (layer, .knot(index - knotOffset(layer))) }
    if index >= biasOffset(layer) { return (layer, .bias(filter: index - biasOffset(layer))) }
    let taps = layers[layer].kernel * layers[layer].kernel
    let (plane, tap) = (index - offsets[layer]).quotientAndRemainder(dividingBy: taps)
    let (filter, channel) = plane.quotientAndRemainder(dividingBy: layers[layer].channels)
    return (layer, .weight(filter: filter, channel: channel, tap: tap))
  }

  /// Multiply-adds of one offset of a cut.
  ///
  /// One at each place of the parameter's plane, those of the changed plane in the next layer, then
  /// whole layers. A knot changes all planes of its layer.
  func cutMultiplyAdds(index: Int) -> Int {
    let (layer, place) = place(of: index)
    let shape = layers[layer]
    func after(_ next: Int) -> Int {
      (next..<layers.count).reduce(0) { $0 + multiplyAdds($1) }
    }
    if case .knot = place { return after(layer + 1) }
    let own = shape.sumHeight * shape.sumWidth
    guard layer + 1 < layers.count else { return own }
    let channels = layers[layer + 1].channels / shape.filters
    return own + multiplyAdds(layer + 1, channels: channels) + after(layer + 2)
  }

  /// The named blocks.
  var blocks: [ParameterBlock] {
    layers.enumerated().flatMap { index, layer in
      let taps = index < convolutionCount ? [layer.kernel, layer.kernel] : []
      let weight = ParameterBlock(
        name: "layers.\(index).weight", shape: Shape([layer.filters, layer.channels] + taps),
        offset: offsets[index])
      let bias = ParameterBlock(
        name: "layers.\(index).bias", shape: Shape([layer.filters]), offset: biasOffset(index))
      let knots = ParameterBlock(
        name: "layers.\(index).knots", shape: Shape([hidden.knotCount]),
        offset: knotOffset(index))
      let hasKnots = hidden.knotCount > 0 && index + 1 < layers.count
      return hasKnots ? [weight, bias, knots] : [weight, bias]
    }
  }

  /// What the host is told; `spreads` are those of each layer's initial weights.
  func description(spreads: [Double]) -> ModelDescription {
    var description = ModelDescription(parameterCount: parameterCount, multiplyAdds: multiplyAdds)
    description.hasGradient = hidden.function.hasGradient || layers.count == 1
    description.hasCuts = true
    description.hasGraph = true
    description.gradientCost = gradientCost
    description.work = ConvolutionWork(self).passes
    description.scales = layers.enumerated().flatMap { index, layer in
      let knots = index + 1 < layers.count ? hidden.knotCount : 0
      return [Double](repeating: spreads[index], count: layer.weightCount + layer.filters)
        + [Double](repeating: hidden.knotSpread, count: knots)
    }
    description.blocks = blocks
    return description
  }
}
