internal import QHostInterfaces

extension QNNSettings {
  /// The mapping that the user picked, for an inner model.
  func weightMapping(
    of inner: InnerNetwork, host: any HostServices
  ) throws(ComponentError) -> any WeightMapping {
    let (n, count) = (ansatz.qubitCount, inner.count)
    switch mapping {
    case "paper":
      return try PaperMapping(qubitCount: n, weightCount: count, gamma: gamma, host: host)
    case "network": return NetworkMapping(qubitCount: n, weightCount: count)
    default:
      let blocks = inner.blocks
      let tensors = blocks.indices.flatMap {
        [Int](repeating: $0, count: blocks[$0].shape.count)
      }
      let spreads = blocks.map { block in
        let scales = inner.scales.dropFirst(block.offset).prefix(block.shape.count)
        return scales.reduce(0, +) / Double(scales.count)
      }
      return CentredMapping(qubitCount: n, tensors: tensors, spreads: spreads)
    }
  }
}

extension QNNGenerator {
  /// What the model around an inner one is.
  func description(
    _ settings: QNNSettings, _ work: QNNWork, around inner: ModelDescription
  ) -> ModelDescription {
    let angleCount = ansatz.angleCount
    var description = ModelDescription(
      parameterCount: parameterCount, multiplyAdds: inner.multiplyAdds)
    let isExact = measurement.isExact
    description.hasGradient = inner.hasGradient && isExact
    description.hasCuts = isExact
    description.hasGraph = inner.hasGraph && isExact
    description.isStochastic = !isExact
    description.takesSeries = inner.takesSeries
    description.scales =
      [Double](repeating: settings.angleRange / 3.0.squareRoot(), count: angleCount)
      + mapping.spreads
    description.work = work.passes(around: inner.passWork)
    var blocks = [
      ParameterBlock(name: "circuit.angles", shape: Shape([angleCount]), offset: 0)
    ]
    for block in mapping.blocks {
      blocks.append(
        ParameterBlock(
          name: block.name, shape: block.shape, offset: angleCount + block.offset))
    }
    description.blocks = blocks
    return description
  }
}
