import Foundation
import QHostInterfaces
import QHostTesting
import QuantumStates
import Testing

@Suite("Spin chains")
struct ChainTests {
  static func make(_ changes: [String: ParameterValue] = [:]) throws(ComponentError) -> SpinChain {
    try SpinChain(request: request(for: SpinChain.descriptor, changes))
  }

  /// Per spin, after NetKet 3.23, whose `Ising` is J Σ zz − h Σ x and `Heisenberg` J Σ σ·σ, and PennyLane, whose coupling
  /// has the other sign.
  static let known: [(changes: [String: ParameterValue], energy: Double)] = [
    // An odd ring tells the signs apart; even ones do not.
    (["spins": .integer(3), "coupling": .real(1)], -1.154_700_538_379_251_5),
    (["spins": .integer(3), "coupling": .real(-1)], -4.0 / 3),
    (["spins": .integer(10), "coupling": .real(1)], -1.278_490_6),
    (["spins": .integer(10), "coupling": .real(-1)], -1.278_490_6),
    (["spins": .integer(16)], -1.275_287_154_7),
    (
      ["spins": .integer(4), "coupling": .real(1), "hamiltonian": .choice("heisenberg", index: 1)],
      -2
    ),
  ]

  @Test("Energies are those of NetKet and PennyLane, odd rings among them", arguments: 0..<6)
  func energies(index: Int) throws {
    let (changes, energy) = Self.known[index]
    for exact in ["auto", "lanczos"] {
      let chain = try Self.make(changes.merging(["exact": .choice(exact, index: 0)]) { $1 })
      let found =
        try #require(chain.groundEnergy) / Double(chain.hamiltonian.spinCount)
      #expect(abs(found - energy) < 5e-8, "\(exact) gives \(found)")
    }
  }

  @Test("Free fermions agree with Lanczos, of rings and open chains", arguments: 2...12)
  func closedForms(spins: Int) throws {
    for (coupling, field) in [(-1.0, 1.0), (-0.7, 0.2), (1.3, 0.4), (-1, 0.05)] {
      for isRing in [true, false] {
        let closed =
          isRing
          ? FreeFermions.ring(spinCount: spins, coupling: coupling, field: field)
          : FreeFermions.open(spinCount: spins, coupling: coupling, field: field)
        #expect((closed == nil) == (isRing && spins % 2 == 1 && coupling > 0))
        guard let closed else { continue }
        let bonds = (0..<spins).map { isRing || $0 + 1 < spins ? coupling : 0 }
        let chain = SpinHamiltonian(
          z: bonds, x: bonds.map { _ in 0 }, h: bonds.map { _ in field })
        let energy = try #require(GroundState.energy(of: chain))
        #expect(abs(energy - closed) < 1e-8 * abs(closed), "J \(coupling), h \(field), \(isRing)")
      }
    }
  }

  @Test("Free fermions at 16 critical spins are Lanczos's, to 1e-10")
  func sixteen() throws {
    let chain = try Self.make(["spins": .integer(16), "exact": .choice("lanczos", index: 1)])
    let energy = try #require(chain.groundEnergy)
    let closed = try #require(FreeFermions.ring(spinCount: 16, coupling: -1, field: 1))
    #expect(abs(energy / closed - 1) < 1e-10)
  }

  @Test("Marshall's turn leaves energies of even Heisenberg rings and makes couplings negative")
  func signRule() throws {
    let heisenberg: [String: ParameterValue] = [
      "hamiltonian": .choice("heisenberg", index: 1), "coupling": .real(1), "spins": .integer(8),
    ]
    let turned = try Self.make(heisenberg)
    let plain = try Self.make(heisenberg.merging(["sign_rule": .boolean(false)]) { $1 })
    #expect(turned.hamiltonian.x.allSatisfy { $0 < 0 } && plain.hamiltonian.x.allSatisfy { $0 > 0 })
    let energies = [turned, plain].compactMap(\.groundEnergy)
    #expect(energies.count == 2 && abs(energies[0] - energies[1]) < 1e-9)
    // A ring of 9 has no two sublattices: nothing is turned.
    let odd = try Self.make(heisenberg.merging(["spins": .integer(9)]) { $1 })
    #expect(odd.hamiltonian.x.allSatisfy { $0 > 0 })
  }

  @Test("Bounds hold the lowest energy, and what lies below has no loss")
  func bounds() throws {
    let chain = try Self.make(["spins": .integer(6)])
    let energy = try #require(chain.groundEnergy)
    #expect(chain.hamiltonian.lowerBound <= energy && energy <= chain.hamiltonian.upperBound)
    var losses = [0.0, 0, 0]
    try [-1.2, -2.0, -2.1].withUnsafeBufferPointer { outputs in
      try losses.withUnsafeMutableBufferPointer {
        try chain.score(.train, rows: [0], outputs: outputs, pointCount: 3, losses: $0)
      }
    }
    #expect(losses == [-1.2, -2, .infinity])
  }

  @Test("More spins than are diagonalised are refused with the bytes that it would take")
  func tooLong() {
    #expect {
      _ = try Self.make(["spins": .integer(24), "exact": .choice("lanczos", index: 1)])
    } throws: { error in
      let message = (error as? ComponentError)?.message ?? ""
      // Three vectors of 2^24 doubles.
      return message.contains("\(3 * 8 * (1 << 24)) bytes") && message.contains("16 spins")
    }
  }
}
