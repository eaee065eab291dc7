import Foundation

/// Cuts of input weights beside a simulation of all rows.
enum CutTable {
  private static let counts = [1, 2, 8, 16]
  private static let (inputs, hidden, rows, rate) = (700, 64, 64, 10.0 / 700)
  /// By what weights are multiplied for a hidden rate of about 0.2.
  private static let scales = [0.5, 1, 1.5, 2, 3, 4]
  private static let wantedRate = 0.22

  /// Measures it and prints a line for each read-out.
  static func show(_ stopwatch: Stopwatch) throws {
    print(
      "\nAn offset of a cut of an input weight of \(inputs)-\(hidden)-20, as a part of a simulation of \(rows) rows"
    )
    print(
      "of \(Network.steps) steps with 10 input spikes each; offsets 0.05 apart, a mean of 16 weights\n"
    )
    print("read-out  hidden rate  simulation " + counts.map { "  \($0) offsets" }.joined())
    for readout in ["count", "trace"] {
      let network = try nearest(readout)
      let weights = network.inputWeights(16)
      let simulate = { try network.simulate() }
      let cuts = counts.map { count in
        { try Self.cut(network, weights, offsets: (0..<count).map { 0.05 * Double($0 + 1) }) }
      }
      // Forward closes cuts: a simulation is timed first, and then all cuts of one base.
      let whole = try stopwatch.nanoseconds([simulate])[0]
      try network.openCuts()
      let times = try stopwatch.nanoseconds(cuts)
      let ratios = zip(times, counts).map { time, count in
        String(format: "1/%-9.1f", whole * Double(weights.count * count) / time)
      }
      let rate = try network.hiddenRate()
      print(
        readout.padding(toLength: 10, withPad: " ", startingAt: 0)
          + String(format: "%-13.2f%7.0f us  ", rate, whole / 1000) + ratios.joined())
    }
  }

  private static func cut(_ network: Network, _ weights: [Int], offsets: [Double]) throws {
    for weight in weights { try network.cut(weight, offsets) }
  }

  /// The network whose hidden neurons fire nearest to what is wanted.
  private static func nearest(_ readout: String) throws -> Network {
    var best: (network: Network, distance: Double)?
    for scale in scales {
      let network = try Network(
        inputs: inputs, hidden: hidden, readout: readout, scale: scale, rate: rate, rowCount: rows)
      let distance = abs(try network.hiddenRate() - wantedRate)
      if distance < best?.distance ?? .infinity { best = (network, distance) }
    }
    guard let best else { preconditionFailure("no scale was tried") }
    return best.network
  }
}
