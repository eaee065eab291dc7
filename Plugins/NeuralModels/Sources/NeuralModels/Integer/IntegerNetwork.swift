internal import QHostInterfaces
internal import QHostNetworks

/// The layout of an integer network: where its parameters are, and what they stand for.
///
/// Parameters are the weights' sites row-major, the biases, and a hidden layer's gains, layer by layer;
/// then the exponent of the outputs' scale.
struct IntegerNetwork: Sendable {
  /// The gains that units choose from: a sum's unit is 2^(gain/4) of the activation's argument.
  static let gains = -44...8
  /// The bounds of the scale's exponent.
  static let exponents = -16.0...16.0

  /// Units of each layer, the inputs first.
  let widths: [Int]
  /// That of each layer's weights.
  let lattices: [IntegerLattice]
  /// That of hidden layers.
  let activation: Activation
  /// Bits of an input.
  let inputBits: Int
  /// Whether outputs are multiplied by a power of two, so that their differences are exact.
  let isScaledByPowers: Bool
  /// How the activation's values become levels.
  let levels: LevelRange
  /// A table for each of ``gains``.
  let tables: [IntegerTable]
  /// Where each layer's parameters begin.
  let offsets: [Int]
  /// n, the number of parameters.
  let parameterCount: Int

  init(
    widths: [Int], lattices: [IntegerLattice], activation: Activation, inputBits: Int,
    activationBits: Int, isScaledByPowers: Bool = false
  ) {
    self.isScaledByPowers = isScaledByPowers
    self.widths = widths
    self.lattices = lattices
    self.activation = activation
    self.inputBits = inputBits
    levels = LevelRange(activation, bits: activationBits)
    tables = Self.gains.map { IntegerTable(activation, gain: $0, bits: activationBits) }
    var offsets: [Int] = []
    var count = 0
    for (inputs, units) in zip(widths, widths.dropFirst()) {
      offsets.append(count)
      let isLast = offsets.count + 1 == widths.count
      count += units * (inputs + (isLast ? 1 : 2))
    }
    self.offsets = offsets
    parameterCount = count + 1
  }

  var layerCount: Int { widths.count - 1 }
  var outputCount: Int { widths[layerCount] }

  /// Multiply-adds of layer `layer` for one row.
  func multiplyAdds(_ layer: Int) -> Int { widths[layer] * widths[layer + 1] }

  /// Multiply-adds of a whole pass for one row; biases and tables are not counted.
  var multiplyAdds: Int { (0..<layerCount).reduce(0) { $0 + multiplyAdds($1) } }

  func biasOffset(_ layer: Int) -> Int { offsets[layer] + multiplyAdds(layer) }
  func gainOffset(_ layer: Int) -> Int { biasOffset(layer) + widths[layer + 1] }

  /// The highest level of a layer's inputs.
  func highestInput(_ layer: Int) -> Int {
    layer == 0 ? (1 << inputBits) - 1 : levels.highest
  }

  /// Twice the level of a layer's inputs that stands for 0.
  func doubleZero(_ layer: Int) -> Int { layer == 0 ? 0 : levels.doubleZero }

  /// What a parameter is.
  enum Place: Equatable {
    case weight(layer: Int, unit: Int, input: Int)
    case bias(layer: Int, unit: Int)
    case gain(layer: Int, unit: Int)
    case exponent
  }

  /// What parameter `index` is.
  func place(of index: Int) -> Place {
    precondition(
      index >= 0 && index < parameterCount, "index \(index) is not below \(parameterCount)")
    guard index + 1 < parameterCount else { return .exponent }
    var layer = layerCount - 1
    while offsets[layer] > index { layer -= 1 }
    let within = index - offsets[layer]
    guard within >= multiplyAdds(layer) else {
      return .weight(layer: layer, unit: within / widths[layer], input: within % widths[layer])
    }
    let unit = within - multiplyAdds(layer)
    guard unit >= widths[layer + 1] else { return .bias(layer: layer, unit: unit) }
    return .gain(layer: layer, unit: unit - widths[layer + 1])
  }

  /// The integers that a parameter may be; `nil` for the exponent.
  func bounds(_ place: Place) -> ClosedRange<Int>? {
    switch place {
    case .weight(let layer, _, _): -lattices[layer].last...lattices[layer].last
    case .bias(let layer, _): -biasLimit(layer)...biasLimit(layer)
    case .gain: Self.gains
    case .exponent: nil
    }
  }

  /// Half of the largest sum that inputs can make, so that a bias can outweigh most of them.
  private func biasLimit(_ layer: Int) -> Int {
    let sum = widths[layer] * lattices[layer].highest * highestInput(layer)
    return min(max(sum / 2, 1), 8191)
  }

  /// Multiply-adds of one offset of a cut: the unit's own, then those of what comes after it.
  func cutMultiplyAdds(index: Int) -> Int {
    switch place(of: index) {
    case .exponent: return outputCount
    case .weight(let layer, _, _), .bias(let layer, _), .gain(let layer, _):
      guard layer + 1 < layerCount else { return 1 }
      return (layer + 2..<layerCount).reduce(1 + widths[layer + 2]) { $0 + multiplyAdds($1) }
    }
  }
}
