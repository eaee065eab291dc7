public import QHostNetworks

/// A whole-number network that is tuned, and what it takes.
public struct TuningPoint: Sendable {
  /// The network, with what its parts stand for.
  public private(set) var quantised: QuantisedNetwork
  let tables: TuningTables
  /// The signed digits of all weights, and what its tables take in the bytes of a digit.
  public private(set) var digits = 0
  /// [layers][units], what a sum without offset ranges over.
  private var ranges: [[ClosedRange<Int>]] = []
  /// How many units have each table; see ``TuningTables/identities``.
  private var uses: [Int]

  /// The signed digits that a table's bytes would make.
  private static let digitsOfTable = 128
  /// [256], the signed digits of −128 … 127.
  private static let digitCounts = (-128...127).map {
    SignedDigits($0, highest: 9)?.digits.count ?? 9
  }

  /// Starts from a network.
  public init(_ quantised: QuantisedNetwork) {
    self.quantised = quantised
    tables = TuningTables(quantised)
    uses = Array(repeating: 0, count: tables.all.count)
    for (index, layer) in network.layers.enumerated() {
      digits += layer.weights.joined().reduce(0) { $0 + Self.digits($1) }
      let maximum = maximum(index)
      ranges.append(
        layer.weights.map { weights in
          weights.reduce(0) { $0 + min($1, 0) } * maximum...weights.reduce(0) { $0 + max($1, 0) }
            * maximum
        })
      guard index < quantised.sizes.count else { continue }
      for size in quantised.sizes[index] { uses[identity(index, size)] += 1 }
    }
    digits += Self.digitsOfTable * uses.count { $0 > 0 }
  }

  /// What the processor computes.
  public var network: IntegerNetwork { quantised.model.network }
  /// What a whole output is multiplied with.
  public var scale: Float { quantised.model.outputScale }
  var widths: [Int] { [network.inputCount] + network.layers.map(\.unitCount) }

  /// The largest level of a layer's inputs.
  func maximum(_ layer: Int) -> Int {
    layer == 0 ? network.inputMaximum : quantised.families[layer - 1].scale.maximum
  }

  private static func digits(_ weight: Int) -> Int { digitCounts[weight + 128] }

  private func identity(_ layer: Int, _ size: Int) -> Int {
    tables.identities[tables.index(layer, size)]
  }

  /// A unit as kernels see it, with another offset or size.
  func kernelUnit(_ layer: Int, _ unit: Int, offset: Int? = nil, size: Int? = nil)
    -> IntegerKernel.Unit
  {
    let own = quantised.model.network.layers[layer].offsets[unit]
    guard layer < quantised.sizes.count else { return .init(table: 0, offset: offset ?? own) }
    return .init(
      table: tables.index(layer, size ?? quantised.sizes[layer][unit]), offset: offset ?? own)
  }

  /// What a unit may become: of one input's weight, or the offset, or the size.
  public struct Proposal: Sendable {
    /// The weight there; unused where none changes.
    var weight = 0
    var offset: Int
    var size: Int?
    /// What is added to ``TuningPoint/digits``.
    var digits = 0
    /// As kernels take it.
    public var change: IntegerKernel.Change
  }

  /// Another weight, and the offset that keeps the mean of the sum; `nil` where it cannot be.
  public func proposal(_ layer: Int, _ unit: Int, input: Int, weight: Int, mean: Double)
    -> Proposal?
  {
    let before = quantised.model.network.layers[layer].weights[unit][input]
    let range = range(layer, unit, replacing: before, by: weight)
    let offset =
      quantised.model.network.layers[layer].offsets[unit]
      - Int((Double(weight - before) * mean).rounded())
    guard weight != before, Self.fits(range, offset) else { return nil }
    return Proposal(
      weight: weight, offset: offset, digits: Self.digits(weight) - Self.digits(before),
      change: .init(weight: weight - before, unit: kernelUnit(layer, unit, offset: offset)))
  }

  /// Another offset; `nil` where it cannot be.
  public func proposal(_ layer: Int, _ unit: Int, offsetBy change: Int) -> Proposal? {
    let offset = quantised.model.network.layers[layer].offsets[unit] + change
    guard Self.fits(ranges[layer][unit], offset) else { return nil }
    return Proposal(
      offset: offset, change: .init(weight: 0, unit: kernelUnit(layer, unit, offset: offset)))
  }

  /// Another size of a hidden unit; `nil` where it cannot be.
  public func proposal(_ layer: Int, _ unit: Int, sizeBy change: Int) -> Proposal? {
    let before = quantised.sizes[layer][unit]
    let family = quantised.families[layer]
    let size = before + change * family.grid
    let offset =
      quantised.model.network.layers[layer].offsets[unit] - family.center(before)
      + family.center(size)
    guard tables.sizes[layer].contains(size), Self.fits(ranges[layer][unit], offset) else {
      return nil
    }
    let (old, new) = (identity(layer, before), identity(layer, size))
    let made = old == new ? 0 : (uses[new] == 0 ? 1 : 0) - (uses[old] == 1 ? 1 : 0)
    return Proposal(
      offset: offset, size: size, digits: Self.digitsOfTable * made,
      change: .init(weight: 0, unit: kernelUnit(layer, unit, offset: offset, size: size)))
  }

  private func range(
    _ layer: Int, _ unit: Int, replacing before: Int, by weight: Int
  ) -> ClosedRange<Int> {
    let (range, maximum) = (ranges[layer][unit], maximum(layer))
    let low = range.lowerBound + maximum * (min(weight, 0) - min(before, 0))
    return low...range.upperBound + maximum * (max(weight, 0) - max(before, 0))
  }

  /// Whether sums have 16 bits, whatever the inputs.
  private static func fits(_ range: ClosedRange<Int>, _ offset: Int) -> Bool {
    range.lowerBound + min(offset, 0) >= Int(Int16.min)
      && range.upperBound + max(offset, 0) <= Int(Int16.max)
  }

  /// Makes a proposal for a place.
  public mutating func take(_ proposal: Proposal, at place: TuningPlace) {
    let (layer, unit) = (place.layer, place.unit)
    digits += proposal.digits
    quantised.model.network.layers[layer].offsets[unit] = proposal.offset
    if let input = place.input {
      let before = quantised.model.network.layers[layer].weights[unit][input]
      ranges[layer][unit] = range(layer, unit, replacing: before, by: proposal.weight)
      quantised.model.network.layers[layer].weights[unit][input] = proposal.weight
    }
    guard let size = proposal.size else { return }
    uses[identity(layer, quantised.sizes[layer][unit])] -= 1
    uses[identity(layer, size)] += 1
    quantised.sizes[layer][unit] = size
    quantised.model.network.layers[layer].activations[unit] =
      quantised.families[layer].activation(size)
  }

  /// Multiplies the outputs' scale.
  mutating func rescale(by factor: Float) { quantised.model.outputScale *= factor }
}
