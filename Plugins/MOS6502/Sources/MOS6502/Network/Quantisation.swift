/// How real numbers become levels and whole weights.
public struct QuantisationSettings: Sendable {
  /// Bits of an input's level.
  public var inputBits: Int
  /// [layers], what weights are rounded to.
  public var lattices: [WeightLattice]
  /// Bits of a hidden unit's level.
  public var activationBits: Int
  /// Whether weights make up for each other's rounding; see ``LeastSquaresRounding``.
  public var isCompensating: Bool
  /// Tables that a hidden layer has at most where its sums' steps are below a table's: 1, 2 or 4.
  public var tables: Int

  /// Makes settings.
  public init(
    inputBits: Int, lattices: [WeightLattice], activationBits: Int, isCompensating: Bool = false,
    tables: Int = 4
  ) {
    (self.inputBits, self.lattices) = (inputBits, lattices)
    (self.activationBits, self.isCompensating) = (activationBits, isCompensating)
    self.tables = tables
  }
}

/// Makes a network of integers from one of real numbers and typical inputs, layer by layer.
///
/// Inputs and hidden values are rounded to equally spaced levels over the range that they have in the
/// calibration rows. A unit's weights become a · q with q whole: a, a power of 2^(1/4), has the least
/// error in the unit's sum, Σ_i E[level_i²] (w_i - a q_i)². Offsets take up the mean of what is left,
/// measured with the levels that the layers before really give.
///
/// The grid of a makes tables equal: units of a layer share at most a few.
struct Quantisation {
  let settings: QuantisationSettings
  let float: FloatNetwork

  /// What a layer's weights are rounded with.
  struct Measured {
    /// [B][inputs], the levels of its inputs.
    var levels: [[Int]]
    /// [B][units], its real sums.
    var sums: [[Double]]
    /// The levels' scale.
    var scale: LevelScale
  }

  /// The network for inputs [B × F].
  func network(_ inputs: [Float]) -> QuantisedNetwork {
    let width = float.layers[0].weights[0].count
    var values = stride(from: 0, to: inputs.count, by: width).map { start in
      inputs[start..<start + width].map { Double($0) }
    }
    let inputScale = LevelScale(Self.range(values), bits: settings.inputBits)
    var measured = Measured(
      levels: values.map { $0.map { inputScale.level($0) } }, sums: [], scale: inputScale)
    var layers: [IntegerNetwork.Layer] = []
    var families: [TableFamily] = []
    var sizes: [[Int]] = []
    var outputScale = 1.0
    for (layer, lattice) in zip(float.layers, settings.lattices) {
      measured.sums = values.map { Self.sums(layer, $0) }
      if let function = layer.function {
        values = measured.sums.map { $0.map { function($0) } }
        let family = TableFamily(
          function, LevelScale(Self.range(values), bits: settings.activationBits),
          sums: Self.range(measured.sums), settings: settings)
        let (made, chosen) = hidden(layer, lattice, family, measured)
        layers.append(made)
        measured.levels = measured.levels.map { Self.levels(made, $0) }
        measured.scale = family.scale
        families.append(family)
        sizes.append(chosen)
      } else {
        let (made, size) = output(layer, lattice, measured)
        layers.append(made)
        outputScale = TableFamily.size(size)
      }
    }
    return QuantisedNetwork(
      model: DeployedModel(
        network: IntegerNetwork(inputMaximum: inputScale.maximum, layers: layers),
        inputShift: Float(-inputScale.lowest), inputFactor: Float(1 / inputScale.step),
        inputRounding: 0.5, outputScale: Float(outputScale)),
      lattices: settings.lattices, families: families, sizes: sizes,
      connections: float.layers.map { $0.weights.map { $0.map { $0 != 0 } } })
  }

  private func hidden(
    _ layer: FloatNetwork.Layer, _ lattice: WeightLattice, _ family: TableFamily,
    _ measured: Measured
  ) -> (layer: IntegerNetwork.Layer, sizes: [Int]) {
    var made = IntegerNetwork.Layer(name: layer.name, weights: [], offsets: [])
    var sizes: [Int] = []
    let rounding = rounding(lattice, measured)
    for unit in layer.weights.indices {
      let scaled = layer.weights[unit].map { $0 * measured.scale.step }
      let (weights, size) = rounding.rounded(
        [scaled], units: unit..<unit + 1, isAllowed: family.contains)
      let offset = Self.meanDifference(
        measured.levels, weights[0], measured.sums, unit, TableFamily.size(size))
      made.weights.append(weights[0])
      made.offsets.append(Int((offset / TableFamily.size(size)).rounded()) + family.center(size))
      made.activations.append(family.activation(size))
      sizes.append(size)
    }
    return (made, sizes)
  }

  private func output(
    _ layer: FloatNetwork.Layer, _ lattice: WeightLattice, _ measured: Measured
  ) -> (IntegerNetwork.Layer, size: Int) {
    let scaled = layer.weights.map { $0.map { $0 * measured.scale.step } }
    let (weights, size) = rounding(lattice, measured)
      .rounded(scaled, units: scaled.indices) { _ in true }
    var made = IntegerNetwork.Layer(name: layer.name, weights: weights, offsets: [])
    for unit in scaled.indices {
      let offset = Self.meanDifference(
        measured.levels, weights[unit], measured.sums, unit, TableFamily.size(size))
      made.offsets.append(Int((offset / TableFamily.size(size)).rounded()))
    }
    return (made, size)
  }

  private func rounding(
    _ lattice: WeightLattice, _ measured: Measured
  ) -> any WeightRounding {
    if settings.isCompensating { return LeastSquaresRounding(lattice, measured) }
    return NearestRounding(lattice, measured)
  }
}
