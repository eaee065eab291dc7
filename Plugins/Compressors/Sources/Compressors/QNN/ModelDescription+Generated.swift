internal import QHostInterfaces

/// What a model must be for its weights to be generated, and what becomes of it.
extension ModelDescription {
  /// Refuses inner models whose parameters are not just any real numbers.
  func checkGenerated() throws(ComponentError) {
    guard kinds.allSatisfy({ $0 == .real }) else {
      throw .parameter(
        "inner is a model with whole numbers as parameters, which a circuit cannot generate; "
          + "use one with real weights, for example inner=mlp")
    }
    guard lower.allSatisfy({ $0 == -.infinity }), upper.allSatisfy({ $0 == .infinity }) else {
      throw .parameter(
        "inner is a model with bounds on its parameters, which generated weights may leave; "
          + "use one without, for example inner=mlp")
    }
    guard !isStochastic else {
      throw .parameter(
        "inner is a model whose outputs are random draws, which qnn cannot be around; "
          + "use one without, for example inner=mlp")
    }
  }

  /// Its tensors; one for all, where it names none.
  var generatedBlocks: [ParameterBlock] {
    guard blocks.isEmpty else { return blocks }
    return [ParameterBlock(name: "parameters", shape: Shape([parameterCount]), offset: 0)]
  }
}

extension QNNSettings {
  /// The mapping that the user picked, for an inner model.
  func weightMapping(
    of inner: ModelDescription, host: any HostServices
  ) throws(ComponentError) -> any WeightMapping {
    let (n, count) = (ansatz.qubitCount, inner.parameterCount)
    switch mapping {
    case "paper":
      return try PaperMapping(qubitCount: n, weightCount: count, gamma: gamma, host: host)
    case "network": return NetworkMapping(qubitCount: n, weightCount: count)
    default:
      let blocks = inner.generatedBlocks
      let tensors = blocks.indices.flatMap {
        [Int](repeating: $0, count: blocks[$0].shape.count)
      }
      let spreads = blocks.map { block in
        let scales = inner.scales.dropFirst(block.offset).prefix(block.shape.count)
        return scales.isEmpty ? 1 : scales.reduce(0, +) / Double(scales.count)
      }
      return CentredMapping(qubitCount: n, tensors: tensors, spreads: spreads)
    }
  }
}

extension QNNGenerator {
  /// What the model around an inner one is.
  func description(
    _ settings: QNNSettings, around inner: ModelDescription
  ) -> ModelDescription {
    let angleCount = ansatz.angleCount
    var description = ModelDescription(
      parameterCount: parameterCount, multiplyAdds: inner.multiplyAdds)
    let isExact = measurement.isExact
    description.hasGradient = inner.hasGradient && isExact
    description.hasGraph = inner.hasGraph && isExact
    description.isStochastic = !isExact
    description.takesSeries = inner.takesSeries
    description.scales =
      [Double](repeating: settings.angleRange / 3.0.squareRoot(), count: angleCount)
      + mapping.spreads
    description.work = QNNWork(settings, weightCount: places.count).passes(around: inner.passWork)
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
