import QHostInterfaces
import SpikingNeurons

/// The plain version of a driven network, on the same rows.
struct PlainOracle {
  let network: SpikingNetwork
  /// All parameters, weights as multiples of 2⁻¹⁴.
  let all: [Double]
  private let rows: [[[PlainSpikingNetwork<Float>.Event]]]

  init(_ driven: SpikingCase, _ point: [Double]) {
    network = driven.model.network
    all = driven.model.all(point)
    rows = driven.model.events(of: driven.values, rowCount: driven.rowCount)
  }

  /// Where a trained parameter is among all.
  func place(_ index: Int) -> Int {
    let (piece, within) = network.place(of: index)
    return piece.place + within
  }

  /// Outputs [C × B].
  func outputs(_ all: [Float]) -> [Float] {
    let rows = rows.map { row in
      var plain = PlainSpikingNetwork<Float>(network, all: all)
      return plain.run(row)
    }
    return (0..<network.outputCount).flatMap { unit in rows.map { $0[unit] } }
  }

  /// Σ weights · outputs.
  func sum(_ all: [DualNumber], _ weights: [Float]) -> DualNumber {
    var sum = DualNumber(0)
    for (row, events) in rows.enumerated() {
      var plain = PlainSpikingNetwork<DualNumber>(network, all: all)
      for (unit, output) in plain.run(events).enumerated() {
        sum = sum + output * DualNumber(Double(weights[unit * rows.count + row]))
      }
    }
    return sum
  }
}
