import Foundation
import QHostInterfaces
import SchrodingerSolvers
import Testing

@Suite("Evolution in time by finite differences")
struct FiniteDifferenceTimeTests {
  @Test("A free packet spreads as the exact one does")
  func spreading() throws {
    var packets = packet(from: -100, to: 100, count: 4001) { _ in 0 }
    putGaussian(&packets, center: 0, sigma: 1, waveNumber: 0)
    packets.mode = .real
    packets.time = 20
    packets.stepCount = 400
    try makeSolver().evolve(&packets)
    let sigma = (packets.secondMoments[0] - packets.means[0] * packets.means[0]).squareRoot()
    // σ(t)² = σ² + (ħt/2mσ)² = 1 + 10²; the dispersion of the grid takes off k²dx²/2 < 2e-3.
    #expect(abs(sigma / 101.0.squareRoot() - 1) < 2e-3)
    #expect(abs(packets.norms[0] - 1) < 1e-10)
  }

  @Test("A packet goes through a sech² barrier as the exact one does")
  func transmission() throws {
    var packets = packet(from: -200, to: 200, count: 2048) { x in
      let c = cosh(min(max(x, -300), 300))
      return 1 / (c * c)
    }
    putGaussian(&packets, center: -40, sigma: 4, waveNumber: 1)
    packets.mode = .real
    packets.time = 90
    packets.stepCount = 1800
    try makeSolver().evolve(&packets)
    var through = 0.0
    for g in 0..<packets.gridCount where packets.origin + Double(g) * packets.spacing > 0 {
      through += packets.densities[g] * packets.spacing
    }
    #expect(abs(through / Self.exactTransmission() - 1) <= 1e-2)
    #expect(abs(packets.norms[0] - 1) < 1e-10)
  }

  /// ∫ |φ(k)|² T(k) dk, T = sinh² πk / (sinh² πk + cosh²(½π√7)) for V = sech² x, ħ = m = 1.
  private static func exactTransmission() -> Double {
    let sigma = 4.0
    let barrier = cosh(0.5 * Double.pi * 7.0.squareRoot())
    var sum = 0.0
    let step = 3.0 / 20000
    for i in 1...20000 {
      let k = Double(i) * step
      let weight =
        (2 * sigma * sigma / Double.pi).squareRoot()
        * exp(-2 * sigma * sigma * (k - 1) * (k - 1))
      let s = sinh(Double.pi * k)
      sum += weight * s * s / (s * s + barrier * barrier) * step
    }
    return sum
  }

  @Test("Means follow Newton in a parabola: Ehrenfest's theorem")
  func ehrenfest() throws {
    var packets = packet(from: -12, to: 12, count: 1201) { 0.5 * $0 * $0 }
    packets.mode = .real
    packets.time = 1.7
    packets.stepCount = 400
    putGaussian(&packets, center: 2, sigma: 0.5.squareRoot(), waveNumber: 0)
    try makeSolver().evolve(&packets)
    // dx² and dt² errors of the frequency: below 24⁻¹(dx²⟨p²⟩·3 + dt²) ≈ 2e-4.
    #expect(abs(packets.means[0] - 2 * cos(1.7)) < 1e-3)
    let variance = packets.secondMoments[0] - packets.means[0] * packets.means[0]
    #expect(abs(variance - 0.5) < 1e-3)
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
    try makeSolver().evolve(&packets)
    return packets
  }

  @Test(
    "Halving the time step quarters the error",
    arguments: [Packets.Mode.real, .imaginary], [Packets.Topology.line, .chain, .complete])
  func order(mode: Packets.Mode, topology: Packets.Topology) throws {
    let exact = try evolved(mode, topology, steps: 16384).densities
    func error(_ steps: Int) throws -> Double {
      zip(try evolved(mode, topology, steps: steps).densities, exact)
        .map { abs($0 - $1) }.max() ?? 0
    }
    let ratio = try error(256) / error(512)
    #expect(ratio > 3.6 && ratio < 4.4, "\(ratio)")
  }

  @Test("Real time keeps norm and energy, imaginary time ends in the ground state")
  func longRuns() throws {
    var packets = packet(from: -5, to: 5, count: 64) { 0.5 * $0 * $0 + cos(4 * $0) }
    var ground = packets
    try makeSolver().evolve(&ground)
    putGaussian(&packets, center: 1, sigma: 1, waveNumber: 0.7)
    for place in packets.realParts.indices { packets.realParts[place] *= 3 }
    packets.mode = .real
    packets.time = 1e-9
    let solver = try makeSolver()
    try solver.evolve(&packets)
    let energy = packets.energies[0]
    packets.time = 100
    packets.stepCount = 2000
    try solver.evolve(&packets)
    #expect(abs(packets.energies[0] - energy) < 1e-9)
    #expect(abs(packets.norms[0] - 1) < 1e-10)
    packets.mode = .imaginary
    try solver.evolve(&packets)
    #expect(abs(packets.energies[0] - ground.energies[0]) < 1e-9)
    #expect(packets.norms == [1])
    for (a, b) in zip(packets.densities, ground.densities) { #expect(abs(a - b) < 1e-5) }
  }

  @Test("Without wave functions it starts from its own choice")
  func ownStart() throws {
    for topology in Packets.Topology.allCases {
      var packets = packet(from: 0, to: 1, count: 21) { _ in 2 }
      packets.topology = topology
      for mode in [Packets.Mode.real, .imaginary] {
        packets.mode = mode
        try makeSolver().evolve(&packets)
        #expect(abs(packets.means[0] - 0.5) < 1e-12)
        #expect(packets.realParts.isEmpty)
      }
    }
  }
}
