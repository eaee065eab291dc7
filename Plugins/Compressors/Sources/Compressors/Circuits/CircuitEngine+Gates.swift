extension CircuitEngine {
  /// Runs gates one by one, from |0…0⟩.
  func runGates(
    _ gates: [Gate], angles: UnsafeBufferPointer<Double>,
    afterGate: (Gate, StateView<Real>) -> Void = { _, _ in }
  ) {
    if usesGateKernels {
      GateCircuit.run(gates, angles: angles, state: state, afterGate: afterGate)
    } else {
      PlainCircuit.run(gates, angles: angles, state: state, afterGate: afterGate)
    }
  }

  /// Writes p [2ⁿ] of a run with an error after some gates.
  ///
  /// - Parameters:
  ///   - angles: as many as the ansatz has.
  ///   - errors: by gate, rising.
  ///   - p: [2ⁿ].
  package func probabilities(
    angles: UnsafeBufferPointer<Double>, errors: [PauliError],
    into p: UnsafeMutableBufferPointer<Double>
  ) {
    forget()
    var next = errors.startIndex
    var index = 0
    runGates(ansatz.gates, angles: angles) { _, state in
      while next < errors.endIndex, errors[next].gate == index {
        PlainCircuit.apply(errors[next].pauli.matrix, Gate(.x, target: errors[next].qubit), state)
        next += 1
      }
      index += 1
    }
    Real.probabilities(of: state, into: p)
  }
}
