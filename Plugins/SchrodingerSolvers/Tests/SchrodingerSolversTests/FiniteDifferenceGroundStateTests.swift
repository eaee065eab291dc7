import Foundation
import QHostInterfaces
import SchrodingerSolvers
import Testing

@Suite("Ground states by finite differences")
struct FiniteDifferenceGroundStateTests {
  private func oscillatorEnergy(count: Int) throws -> Double {
    var packets = packet(from: -8, to: 8, count: count) { 0.5 * $0 * $0 }
    try makeSolver().evolve(&packets)
    return packets.energies[0]
  }

  @Test("The oscillator's lowest level is a half, of second order in the spacing")
  func oscillator() throws {
    let coarse = try oscillatorEnergy(count: 65) - 0.5
    let fine = try oscillatorEnergy(count: 129) - 0.5
    #expect(abs(fine) < 1e-3)
    // First-order perturbation by −dx²⟨p⁴⟩/24 = −dx²/32; the next order is dx⁴.
    #expect(abs(fine + (1.0 / 8) * (1.0 / 8) / 32) < 1e-5)
    #expect(abs(coarse / fine - 4) < 0.05)
  }

  @Test("The oscillator's packet has the exact means and is normalised")
  func moments() throws {
    var packets = packet(from: -6, to: 10, count: 801) { 0.5 * ($0 - 2) * ($0 - 2) }
    try makeSolver().evolve(&packets)
    #expect(abs(packets.means[0] - 2) < 1e-6)
    #expect(abs(packets.secondMoments[0] - 4.5) < 1e-4)
    #expect(abs(packets.densities.reduce(0, +) * packets.spacing - 1) < 1e-12)
    #expect(packets.norms == [1])
  }

  @Test(
    "Double wells agree with dense diagonalisation",
    arguments: [0.02, 0.05, 0.1, 0.3, 1.0], [0.0, 1e-3, 0.2])
  func doubleWell(hbar: Double, tilt: Double) throws {
    var packets = packet(from: -1.8, to: 1.8, count: 49, hbar: hbar) {
      ($0 * $0 - 1) * ($0 * $0 - 1) + tilt * $0
    }
    try makeSolver().evolve(&packets)
    let (levels, states) = diagonalize(denseHamiltonian(packets))
    let scale = levels[48] - levels[0]
    #expect(abs(packets.energies[0] - levels[0]) < 1e-12 * scale)
    // Both vectors are determined up to rounding over the gap; the solver's tolerance is 1e-6.
    let gap = (levels[1] - levels[0]) / scale
    let bound = 1e-5 + 1e-13 / gap
    for (g, amplitude) in states[0].enumerated() where bound < 0.1 {
      #expect(abs(packets.densities[g] * packets.spacing - amplitude * amplitude) < bound)
    }
  }

  @Test("A tiny splitting still gives the even state")
  func symmetricWell() throws {
    var packets = packet(from: -2, to: 2, count: 65, hbar: 0.15) {
      ($0 * $0 - 1) * ($0 * $0 - 1)
    }
    try makeSolver().evolve(&packets)
    let levels = diagonalize(denseHamiltonian(packets)).levels
    #expect((levels[1] - levels[0]) / levels[0] < 1e-3)
    #expect(abs(packets.means[0]) < 1e-5)
  }

  @Test("A flat potential gives the sine of the box")
  func flat() throws {
    for height in [0.0, -3e5, 7e8] {
      var packets = packet(from: 0, to: 1, count: 33) { _ in height }
      try makeSolver().evolve(&packets)
      let angle = Double.pi / 34
      let kinetic = hopping(packets) * (2 - 2 * cos(angle))
      #expect(abs(packets.energies[0] - height - kinetic) < 1e-9 * kinetic + 1e-15 * abs(height))
      #expect(abs(packets.means[0] - 0.5) < 1e-9)
      let middle = packets.densities[16] * packets.spacing
      #expect(abs(middle - 2.0 / 34) < 1e-6)
    }
  }

  @Test("Barriers and ħ of any size are survived", arguments: [1e-150, 1e-9, 1e-3, 1, 1e3, 1e12])
  func extremes(hbar: Double) throws {
    for height in [1e-12, 1.0, 1e6, 1e200] {
      var packets = packet(from: -1, to: 1, count: 33, hbar: hbar) {
        abs($0) < 0.3 ? height : ($0 > 0.7 ? -0.5 * height : 0)
      }
      try makeSolver().evolve(&packets)
      #expect(abs(packets.densities.reduce(0, +) * packets.spacing - 1) < 1e-12)
      #expect(packets.densities.allSatisfy { $0 >= 0 && $0.isFinite })
      #expect(packets.means[0] >= -1 && packets.means[0] <= 1)
      let kinetic = 2 * hopping(packets)
      #expect(packets.energies[0] >= -0.5 * height * (1 + 1e-12))
      #expect(packets.energies[0] <= -0.5 * height + kinetic * (1 + 1e-12) + 1e-12 * height)
    }
  }

  @Test("A batch gives what its packets give alone")
  func batches() throws {
    let solver = try makeSolver()
    for count in [1, 2, 3, 8, 13] {
      var batch = Packets(packetCount: count, gridCount: 33, origin: -1, spacing: 1.0 / 16)
      batch.hbar = 0.1
      batch.masses = (0..<count).map { 1 + 0.2 * Double($0) }
      for place in batch.potentials.indices {
        batch.potentials[place] = sin(Double(place * place % 97))
      }
      try solver.evolve(&batch)
      for b in 0..<count {
        var alone = Packets(packetCount: 1, gridCount: 33, origin: -1, spacing: 1.0 / 16)
        alone.hbar = 0.1
        alone.masses = [batch.masses[b]]
        alone.potentials = Array(batch.potentials[b * 33..<(b + 1) * 33])
        try solver.evolve(&alone)
        #expect(alone.means[0] == batch.means[b])
        #expect(alone.energies[0] == batch.energies[b])
      }
    }
  }

  @Test("Complete graphs and chains agree with dense diagonalisation")
  func lattices() throws {
    for topology in [Packets.Topology.chain, .complete] {
      for hbar in [0.01, 0.3, 5.0] {
        var packets = packet(from: -1, to: 1, count: 9, hbar: hbar) { sin(7 * $0) }
        packets.topology = topology
        try makeSolver().evolve(&packets)
        let (levels, states) = diagonalize(denseHamiltonian(packets))
        #expect(abs(packets.energies[0] - levels[0]) < 1e-12 * (levels[8] - levels[0] + 1))
        for (g, amplitude) in states[0].enumerated() {
          #expect(abs(packets.densities[g] * packets.spacing - amplitude * amplitude) < 1e-5)
        }
      }
    }
  }

  @Test("The wave function comes back when it is asked for")
  func waveFunction() throws {
    var packets = packet(from: -8, to: 8, count: 65) { 0.5 * $0 * $0 }
    packets.realParts = Array(repeating: 0, count: 65)
    try makeSolver().evolve(&packets)
    for (amplitude, density) in zip(packets.realParts, packets.densities) {
      #expect(abs(amplitude * amplitude - density) < 1e-12)
    }
  }
}
