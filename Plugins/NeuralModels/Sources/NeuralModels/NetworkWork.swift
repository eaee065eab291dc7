internal import QHostInterfaces
package import QHostNetworks

/// The work of passes and cuts of a network, in units of ``PassWork``.
///
/// Each constant is what one step of a kernel takes. They were fitted to measured times on networks of 4 to
/// 784 inputs with up to six layers; see Documentation/Decisions/0012-cost-is-modelled-processor-time.md.
package struct NetworkWork: Sendable {
  /// A multiply-add of a kernel's product, and of a layer of so many units that OpenBLAS does it.
  package static let multiplyAdd = 0.98
  package static let libraryMultiplyAdd = 1.0
  /// One of the weights' gradient.
  package static let gradientMultiplyAdd = 0.85
  /// A unit in a row: its bias, and that its sum is stored.
  package static let unit = 5.7
  /// A parameter, which is made single.
  package static let parameter = 79.0
  /// A weight whose gradient's lanes are added up.
  package static let weightSum = 250.0
  /// A unit's slope in a row, and the share of a knot in it.
  package static let slope = 4.2
  package static let knot = 11.0
  /// One number that is read or written at a row of a list.
  package static let fetch = 18.0
  /// A line of 16 rows of a unit that a cut reads first.
  package static let line = 8.8
  /// A row in which a unit that often keeps its value is looked at.
  package static let look = 52.0
  /// A row of a hidden unit that is searched for values other than 0.
  package static let scan = 3.5
  /// An input of a row, when the lists of those that are not 0 are made.
  package static let listing = 40.0
  /// A call for a parameter that is in no cache, which all are where there are 80,000 or more.
  package static let farParameter = 30_000.0
  package static let farCount = 80_000.0

  /// An activation function's value.
  package static func value(_ activation: Activation) -> Double {
    switch activation {
    case .tanh: 9.3
    case .sigmoid: 12
    case .sine: 7.5
    case .learned: 53
    case .identity, .relu, .step, .sign: 0
    }
  }

  let network: Network
  /// That of the hidden units' function.
  let activation: Double
  /// Of each layer of a unit: a row that the unit changes, from the layer after it on.
  let carries: [Double]
  /// Of each layer of a unit: how many numbers of a row the layers after it keep.
  let keeps: [Double]

  init(_ network: Network) {
    self.network = network
    let activation = Self.value(network.activation)
    self.activation = activation
    let layers = 0..<network.layerCount
    carries = layers.map { Self.carry(from: $0, network, activation) }
    keeps = layers.map { layer in
      (layer + 1..<network.layerCount).reduce(0) {
        $0 + Double(network.widths[$1 + 1] * ($1 + 1 < network.layerCount ? 2 : 1))
      }
    }
  }

  /// Of a row that changes: one product for each unit of the next layer, then whole layers.
  private static func carry(
    from layer: Int, _ network: Network, _ activation: Double
  ) -> Double {
    guard layer + 1 < network.layerCount else { return 0 }
    let next = Double(network.widths[layer + 2])
    guard layer + 2 < network.layerCount else { return next * multiplyAdd }
    return (layer + 2..<network.layerCount).reduce(next * activation) { sum, layer in
      let units = layer + 1 < network.layerCount ? network.widths[layer + 1] : 0
      return sum + multiplyAdd * Double(network.multiplyAdds(layer)) + activation * Double(units)
    }
  }

  /// Multiply-adds of a product with so many rows of its result.
  private static func product(_ count: Int, units: Int, kernel: Double) -> Double {
    Double(count) * (units < MatrixProduct.unitThreshold ? kernel : libraryMultiplyAdd)
  }

  /// A forward pass, and forward and backward together.
  var passes: PassWork {
    let layers = 0..<network.layerCount
    var work = PassWork(row: 0, pass: 0, gradientCost: 0)
    for layer in layers {
      let (inputs, units) = (network.widths[layer], network.widths[layer + 1])
      let count = inputs * units
      work.row +=
        Self.product(count, units: units, kernel: Self.multiplyAdd) + Self.unit * Double(units)
      if layer + 1 < network.layerCount { work.row += activation * Double(units) }
      work.gradientRow +=
        Self.product(count, units: units, kernel: Self.gradientMultiplyAdd)
        + Self.unit * Double(units)
      guard layer > 0 else { continue }
      work.gradientRow +=
        Self.product(count, units: inputs, kernel: Self.multiplyAdd)
        + (Self.slope + Self.knot * Double(network.hidden.knotCount)) * Double(inputs)
    }
    work.gradientRow += work.row
    let count = Double(network.parameterCount)
    work.pass = Self.parameter * count
    work.gradientPass = (2 * Self.parameter + Self.weightSum) * count
    return work
  }
}
