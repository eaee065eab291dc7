internal import Glibc
internal import QHostInterfaces

/// What can be changed in a network that is tuned, one at a time, and to what.
struct TuningCoordinates: Sendable {
  /// One number of the network.
  enum Coordinate {
    case weight(layer: Int, unit: Int, input: Int)
    case offset(layer: Int, unit: Int)
    case size(layer: Int, unit: Int)
  }

  private(set) var all: [Coordinate] = []
  /// [layers][inputs], the mean level; a weight's change leaves the sum's mean where it was.
  private let means: [[Double]]
  private let prefersZero: Bool

  /// Lists the coordinates of a network; inputs that are 0 in all rows, and weights that connect nothing in
  /// the real network, are left out.
  ///
  /// - Parameters:
  ///   - point: the network.
  ///   - means: [layers][inputs], the mean levels.
  ///   - prefersZero: whether weight 0 is offered more often.
  init(_ point: TuningPoint, means: [[Double]], prefersZero: Bool) {
    (self.means, self.prefersZero) = (means, prefersZero)
    for (index, layer) in point.network.layers.enumerated() {
      for unit in 0..<layer.unitCount {
        let connected = point.quantised.connections[index][unit]
        for input in 0..<layer.inputCount
        where connected[input] && (index > 0 || means[0][input] > 0) {
          all.append(.weight(layer: index, unit: unit, input: input))
        }
        all.append(.offset(layer: index, unit: unit))
        if !layer.activations.isEmpty { all.append(.size(layer: index, unit: unit)) }
      }
    }
  }

  /// Where a coordinate is.
  static func place(_ coordinate: Coordinate) -> TuningPlace {
    switch coordinate {
    case .weight(let layer, let unit, let input): .init(layer: layer, unit: unit, input: input)
    case .offset(let layer, let unit), .size(let layer, let unit):
      .init(layer: layer, unit: unit, input: nil)
    }
  }

  /// What is tried there: the neighbours, and of weights one site that may be anywhere.
  func proposals(
    _ coordinate: Coordinate, _ point: TuningPoint, _ random: inout RandomStream
  ) -> [TuningPoint.Proposal] {
    switch coordinate {
    case .weight(let layer, let unit, let input):
      let lattice = point.quantised.lattices[layer]
      let site = lattice.site(of: point.network.layers[layer].weights[unit][input])
      let far = random.integer(below: 2 * lattice.last + 1) - lattice.last
      let isZero = prefersZero && random.uniform() < 0.5
      return Set([site - 1, site + 1, isZero ? 0 : far]).sorted().compactMap { other in
        guard abs(other) <= lattice.last else { return nil }
        return point.proposal(
          layer, unit, input: input, weight: lattice.weight(other), mean: means[layer][input])
      }
    case .offset(let layer, let unit):
      let change = 1 << random.integer(below: largestPower(layer, unit, point) + 1)
      return [-change, change].compactMap { point.proposal(layer, unit, offsetBy: $0) }
    case .size(let layer, let unit):
      return [-1, 1].compactMap { point.proposal(layer, unit, sizeBy: $0) }
    }
  }

  /// Offsets go by up to some sixteenth of a table, or about one half of the real outputs.
  private func largestPower(_ layer: Int, _ unit: Int, _ point: TuningPoint) -> Int {
    let activations = point.network.layers[layer].activations
    guard activations.isEmpty else { return activations[unit].shift + 4 }
    return max(0, Int(-log2(Double(2 * point.scale))))
  }
}
