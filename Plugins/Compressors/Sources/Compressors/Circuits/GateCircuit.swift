internal import CCompressors

/// Circuits gate by gate with kernels: what ``PlainCircuit`` does, for 4 qubits and more.
enum GateCircuit {
  static let fewestQubits = Int(QHOST_KERNEL_GATE_LEAST)

  /// As ``PlainCircuit/run(_:angles:state:afterGate:)``.
  static func run<Real: CircuitReal>(
    _ gates: [Gate], angles: UnsafeBufferPointer<Double>, state: StateView<Real>,
    afterGate: (Gate, StateView<Real>) -> Void = { _, _ in }
  ) {
    state.real.update(repeating: 0, count: state.count)
    state.imaginary.update(repeating: 0, count: state.count)
    state.real[0] = 1
    for gate in gates {
      var kernel = qhost_kernel_gate(gate, gate.matrix(angles))
      Real.apply(
        &kernel, qubitCount: state.qubitCount, real: state.real, imaginary: state.imaginary)
      afterGate(gate, state)
    }
  }

  /// As ``PlainCircuit/addGradient(_:angles:state:slopes:into:)``, with one pass for all angles of a gate.
  ///
  /// Re ⟨slopes| ∂gate |ψ⟩ is the sum over entries of ∂gate times the overlap of their rows, which does not depend on the angle.
  static func addGradient<Real: CircuitReal>(
    _ gates: [Gate], angles: UnsafeBufferPointer<Double>, state: StateView<Real>,
    slopes: StateView<Real>, into gradient: UnsafeMutablePointer<Double>
  ) {
    var overlaps = [Double](repeating: 0, count: 8)
    for gate in gates.reversed() {
      var kernel = qhost_kernel_gate(gate, gate.matrix(angles).adjoint)
      Real.undo(
        &kernel, qubitCount: state.qubitCount, real: state.real, imaginary: state.imaginary,
        slopesReal: slopes.real, slopesImaginary: slopes.imaginary, overlaps: &overlaps)
      for index in 0..<gate.kind.angleCount {
        let slope = gate.derivative(index, angles).realProduct(overlaps)
        gradient[gate.angle + index] += 2 * slope
      }
    }
  }
}

extension GateMatrix {
  /// Its entries, by rows.
  fileprivate var entries: [(Double, Double)] { [values.0, values.1, values.2, values.3] }

  /// Re Σ entries · overlaps.
  fileprivate func realProduct(_ overlaps: [Double]) -> Double {
    var sum = 0.0
    for (place, entry) in entries.enumerated() {
      sum += entry.0 * overlaps[2 * place] - entry.1 * overlaps[2 * place + 1]
    }
    return sum
  }
}

extension qhost_kernel_gate {
  fileprivate init(_ gate: Gate, _ matrix: GateMatrix) {
    let (a, b, c, d) = matrix.values
    self.init(
      target: Int64(gate.target), control: Int64(gate.control ?? -1),
      matrix: (a.0, a.1, b.0, b.1, c.0, c.1, d.0, d.1))
  }
}
