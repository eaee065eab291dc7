internal import QHostInterfaces
internal import QHostNetworks

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// An integer network at a point: parameters rounded and kept within their bounds.
struct IntegerPoint {
  let network: IntegerNetwork
  /// The parameters as given, [n].
  private(set) var parameters: [Double] = []
  /// The integers that they stand for, [n]; 0 for the exponent.
  private(set) var values: [Int] = []
  /// The sum of each unit's weights, layer by layer.
  private var weightSums: [[Int]] = []

  init(_ network: IntegerNetwork) { self.network = network }

  /// Takes parameters [n].
  mutating func take(_ new: some Collection<Double>) {
    precondition(new.count == network.parameterCount, "\(new.count) parameters")
    parameters.removeAll(keepingCapacity: true)
    parameters.append(contentsOf: new)
    values.removeAll(keepingCapacity: true)
    for layer in 0..<network.layerCount {
      let units = network.widths[layer + 1]
      append(network.multiplyAdds(layer), .weight(layer: layer, unit: 0, input: 0))
      append(units, .bias(layer: layer, unit: 0))
      if layer + 1 < network.layerCount { append(units, .gain(layer: layer, unit: 0)) }
    }
    values.append(0)
    weightSums = (0..<network.layerCount).map { layer in
      (0..<network.widths[layer + 1]).map { unit in
        (0..<network.widths[layer]).reduce(0) { $0 + weight(layer, unit, $1) }
      }
    }
  }

  private mutating func append(_ count: Int, _ place: IntegerNetwork.Place) {
    guard let bounds = network.bounds(place) else { return }
    for _ in 0..<count { values.append(Self.whole(parameters[values.count], bounds)) }
  }

  private static func whole(_ value: Double, _ bounds: ClosedRange<Int>) -> Int {
    Int(min(max(value.rounded(), Double(bounds.lowerBound)), Double(bounds.upperBound)))
  }

  /// The integer of a parameter where it is `value`.
  func value(_ place: IntegerNetwork.Place, at value: Double) -> Int {
    network.bounds(place).map { Self.whole(value, $0) } ?? 0
  }

  /// A weight.
  func weight(_ layer: Int, _ unit: Int, _ input: Int) -> Int {
    let place = network.offsets[layer] + unit * network.widths[layer] + input
    return network.lattices[layer].weight(values[place])
  }

  /// What outputs are multiplied by where the exponent is `value`.
  func scale(at value: Double) -> Float {
    let range = IntegerNetwork.exponents
    let inside = min(max(value, range.lowerBound), range.upperBound)
    return Float(
      network.unitScale * exp2(network.isScaledByPowers ? inside.rounded() : inside))
  }

  /// What outputs are multiplied by.
  var scale: Float { scale(at: parameters[network.parameterCount - 1]) }

  /// Table and offset of a unit, at changes of the sum of its weights, its bias and its gain.
  ///
  /// offset = bias + middle of the table − ⌊zero · Σ weights⌋, zero being the level of the inputs that
  /// stands for 0: so a change of a weight leaves the mean of the sum about where it was.
  func unit(
    _ layer: Int, _ unit: Int, weights: Int = 0, bias: Int = 0, gain: Int = 0
  ) -> IntegerKernel.Unit {
    let sum = weightSums[layer][unit] + weights
    let own = values[network.biasOffset(layer) + unit] + bias
    let offset = own - (network.doubleZero(layer) * sum) >> 1
    guard layer + 1 < network.layerCount else { return .init(table: 0, offset: offset) }
    let table =
      values[network.gainOffset(layer) + unit] + gain - IntegerNetwork.gains.lowerBound
    return .init(table: table, offset: offset + network.tables[table].center)
  }

  /// Makes parameter `index` another.
  mutating func move(_ index: Int, _ place: IntegerNetwork.Place, to value: Double) {
    parameters[index] = value
    let before = values[index]
    values[index] = self.value(place, at: value)
    guard case .weight(let layer, let unit, _) = place else { return }
    let lattice = network.lattices[layer]
    weightSums[layer][unit] += lattice.weight(values[index]) - lattice.weight(before)
  }
}
