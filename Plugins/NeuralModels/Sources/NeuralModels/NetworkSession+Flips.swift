internal import QHostInterfaces
internal import QHostNetworks

extension NetworkSession {
  /// Far beyond any sum, to make a unit's output the lower or the higher one whatever its sum is.
  private static let far: [Float] = [-1e30, 1e30]

  func takeNoise(_ noise: UnsafePointer<Float>?) throws(ComponentError) {
    guard noise == nil || network.flipUnitCount > 0 else {
      throw .unsupported(
        "activation '\(network.activation)' has more than two outputs; choose step or sign")
    }
    cuts?.close()
    self.noise = noise
  }

  func openUnit(
    _ unit: Int, sums: UnsafeMutableBufferPointer<Float>,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let cuts = try openedCuts()
    precondition(
      unit < network.flipUnitCount && sums.count >= rowCount, "no unit \(unit), or no room")
    let (layer, place) = network.place(ofHiddenUnit: unit)
    let z = cuts.kernel.keptZ(layer) + place * stride
    for row in 0..<rowCount { sums[row] = z[row] }
    Self.far.withUnsafeBufferPointer {
      cuts.kernel.cut(layer: layer, unit: place, x: nil, offsets: $0, outputs: outputs)
    }
  }

  func factors(index: Int) throws(ComponentError) -> SumFactors {
    let cuts = try openedCuts()
    guard case .weight(let layer, _, let input) = network.place(of: index) else {
      throw ComponentError("parameter \(index) is not a weight of a unit")
    }
    let rows = inputRows(layer: layer, input: input, cuts.kernel)
    return SumFactors(count: rows.count, rows: rows.rows, values: rows.values)
  }

  /// Adds the noise to a hidden layer's z, and computes its h again.
  func addNoise(_ layer: Int, _ kernel: CutKernel) {
    guard let noise, layer + 1 < network.layerCount else { return }
    let units = network.widths[layer + 1]
    let first = network.widths[1..<layer + 1].reduce(0, +)
    for unit in 0..<units {
      let z = kernel.z(layer) + unit * stride
      let shift = noise + (first + unit) * rowCount
      for row in 0..<rowCount { z[row] += shift[row] }
    }
    ActivationKernel.apply(
      network.activation, bias: nil, z: kernel.z(layer), unitCount: units, stride: stride,
      h: kernel.h(layer))
  }
}

extension Network {
  /// Hidden units whose output is one of two.
  var flipUnitCount: Int {
    activation == .step || activation == .sign ? widths[1..<layerCount].reduce(0, +) : 0
  }

  /// The number of a hidden unit among all, whose sum parameter `index` is in.
  func flipUnit(of index: Int) -> Int? { flipUnitCount > 0 ? hiddenUnit(of: index) : nil }
}
