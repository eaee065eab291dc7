/// Circuits gate by gate: for any ansatz, with noise, and what the kernels of `efficient-su2` are tested against.
///
/// A gate goes through all amplitudes; the kernels do a layer in two passes.
package enum PlainCircuit {
  /// Writes ψ after all gates on |0…0⟩.
  ///
  /// - Parameters:
  ///   - gates: in order.
  ///   - angles: those that the gates refer to.
  ///   - state: overwritten.
  ///   - afterGate: what happens after each gate, for example an error.
  @_specialize(where Real == Float)
  @_specialize(where Real == Double)
  package static func run<Real>(
    _ gates: [Gate], angles: UnsafeBufferPointer<Double>, state: StateView<Real>,
    afterGate: (Gate, StateView<Real>) -> Void = { _, _ in }
  ) {
    state.real.update(repeating: 0, count: state.count)
    state.imaginary.update(repeating: 0, count: state.count)
    state.real[0] = 1
    for gate in gates {
      apply(gate.matrix(angles), gate, state)
      afterGate(gate, state)
    }
  }

  /// Adds ∂L/∂angles, by undoing the gates on ψ and on the slopes' state side by side.
  ///
  /// Source: Jones, Gacon, *Efficient calculation of gradients in classical simulations of variational quantum
  /// algorithms*, arXiv 2009.02823 (2020).
  ///
  /// - Parameters:
  ///   - gates: in order.
  ///   - angles: those that the gates refer to.
  ///   - state: ψ after all gates; lost.
  ///   - slopes: ∂L/∂p · ψ; lost.
  ///   - gradient: as many as there are angles; added to.
  @_specialize(where Real == Float)
  @_specialize(where Real == Double)
  package static func addGradient<Real>(
    _ gates: [Gate], angles: UnsafeBufferPointer<Double>, state: StateView<Real>,
    slopes: StateView<Real>, into gradient: UnsafeMutablePointer<Double>
  ) {
    for gate in gates.reversed() {
      let inverse = gate.matrix(angles).adjoint
      apply(inverse, gate, state)
      for index in 0..<gate.kind.angleCount {
        gradient[gate.angle + index] +=
          2 * product(slopes, gate.derivative(index, angles), gate, state)
      }
      apply(inverse, gate, slopes)
    }
  }

  /// ψ ← gate ψ, with `matrix` for the gate's own.
  @_specialize(where Real == Float)
  @_specialize(where Real == Double)
  package static func apply<Real>(
    _ matrix: GateMatrix, _ gate: Gate, _ state: StateView<Real>
  ) {
    let (a, b, c, d) = (
      parts(matrix.values.0, Real.self), parts(matrix.values.1, Real.self),
      parts(matrix.values.2, Real.self), parts(matrix.values.3, Real.self)
    )
    let (re, im) = (state.real, state.imaginary)
    forEachPair(gate, state.count) { x, y in
      let (p, q, r, s) = (re[x], im[x], re[y], im[y])
      re[x] = a.0 * p - a.1 * q + b.0 * r - b.1 * s
      im[x] = a.0 * q + a.1 * p + b.0 * s + b.1 * r
      re[y] = c.0 * p - c.1 * q + d.0 * r - d.1 * s
      im[y] = c.0 * q + c.1 * p + d.0 * s + d.1 * r
    }
  }

  /// Re ⟨slopes| matrix |ψ⟩ over the amplitudes that the gate changes.
  @_specialize(where Real == Float)
  @_specialize(where Real == Double)
  private static func product<Real>(
    _ slopes: StateView<Real>, _ matrix: GateMatrix, _ gate: Gate, _ state: StateView<Real>
  ) -> Double {
    let (a, b, c, d) = (
      parts(matrix.values.0, Real.self), parts(matrix.values.1, Real.self),
      parts(matrix.values.2, Real.self), parts(matrix.values.3, Real.self)
    )
    let (re, im) = (state.real, state.imaginary)
    var sum: Real = 0
    forEachPair(gate, state.count) { x, y in
      let (p, q, r, s) = (re[x], im[x], re[y], im[y])
      sum += slopes.real[x] * (a.0 * p - a.1 * q + b.0 * r - b.1 * s)
      sum += slopes.imaginary[x] * (a.0 * q + a.1 * p + b.0 * s + b.1 * r)
      sum += slopes.real[y] * (c.0 * p - c.1 * q + d.0 * r - d.1 * s)
      sum += slopes.imaginary[y] * (c.0 * q + c.1 * p + d.0 * s + d.1 * r)
    }
    return Double(sum)
  }

  private static func parts<Real: CircuitReal>(
    _ value: (Double, Double), _: Real.Type
  ) -> (Real, Real) {
    (Real(value.0), Real(value.1))
  }

  /// The places of amplitudes that differ in the gate's target, where its control is 1.
  @inline(__always)
  private static func forEachPair(_ gate: Gate, _ count: Int, _ body: (Int, Int) -> Void) {
    let bit = 1 << gate.target
    let control = gate.control.map { 1 << $0 } ?? 0
    var base = 0
    while base < count {
      for x in base..<base + bit where x & control == control { body(x, x | bit) }
      base += 2 * bit
    }
  }
}
