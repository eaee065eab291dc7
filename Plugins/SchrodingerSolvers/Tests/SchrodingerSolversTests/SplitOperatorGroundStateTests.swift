import Foundation
import QHostInterfaces
import QHostTesting
import SchrodingerSolvers
import Testing

@Suite("Ground states by the split operator's Hamiltonian")
struct SplitOperatorGroundStateTests {
  @Test("The oscillator's level is exact on few points")
  func oscillator() throws {
    var packets = packet(from: -6, to: 6, count: 23) { 0.5 * $0 * $0 }
    try makeSplitOperator().evolve(&packets)
    // Spectral: the error is that of the density at the walls, e^−36, and of momenta above π/dx.
    #expect(abs(packets.energies[0] - 0.5) < 1e-10)
    #expect(abs(packets.secondMoments[0] - 0.5) < 1e-10)
  }

  @Test(
    "Double wells agree with dense diagonalisation",
    arguments: [0.02, 0.05, 0.1, 0.3, 1.0], [0.0, 1e-3, 0.2])
  func doubleWell(hbar: Double, tilt: Double) throws {
    var packets = packet(from: -1.8, to: 1.8, count: 49, hbar: hbar) {
      ($0 * $0 - 1) * ($0 * $0 - 1) + tilt * $0
    }
    try makeSplitOperator().evolve(&packets)
    let (levels, states) = diagonalize(denseSineHamiltonian(packets))
    let scale = levels[48] - levels[0]
    #expect(abs(packets.energies[0] - levels[0]) < 1e-12 * scale)
    let gap = (levels[1] - levels[0]) / scale
    let bound = 1e-5 + 1e-12 / gap
    for (g, amplitude) in states[0].enumerated() where bound < 0.1 {
      #expect(abs(packets.densities[g] * packets.spacing - amplitude * amplitude) < bound)
    }
  }

  @Test("Where differences pick the wrong well the spectral level is still the lowest")
  func wells() throws {
    // A narrow well and a wide one, nearly level: second differences and sines disagree on which is
    // lower, so that the first guess sits in the wrong one.
    var disagreements = 0
    for step in 0..<40 {
      var packets = packet(from: -2, to: 2, count: 41, hbar: 0.12) { x in
        let narrow = 12 * (x + 1) * (x + 1)
        let wide = (x - 1) * (x - 1) + 0.1 + 0.003 * Double(step)
        return min(narrow, wide, 1.5)
      }
      var differences = packets
      try makeSplitOperator().evolve(&packets)
      try makeSolver().evolve(&differences)
      let (levels, states) = diagonalize(denseSineHamiltonian(packets))
      #expect(abs(packets.energies[0] - levels[0]) < 1e-9)
      let exact = states[0].enumerated().reduce(0) {
        $0 + $1.element * $1.element * (packets.origin + Double($1.offset) * packets.spacing)
      }
      if levels[1] - levels[0] > 1e-4 { #expect(abs(packets.means[0] - exact) < 1e-4) }
      if abs(differences.means[0] - packets.means[0]) > 1 { disagreements += 1 }
    }
    #expect(disagreements > 0)
  }

  @Test("Barriers and ħ of any size are survived", arguments: [1e-150, 1e-9, 1e-3, 1, 1e3, 1e12])
  func extremes(hbar: Double) throws {
    for height in [1e-12, 1.0, 1e6, 1e200] {
      var packets = packet(from: -1, to: 1, count: 33, hbar: hbar) {
        abs($0) < 0.3 ? height : ($0 > 0.7 ? -0.5 * height : 0)
      }
      try makeSplitOperator().evolve(&packets)
      #expect(abs(packets.densities.reduce(0, +) * packets.spacing - 1) < 1e-9)
      #expect(packets.densities.allSatisfy { $0 >= 0 && $0.isFinite })
      #expect(packets.means[0] >= -1 && packets.means[0] <= 1)
    }
  }

  @Test("A number that is not finite is named")
  func errors() throws {
    for mode in Packets.Mode.allCases {
      var packets = packet(from: -1, to: 1, count: 9) { $0 }
      packets.mode = mode
      packets.potentials[3] = .nan
      #expect(throws: ComponentError.self) { try makeSplitOperator().evolve(&packets) }
    }
  }
}
