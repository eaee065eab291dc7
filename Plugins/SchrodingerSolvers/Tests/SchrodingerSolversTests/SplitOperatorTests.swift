import Foundation
import QHostInterfaces
import QHostTesting
import SchrodingerSolvers
import Testing

/// A split-operator solver with its defaults.
func makeSplitOperator() throws -> SplitOperator {
  try SplitOperator(request: request(for: SplitOperator.descriptor))
}

/// The dense T + V of a packet of mass 1 in the sines of its box, from their definition.
func denseSineHamiltonian(_ packets: Packets) -> [[Double]] {
  let grid = packets.gridCount
  let width = packets.spacing * Double(grid + 1)
  func sine(_ n: Int, _ g: Int) -> Double {
    (2 / Double(grid + 1)).squareRoot()
      * sin(Double.pi * Double(n * (g + 1)) / Double(grid + 1))
  }
  return (0..<grid).map { g in
    (0..<grid).map { h in
      var sum = g == h ? packets.potentials[g] : 0
      for n in 1...grid {
        let momentum = packets.hbar * Double.pi * Double(n) / width
        sum += sine(n, g) * sine(n, h) * momentum * momentum / 2
      }
      return sum
    }
  }
}

@Suite("The split-operator method")
struct SplitOperatorTests {
  @Test("A free packet spreads exactly")
  func spreading() throws {
    var packets = packet(from: -100, to: 100, count: 401) { _ in 0 }
    putGaussian(&packets, center: 0, sigma: 1, waveNumber: 0)
    packets.mode = .real
    packets.time = 20
    packets.stepCount = 20
    try makeSplitOperator().evolve(&packets)
    let sigma = (packets.secondMoments[0] - packets.means[0] * packets.means[0]).squareRoot()
    // σ(20) = √101; the tails at the walls, ten σ away, are e^−50.
    #expect(abs(sigma - 10.0498756211) < 1e-9)
    #expect(abs(packets.norms[0] - 1) < 1e-10)
  }

  @Test("A packet goes through a sech² barrier as the exact one does")
  func transmission() throws {
    var packets = packet(from: -100, to: 100, count: 511) { 1 / (cosh($0) * cosh($0)) }
    putGaussian(&packets, center: -30, sigma: 4, waveNumber: 1)
    packets.mode = .real
    packets.time = 65
    packets.stepCount = 1600
    try makeSplitOperator().evolve(&packets)
    var through = 0.0
    for g in 0..<packets.gridCount where packets.origin + Double(g) * packets.spacing > 0 {
      through += packets.densities[g] * packets.spacing
    }
    #expect(abs(through / 0.138891 - 1) < 1e-3, "\(through)")
    #expect(abs(packets.norms[0] - 1) < 1e-10, "\(packets.norms[0] - 1)")
  }

  @Test("Levels 0 to 4 of the oscillator are n + 1/2, each as the lowest one beside the others")
  func levels() throws {
    let levels = try lowestLevels(5, packet(from: -8, to: 8, count: 63) { 0.5 * $0 * $0 })
    for (n, level) in levels.enumerated() {
      #expect(abs(level - (Double(n) + 0.5)) < 1e-3, "E\(n) = \(level)")
    }
  }

  @Test("The splitting of a double well is that of exact diagonalisation")
  func splitting() throws {
    let well = packet(from: -2.2, to: 2.2, count: 47, hbar: 0.35) {
      ($0 * $0 - 1) * ($0 * $0 - 1)
    }
    let levels = try lowestLevels(2, well)
    let exact = diagonalize(denseSineHamiltonian(well)).levels
    let splitting = exact[1] - exact[0]
    #expect(splitting < 0.1 * exact[0])
    #expect(abs((levels[1] - levels[0]) / splitting - 1) < 1e-2)
  }

  /// The lowest levels in imaginary time, each kept orthogonal to those before.
  private func lowestLevels(_ count: Int, _ start: Packets) throws -> [Double] {
    let solver = try makeSplitOperator()
    var states: [[Double]] = []
    var levels: [Double] = []
    for n in 0..<count {
      var packets = start
      packets.mode = .imaginary
      packets.time = 1
      packets.stepCount = 50
      packets.realParts = (0..<start.gridCount).map { g in
        let x = start.origin + Double(g) * start.spacing
        return pow(x, Double(n)) * exp(-0.4 * x * x / start.hbar)
      }
      for _ in 0..<12 {
        try solver.evolve(&packets)
        for state in states {
          let overlap = zip(state, packets.realParts).reduce(0) { $0 + $1.0 * $1.1 }
          for g in state.indices { packets.realParts[g] -= overlap * packets.spacing * state[g] }
        }
      }
      states.append(packets.realParts)
      levels.append(packets.energies[0])
    }
    return levels
  }

  @Test("Ehrenfest: d⟨x⟩/dt = ⟨p⟩/m and d⟨p⟩/dt = −⟨V'⟩ in an anharmonic potential")
  func ehrenfest() throws {
    var packets = packet(from: -6, to: 6, count: 95) { 0.5 * $0 * $0 + 0.05 * pow($0, 4) }
    putGaussian(&packets, center: 1.5, sigma: 0.7, waveNumber: 0.4)
    packets.mode = .real
    let solver = try makeSplitOperator()
    let step = 0.02
    var means: [Double] = []
    var forces: [Double] = []
    for _ in 0..<5 {
      packets.time = step
      packets.stepCount = 20
      try solver.evolve(&packets)
      means.append(packets.means[0])
      forces.append(
        (0..<packets.gridCount).reduce(0) { sum, g in
          let x = packets.origin + Double(g) * packets.spacing
          return sum - (x + 0.2 * x * x * x) * packets.densities[g] * packets.spacing
        })
    }
    // d²⟨x⟩/dt² by the five-point rule: error step⁴ x⁗′′/90 ≈ 1e-7 and rounding 1e-14/step².
    let second =
      (-means[0] + 16 * means[1] - 30 * means[2] + 16 * means[3] - means[4]) / (12 * step * step)
    #expect(abs(second - forces[2]) < 1e-5, "\(second) \(forces[2])")
  }

  @Test("In a parabola the mean follows Strang's map to rounding")
  func parabola() throws {
    var packets = packet(from: -12, to: 12, count: 127) { 0.5 * $0 * $0 }
    putGaussian(&packets, center: 2, sigma: 0.6, waveNumber: 0)
    packets.mode = .real
    packets.time = 4
    packets.stepCount = 100
    try makeSplitOperator().evolve(&packets)
    // The map of half kick, drift and half kick turns by θ a step, cos θ = 1 − dt²/2.
    let angle = acos(1 - 0.04 * 0.04 / 2)
    #expect(abs(packets.means[0] - 2 * cos(100 * angle)) < 1e-10)
  }

  private func evolved(_ mode: Packets.Mode, _ topology: Packets.Topology, steps: Int) throws
    -> Packets
  {
    var packets = packet(from: -6, to: 6, count: 41) { 0.5 * $0 * $0 + 0.3 * sin(3 * $0) }
    putGaussian(&packets, center: 1, sigma: 0.8, waveNumber: 0.5)
    packets.mode = mode
    packets.topology = topology
    packets.hbar = topology == .complete ? 0.2 : 1
    packets.time = 0.8
    packets.stepCount = steps
    try makeSplitOperator().evolve(&packets)
    return packets
  }

  @Test(
    "Halving the time step quarters the error",
    arguments: [Packets.Mode.real, .imaginary], Packets.Topology.allCases)
  func order(mode: Packets.Mode, topology: Packets.Topology) throws {
    let exact = try evolved(mode, topology, steps: 4096).densities
    func error(_ steps: Int) throws -> Double {
      zip(try evolved(mode, topology, steps: steps).densities, exact)
        .map { abs($0 - $1) }.max() ?? 0
    }
    let ratio = try error(64) / error(128)
    #expect(ratio > 3.8 && ratio < 4.2, "\(ratio)")
  }

  @Test(
    "On lattices it agrees with finite differences", arguments: [Packets.Topology.chain, .complete])
  func lattices(topology: Packets.Topology) throws {
    for mode in Packets.Mode.allCases {
      var split = packet(from: -1, to: 1, count: 11, hbar: 0.3) { sin(5 * $0) }
      split.topology = topology
      split.mode = mode
      split.stepCount = 4000
      if mode != .groundState { putGaussian(&split, center: 0.2, sigma: 0.3, waveNumber: 1) }
      var differences = split
      try makeSplitOperator().evolve(&split)
      try makeSolver().evolve(&differences)
      // The phase errors of both are at most n (‖T‖dt/ħ)³/12, ‖T‖ = JG/ħ ≤ 42: 4e-4.
      for (a, b) in zip(split.densities, differences.densities) { #expect(abs(a - b) < 4e-4) }
      #expect(abs(split.energies[0] - differences.energies[0]) < 1e-5)
    }
  }

  @Test("Real time keeps the norm, and imaginary time ends in the ground state")
  func longRuns() throws {
    var packets = packet(from: -5, to: 5, count: 63) { 0.5 * $0 * $0 + cos(4 * $0) }
    var ground = packets
    let solver = try makeSplitOperator()
    try solver.evolve(&ground)
    putGaussian(&packets, center: 1, sigma: 1, waveNumber: 0.7)
    for place in packets.realParts.indices { packets.realParts[place] *= 3 }
    packets.mode = .real
    packets.time = 100
    packets.stepCount = 5000
    try solver.evolve(&packets)
    #expect(abs(packets.norms[0] - 1) < 1e-10)
    packets.mode = .imaginary
    packets.stepCount = 40000
    try solver.evolve(&packets)
    // Strang's state differs by O(dt²), its energy by O(dt⁴).
    #expect(abs(packets.energies[0] - ground.energies[0]) < 1e-9)
    for (a, b) in zip(packets.densities, ground.densities) { #expect(abs(a - b) < 1e-5) }
  }

  @Test("A batch of several masses gives what its packets give alone")
  func batches() throws {
    let solver = try makeSplitOperator()
    for mode in Packets.Mode.allCases {
      var batch = Packets(packetCount: 7, gridCount: 33, origin: -1, spacing: 1.0 / 16)
      batch.hbar = 0.1
      batch.mode = mode
      batch.stepCount = 5
      batch.masses = [1, 1, 1, 2, 2, 1, 3]
      for place in batch.potentials.indices {
        batch.potentials[place] = sin(Double(place * place % 97))
      }
      try solver.evolve(&batch)
      for b in 0..<7 {
        var alone = Packets(packetCount: 1, gridCount: 33, origin: -1, spacing: 1.0 / 16)
        alone.hbar = 0.1
        alone.mode = mode
        alone.stepCount = 5
        alone.masses = [batch.masses[b]]
        alone.potentials = Array(batch.potentials[b * 33..<(b + 1) * 33])
        try solver.evolve(&alone)
        #expect(alone.means[0] == batch.means[b])
        #expect(alone.energies[0] == batch.energies[b])
      }
    }
  }
}
