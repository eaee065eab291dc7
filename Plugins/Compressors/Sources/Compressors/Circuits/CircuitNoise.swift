/// A Pauli matrix.
package enum Pauli: Int, Sendable {
  /// (0, 1; 1, 0).
  case x
  /// (0, −i; i, 0).
  case y
  /// (1, 0; 0, −1).
  case z

  var matrix: GateMatrix {
    switch self {
    case .x: GateMatrix(0, 1, 1, 0)
    case .y: GateMatrix((0, 0), (0, -1), (0, 1), (0, 0))
    case .z: GateMatrix(1, 0, 0, -1)
    }
  }
}

/// An error on a qubit after a gate.
package struct PauliError: Sendable, Equatable {
  /// The gate's number.
  package var gate: Int
  /// The qubit.
  package var qubit: Int
  /// What happens to it.
  package var pauli: Pauli
}

/// Errors of gates and of reading.
package struct CircuitNoise: Sendable, Equatable {
  /// λ, 0 to 1: after each gate each of its qubits is replaced by a random one with this probability, which is X, Y or Z
  /// with λ/4 each.
  package var depolarising: Double
  /// The probability that a bit is read wrongly, 0 to 1/2.
  package var readout: Double

  /// Makes a noise.
  package init(depolarising: Double = 0, readout: Double = 0) {
    self.depolarising = depolarising
    self.readout = readout
  }

  /// The errors of one trajectory.
  ///
  /// - Parameters:
  ///   - gates: of the circuit.
  ///   - uniforms: one for each place of an error, which is each qubit of each gate in order.
  /// - Returns: errors, by gate.
  package func errors(gates: [Gate], uniforms: [Double]) -> [PauliError] {
    var errors: [PauliError] = []
    var place = 0
    for (index, gate) in gates.enumerated() {
      for qubit in [gate.target, gate.control].compactMap(\.self) {
        let u = uniforms[place]
        place += 1
        guard u < 0.75 * depolarising, let pauli = Pauli(rawValue: Int(u / (0.25 * depolarising)))
        else { continue }
        errors.append(PauliError(gate: index, qubit: qubit, pauli: pauli))
      }
    }
    return errors
  }

  /// How many places of errors a circuit has.
  package static func placeCount(_ gates: [Gate]) -> Int {
    gates.reduce(0) { $0 + ($1.control == nil ? 1 : 2) }
  }

  /// What is read in place of p [2ⁿ]: each bit flips with ``readout``.
  package func read(_ p: UnsafeMutableBufferPointer<Double>) {
    guard readout > 0 else { return }
    var bit = 1
    while bit < p.count {
      for base in stride(from: 0, to: p.count, by: 2 * bit) {
        for x in base..<base + bit {
          let (zero, one) = (p[x], p[x + bit])
          p[x] = zero + readout * (one - zero)
          p[x + bit] = one + readout * (zero - one)
        }
      }
      bit *= 2
    }
  }
}
