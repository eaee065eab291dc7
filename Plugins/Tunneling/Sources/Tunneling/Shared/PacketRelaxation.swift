import QHostInterfaces

/// Evolves all packets in the potentials that they share, and reads out where and how wide they are.
///
/// The grid spans ±3 widths about each mean; the box's bounds are walls. Heights are in units of the
/// common curvature and ħ = 2κ², so that the ground state in the common parabola is κ widths wide.
struct PacketRelaxation {
  private static let reach = 3.0
  private static let gridCount = 33
  /// What a bound counts for, in units of the common curvature.
  private static let wall = 50.0

  private var packets: Packets
  /// How far each packet moved, in widths, [n].
  private(set) var steps: [Double]
  /// The new widths over the old ones, [n].
  private(set) var factors: [Double]

  /// Prepares for n packets.
  init(dimension n: Int) {
    packets = Packets(
      packetCount: n, gridCount: Self.gridCount, origin: -Self.reach,
      spacing: 2 * Self.reach / Double(Self.gridCount - 1))
    steps = Array(repeating: 0, count: n)
    factors = steps
  }

  /// Finds the packets' new places and widths.
  ///
  /// - Parameters:
  ///   - evidence: the potentials.
  ///   - wells: their third and fourth degrees.
  ///   - mean: the packets' means, [n].
  ///   - widths: their widths, [n].
  ///   - box: the bounds.
  ///   - narrowing: κ.
  ///   - dynamics: how packets evolve.
  ///   - readOut: where a packet is taken to be.
  ///   - solver: what solves the equation.
  /// - Throws: what the solver throws.
  mutating func relax(
    _ evidence: PotentialEvidence, _ wells: WellEvidence, mean: [Double], widths: [Double],
    in box: SearchBox, narrowing: Double, dynamics: PacketDynamics, readOut: ReadOut.Kind,
    with solver: any Solver
  ) throws(ComponentError) {
    fillPotentials(evidence, wells, mean: mean, widths: widths, in: box)
    packets.hbar = 2 * narrowing * narrowing
    let starts = Array(repeating: Self.gridCount / 2, count: steps.count)
    try dynamics.evolve(&packets, from: starts, with: solver)
    let lowest = 0.5 * narrowing
    let highest = narrowing.squareRoot()
    for i in steps.indices {
      let place = readOut.place(of: i, in: packets)
      steps[i] = packets.origin + place * packets.spacing
      guard dynamics.isQuantum else {
        factors[i] = narrowing
        continue
      }
      let variance = packets.secondMoments[i] - packets.means[i] * packets.means[i]
      factors[i] = min(max(max(variance, 0).squareRoot(), lowest), highest)
    }
  }

  private mutating func fillPotentials(
    _ evidence: PotentialEvidence, _ wells: WellEvidence, mean: [Double], widths: [Double],
    in box: SearchBox
  ) {
    let unit = height(evidence)
    for i in steps.indices {
      let a = evidence.slopes[i] / unit
      let b = evidence.curvatures[i] / unit
      let higher = wells.coefficients(
        i, slope: evidence.slopes[i], curvature: evidence.curvatures[i])
      let (c, d) = (higher.cubic / unit, higher.quartic / unit)
      let left = (box.lower[i] - mean[i]) / widths[i]
      let right = (box.upper[i] - mean[i]) / widths[i]
      for g in 0..<Self.gridCount {
        let u = packets.origin + Double(g) * packets.spacing
        let square = u * u
        let curve =
          a * u + b * square + c * u * (square - 3) + d * ((square - 6) * square + 3)
        let value = u < left || u > right ? Self.wall : curve
        packets.potentials[i * Self.gridCount + g] = min(max(value, -1e6), 1e6)
      }
    }
  }

  /// Twice the common curvature, or the typical slope where there is none.
  private func height(_ evidence: PotentialEvidence) -> Double {
    let n = Double(steps.count)
    let bend = 2 * evidence.common.reduce(0, +) / n
    if evidence.isConvex, bend > 1e-290 { return bend }
    let slope = (evidence.slopes.reduce(0) { $0 + $1 * $1 } / n).squareRoot()
    let curve = 2 * (evidence.curvatures.reduce(0) { $0 + $1 * $1 } / n).squareRoot()
    return max(slope, curve, 1e-290)
  }
}
