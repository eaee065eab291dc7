internal import QHostInterfaces
internal import QHostNetworks

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

extension IntegerNetwork {
  /// The parameters at which it comes nearest to a network of real numbers, layer by layer.
  ///
  /// A level h stands for the value low + h · step of the layer before, so that w_i x_i = w_i step h_i and
  /// a constant. Gains and sites have the least error of the sums over the rows (``LatticeFit``), with the levels that the
  /// layers before really give, and the bias takes up the mean of what is left. Rows count by how much a hidden unit's
  /// value changes there with its sum: what a saturated unit misses does no harm.
  ///
  /// - Throws: severity `unsupported` for other layers or another activation.
  func approximation(
    of graph: Graph, calibration: Calibration
  ) throws(ComponentError) -> [Double] {
    let chain = try DenseChain(graph)
    try check(chain)
    guard calibration.rowCount > 0 else {
      throw .data("it needs typical inputs to start near another network; give some rows")
    }
    let width = widths[0]
    var values = (0..<calibration.rowCount).map { row in
      calibration.inputs[row * width..<(row + 1) * width].map { Double($0) }
    }
    var levels = values.map { $0.map { inputLevel($0) } }
    var parameters: [Double] = []
    for (layer, real) in chain.layers.enumerated() {
      let sums = values.map { Self.sums(real, $0) }
      guard sums.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
        throw .data(
          "the sums of layer \(layer) of the network are not finite on typical inputs; start from one whose loss is finite"
        )
      }
      let made = rounded(layer, real, levels: levels, sums: sums)
      parameters += made.parameters
      guard layer + 1 < layerCount else { return parameters + [made.exponent] }
      values = sums.map { $0.map { activation.value($0) } }
      levels = levels.map { made.levels($0, self, layer) }
    }
    return parameters
  }

  private func check(_ chain: DenseChain) throws(ComponentError) {
    guard chain.widths == widths else {
      throw .unsupported(
        "it has layers of \(DenseChain.text(widths)) units and cannot start from a network of "
          + "\(DenseChain.text(chain.widths)); set the same hidden units")
    }
    try chain.check(HiddenActivation(activation))
  }

  private func inputLevel(_ value: Double) -> Int {
    Int(min(max((value * exp2(Double(inputBits))).rounded(.down), 0), Double(highestInput(0))))
  }

  private static func sums(_ layer: DenseChain.Layer, _ inputs: [Double]) -> [Double] {
    layer.biases.indices.map { unit in
      let row = layer.weights[unit * inputs.count..<(unit + 1) * inputs.count]
      return zip(row, inputs).reduce(layer.biases[unit]) { $0 + $1.0 * $1.1 }
    }
  }

  /// What an input changes by from one level to the next.
  private func step(_ layer: Int) -> Double {
    layer == 0 ? exp2(-Double(inputBits)) : levels.step
  }

  /// How much a hidden unit's value changes with its sum about a place; more than 0, so that no row is lost.
  private func slope(_ sum: Double) -> Double {
    abs(activation.value(sum + 0.25) - activation.value(sum - 0.25)) / 0.5 + 0.02
  }

  private func rounded(
    _ layer: Int, _ real: DenseChain.Layer, levels: [[Int]], sums: [[Double]]
  ) -> RoundedLayer {
    let (inputs, units) = (widths[layer], widths[layer + 1])
    let scaled = real.weights.map { $0 * step(layer) }
    let rows = (0..<units).map { scaled[$0 * inputs..<($0 + 1) * inputs] }
    let rounding = LayerRounding(
      lattice: lattices[layer], levels: levels, inputCount: inputs)
    var made = RoundedLayer()
    let isLast = layer + 1 == layerCount
    if isLast {
      made.exponent =
        rounding.exponent(of: rows, around: log2(unitScale)) - log2(unitScale)
    }
    for (unit, row) in rows.enumerated() {
      let wanted = sums.map { $0[unit] }
      let weights = isLast ? wanted.map { _ in 1 } : wanted.map(slope)
      let fit = LatticeFit(levels: levels, sums: wanted, weights: weights)
      var (gain, sites, size) = (0, [Int](), unitScale * exp2(made.exponent))
      if isLast {
        sites =
          fit.descended(
            from: row.map { rounding.site($0, unit: size) }, unit: size, on: lattices[layer]
          ).sites
      } else {
        (gain, sites) = rounding.best(row, fit)
        size = exp2(Double(gain) / 4)
      }
      let numbers = sites.map { lattices[layer].weight($0) }
      let zero = Double((doubleZero(layer) * numbers.reduce(0, +)) >> 1)
      var difference = 0.0
      for (place, row) in levels.enumerated() {
        let sum = zip(numbers, row).reduce(0) { $0 + $1.0 * $1.1 }
        difference += weights[place] * (wanted[place] / size - (Double(sum) - zero))
      }
      let bias = (difference / weights.reduce(0, +)).rounded()
      let range = bounds(.bias(layer: layer, unit: unit)) ?? 0...0
      made.sites += sites
      made.biases.append(
        Int(min(max(bias, Double(range.lowerBound)), Double(range.upperBound))))
      if !isLast { made.gains.append(gain) }
    }
    return made
  }
}

/// A layer that was brought to integers.
private struct RoundedLayer {
  /// [units × inputs].
  var sites: [Int] = []
  /// [units].
  var biases: [Int] = []
  /// [units]; none in the last layer.
  var gains: [Int] = []
  /// Of the outputs' scale, in the last layer.
  var exponent = 0.0

  /// In the order of the network's parameters.
  var parameters: [Double] { (sites + biases + gains).map { Double($0) } }

  /// The levels of its units for those of its inputs.
  func levels(_ inputs: [Int], _ network: IntegerNetwork, _ layer: Int) -> [Int] {
    let zero = network.doubleZero(layer)
    return biases.indices.map { unit in
      let weights = sites[unit * inputs.count..<(unit + 1) * inputs.count].map {
        network.lattices[layer].weight($0)
      }
      let sum = zip(weights, inputs).reduce(0) { $0 + $1.0 * $1.1 }
      let table = network.tables[gains[unit] - IntegerNetwork.gains.lowerBound]
      let offset = biases[unit] - (zero * weights.reduce(0, +)) >> 1 + table.center
      return table.level(sum + offset)
    }
  }
}
