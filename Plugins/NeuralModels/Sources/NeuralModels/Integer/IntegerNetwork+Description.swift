internal import QHostInterfaces

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

extension IntegerNetwork {
  /// The named blocks.
  var blocks: [ParameterBlock] {
    let layers = (0..<layerCount).flatMap { layer -> [ParameterBlock] in
      let units = Shape([widths[layer + 1]])
      let weight = ParameterBlock(
        name: "layers.\(layer).weight", shape: Shape([widths[layer + 1], widths[layer]]),
        offset: offsets[layer])
      let bias = ParameterBlock(
        name: "layers.\(layer).bias", shape: units, offset: biasOffset(layer))
      let gain = ParameterBlock(
        name: "layers.\(layer).gain", shape: units, offset: gainOffset(layer))
      return layer + 1 < layerCount ? [weight, bias, gain] : [weight, bias]
    }
    return layers
      + [ParameterBlock(name: "scale.exponent", shape: Shape([1]), offset: parameterCount - 1)]
  }

  /// What the host is told.
  var description: ModelDescription {
    var description = ModelDescription(parameterCount: parameterCount, multiplyAdds: multiplyAdds)
    description.hasCuts = true
    description.hasCutChanges = true
    description.hasGraph = true
    description.hasApproximation = true
    description.blocks = blocks
    description.work = IntegerWork(self).passes
    for index in 0..<parameterCount {
      let place = place(of: index)
      let bounds = bounds(place)
      description.kinds.append(bounds == nil && !isScaledByPowers ? .real : .integer)
      description.lower.append(bounds.map { Double($0.lowerBound) } ?? Self.exponents.lowerBound)
      description.upper.append(bounds.map { Double($0.upperBound) } ?? Self.exponents.upperBound)
      description.scales.append(spread(place))
    }
    return description
  }

  /// How far a parameter typically lies from its start.
  private func spread(_ place: Place) -> Double {
    switch place {
    case .weight(let layer, _, _): max(1, 0.3 * Double(lattices[layer].last))
    case .bias(let layer, _): max(1, 0.3 * initialDeviation(layer))
    case .gain, .exponent: 1
    }
  }

  /// The deviation of a unit's sums at the initial weights.
  ///
  /// Inputs are taken to have a mean square of a sixth of their highest, as images have, and levels
  /// one of 0.4 of their distance from 0.
  func initialDeviation(_ layer: Int) -> Double {
    let reach = Double(highestInput(layer)) - Double(doubleZero(layer)) / 2
    let square = reach * reach * (layer == 0 ? 1 / 6.0 : 0.4)
    return (Double(widths[layer]) * lattices[layer].initialSquare * square).squareRoot()
  }

  /// The gain at which the activation's argument has a deviation of 1 at the start.
  func initialGain(_ layer: Int) -> Int {
    let gain = (-4 * log2(initialDeviation(layer))).rounded()
    return Int(min(max(gain, Double(Self.gains.lowerBound)), Double(Self.gains.upperBound)))
  }

  /// The outputs' scale where its exponent is 0: their deviation is then 1 at the start, or, of powers of two, near 1.
  var unitScale: Double {
    let scale = 1 / initialDeviation(layerCount - 1)
    return isScaledByPowers ? exp2(log2(scale).rounded()) : scale
  }

  /// Uniform sites, biases of 0, and gains and scale of a deviation of 1.
  func initialParameters(_ uniforms: [Double]) -> [Double] {
    uniforms.indices.map { index in
      switch place(of: index) {
      case .weight(let layer, _, _): lattices[layer].initialSite(uniforms[index])
      case .gain(let layer, _): Double(initialGain(layer))
      case .bias, .exponent: 0
      }
    }
  }
}
