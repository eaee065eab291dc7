internal import QHostInterfaces

/// Weights that are 0 for equal probabilities: w_i = g (2^N p_i − 1), with a gain g for each tensor of the inner model.
///
/// 2^N p of a circuit of many layers has mean and deviation 1, so that a gain is the deviation of its weights. Outcomes
/// from M on are not used.
struct CentredMapping: WeightMapping {
  private let outcomeCount: Int
  /// The tensor of each weight.
  private let tensors: [Int]
  /// The spread of the weights of each tensor.
  let spreads: [Double]

  init(qubitCount: Int, tensors: [Int], spreads: [Double]) {
    outcomeCount = 1 << qubitCount
    self.tensors = tensors
    self.spreads = spreads
  }

  var blocks: [ParameterBlock] {
    [ParameterBlock(name: "mapping.gains", shape: Shape([spreads.count]), offset: 0)]
  }

  var recipe: MappingRecipe {
    MappingRecipe(mapping: "centred", outcomes: tensors.indices.map { [$0] }, tensors: tensors)
  }

  /// The spread of the inner model's own start.
  func initialGains(host: any HostServices, start: UInt64) -> [Double] { spreads }

  func map(
    _ p: UnsafeBufferPointer<Double>, gains: UnsafeBufferPointer<Double>,
    into weights: UnsafeMutableBufferPointer<Double>
  ) {
    let scale = Double(outcomeCount)
    for weight in tensors.indices {
      weights[weight] = gains[tensors[weight]] * (scale * p[weight] - 1)
    }
  }

  func pullBack(
    _ weightSlopes: UnsafeBufferPointer<Double>, p: UnsafeBufferPointer<Double>,
    gains: UnsafeBufferPointer<Double>, slopes: UnsafeMutableBufferPointer<Double>,
    gainSlopes: UnsafeMutableBufferPointer<Double>
  ) {
    let scale = Double(outcomeCount)
    slopes.update(repeating: 0)
    gainSlopes.update(repeating: 0)
    for weight in tensors.indices {
      let tensor = tensors[weight]
      slopes[weight] = weightSlopes[weight] * gains[tensor] * scale
      gainSlopes[tensor] += weightSlopes[weight] * (scale * p[weight] - 1)
    }
  }
}
