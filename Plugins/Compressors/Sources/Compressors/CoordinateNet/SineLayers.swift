internal import QHostInterfaces

/// The layout of a network of sine units with one output, and of the gains of its tensors behind it.
///
/// Layer l has W_l [units × inputs] and b_l [units]; h_l = sin(W_l h_{l−1} + b_l), the last layer without sine.
struct SineLayers: Sendable, Equatable {
  /// F, the units of each hidden layer, 1.
  let widths: [Int]
  /// T, how many tensors have a gain.
  let gainCount: Int
  /// Where each layer's weights begin.
  let offsets: [Int]

  init(widths: [Int], gainCount: Int) {
    self.widths = widths
    self.gainCount = gainCount
    var place = 0
    offsets = (0..<widths.count - 1).map { layer in
      defer { place += (widths[layer] + 1) * widths[layer + 1] }
      return place
    }
  }

  var layerCount: Int { widths.count - 1 }
  var gainOffset: Int { biasOffset(layerCount - 1) + 1 }
  var parameterCount: Int { gainOffset + gainCount }

  func biasOffset(_ layer: Int) -> Int { offsets[layer] + widths[layer] * widths[layer + 1] }

  /// Multiply-adds for one weight.
  var multiplyAdds: Int { (0..<layerCount).reduce(0) { $0 + widths[$1] * widths[$1 + 1] } }
  /// Sines for one weight.
  var sineCount: Int { widths.dropFirst().dropLast().reduce(0, +) }

  /// The most units of one hidden layer with which there are at most so many parameters.
  static func fittingWidth(inputs: Int, gains: Int, parameterCount: Int) -> Int {
    (parameterCount - 1 - gains) / (inputs + 2)
  }

  /// The parts of the parameters by name.
  var blocks: [ParameterBlock] {
    (0..<layerCount).flatMap { layer in
      [
        ParameterBlock(
          name: "layers.\(layer).weight", shape: Shape([widths[layer + 1], widths[layer]]),
          offset: offsets[layer]),
        ParameterBlock(
          name: "layers.\(layer).bias", shape: Shape([widths[layer + 1]]),
          offset: biasOffset(layer)),
      ]
    } + [ParameterBlock(name: "gains", shape: Shape([gainCount]), offset: gainOffset)]
  }
}
