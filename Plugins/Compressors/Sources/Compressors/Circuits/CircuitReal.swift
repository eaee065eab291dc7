package import CCompressors

/// The precision of a state vector, `Float` or `Double`, and its kernels; see `qhost_kernels_circuit.h`.
package protocol CircuitReal: BinaryFloatingPoint, BitwiseCopyable, GateReal, Sendable {
  /// Bytes of scratch memory.
  static func scratchBytes(qubitCount: Int) -> Int
  /// ψ [2ⁿ]; `finishes`: after the last RZ too.
  static func forward(
    _ circuit: UnsafePointer<qhost_kernel_circuit>, finishes: Bool, state: StateView<Self>,
    scratch: UnsafeMutableRawPointer)
  /// ∂L/∂angles; both states are lost, `slopes` has ∂L/∂p in its real part.
  static func gradient(
    _ circuit: UnsafePointer<qhost_kernel_circuit>, state: StateView<Self>,
    slopes: StateView<Self>, scratch: UnsafeMutableRawPointer,
    gradient: UnsafeMutablePointer<Double>)
  /// Bytes for ψ of all layers; 0 where they are not to be kept.
  static func keptBytes(_ circuit: UnsafePointer<qhost_kernel_circuit>) -> Int
  /// ψ [2ⁿ], before the last RZ, with those of all layers in `states`, on a page's boundary.
  static func keep(
    _ circuit: UnsafePointer<qhost_kernel_circuit>, states: UnsafeMutablePointer<Self>,
    scratch: UnsafeMutableRawPointer
  ) -> StateView<Self>
  /// ∂L/∂angles of kept states, which stay; `slopes` has ∂L/∂p in its real part and is lost.
  static func gradient(
    _ circuit: UnsafePointer<qhost_kernel_circuit>, kept states: UnsafeMutablePointer<Self>,
    slopes: StateView<Self>, scratch: UnsafeMutableRawPointer,
    gradient: UnsafeMutablePointer<Double>)
  /// p [2ⁿ].
  static func probabilities(
    of state: StateView<Self>, into p: UnsafeMutableBufferPointer<Double>)
  /// Copies numbers, rounded.
  static func copy(_ values: UnsafeBufferPointer<Double>, into to: UnsafeMutablePointer<Self>)
}

/// A state vector of n qubits in memory of another owner: real and imaginary parts, [2ⁿ] each.
package struct StateView<Real: CircuitReal> {
  /// n, the number of qubits.
  package var qubitCount: Int
  /// Real parts.
  package var real: UnsafeMutablePointer<Real>
  /// Imaginary parts.
  package var imaginary: UnsafeMutablePointer<Real>

  /// 2ⁿ, the number of amplitudes.
  package var count: Int { 1 << qubitCount }

  /// Makes a view.
  package init(
    qubitCount: Int, real: UnsafeMutablePointer<Real>, imaginary: UnsafeMutablePointer<Real>
  ) {
    self.qubitCount = qubitCount
    self.real = real
    self.imaginary = imaginary
  }
}

extension Float: CircuitReal {
  /// Products in single precision.
  package static func probabilities(
    of state: StateView<Float>, into p: UnsafeMutableBufferPointer<Double>
  ) {
    let (re, im) = (state.real, state.imaginary)
    for place in 0..<p.count { p[place] = Double(re[place] * re[place] + im[place] * im[place]) }
  }
  /// To single precision.
  package static func copy(
    _ values: UnsafeBufferPointer<Double>, into to: UnsafeMutablePointer<Float>
  ) {
    for place in 0..<values.count { to[place] = Float(values[place]) }
  }
  /// Of single precision.
  package static func scratchBytes(qubitCount: Int) -> Int {
    qhost_kernel_circuit_scratch_f32(qubitCount)
  }
  /// In single precision.
  package static func forward(
    _ circuit: UnsafePointer<qhost_kernel_circuit>, finishes: Bool, state: StateView<Float>,
    scratch: UnsafeMutableRawPointer
  ) {
    qhost_kernel_circuit_forward_f32(
      circuit, finishes ? 1 : 0, state.real, state.imaginary, scratch)
  }
  /// In single precision.
  package static func gradient(
    _ circuit: UnsafePointer<qhost_kernel_circuit>, state: StateView<Float>,
    slopes: StateView<Float>, scratch: UnsafeMutableRawPointer,
    gradient: UnsafeMutablePointer<Double>
  ) {
    qhost_kernel_circuit_gradient_f32(
      circuit, state.real, state.imaginary, slopes.real, slopes.imaginary, scratch, gradient)
  }
  /// Of single precision.
  package static func keptBytes(_ circuit: UnsafePointer<qhost_kernel_circuit>) -> Int {
    qhost_kernel_circuit_kept_f32(circuit)
  }
  /// In single precision.
  package static func keep(
    _ circuit: UnsafePointer<qhost_kernel_circuit>, states: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutableRawPointer
  ) -> StateView<Float> {
    var (real, imaginary): (UnsafeMutablePointer<Float>?, UnsafeMutablePointer<Float>?) = (nil, nil)
    qhost_kernel_circuit_keep_f32(circuit, states, scratch, &real, &imaginary)
    return StateView(
      qubitCount: circuit.pointee.qubit_count, real: real ?? states, imaginary: imaginary ?? states)
  }
  /// In single precision.
  package static func gradient(
    _ circuit: UnsafePointer<qhost_kernel_circuit>, kept states: UnsafeMutablePointer<Float>,
    slopes: StateView<Float>, scratch: UnsafeMutableRawPointer,
    gradient: UnsafeMutablePointer<Double>
  ) {
    qhost_kernel_circuit_gradient_kept_f32(
      circuit, states, slopes.real, slopes.imaginary, scratch, gradient)
  }
}

extension Double: CircuitReal {
  /// Products in double precision.
  package static func probabilities(
    of state: StateView<Double>, into p: UnsafeMutableBufferPointer<Double>
  ) {
    let (re, im) = (state.real, state.imaginary)
    for place in 0..<p.count { p[place] = Double(re[place] * re[place] + im[place] * im[place]) }
  }
  /// To double precision.
  package static func copy(
    _ values: UnsafeBufferPointer<Double>, into to: UnsafeMutablePointer<Double>
  ) {
    for place in 0..<values.count { to[place] = Double(values[place]) }
  }
  /// Of double precision.
  package static func scratchBytes(qubitCount: Int) -> Int {
    qhost_kernel_circuit_scratch_f64(qubitCount)
  }
  /// In double precision.
  package static func forward(
    _ circuit: UnsafePointer<qhost_kernel_circuit>, finishes: Bool, state: StateView<Double>,
    scratch: UnsafeMutableRawPointer
  ) {
    qhost_kernel_circuit_forward_f64(
      circuit, finishes ? 1 : 0, state.real, state.imaginary, scratch)
  }
  /// In double precision.
  package static func gradient(
    _ circuit: UnsafePointer<qhost_kernel_circuit>, state: StateView<Double>,
    slopes: StateView<Double>, scratch: UnsafeMutableRawPointer,
    gradient: UnsafeMutablePointer<Double>
  ) {
    qhost_kernel_circuit_gradient_f64(
      circuit, state.real, state.imaginary, slopes.real, slopes.imaginary, scratch, gradient)
  }
  /// Of double precision.
  package static func keptBytes(_ circuit: UnsafePointer<qhost_kernel_circuit>) -> Int {
    qhost_kernel_circuit_kept_f64(circuit)
  }
  /// In double precision.
  package static func keep(
    _ circuit: UnsafePointer<qhost_kernel_circuit>, states: UnsafeMutablePointer<Double>,
    scratch: UnsafeMutableRawPointer
  ) -> StateView<Double> {
    var (real, imaginary): (UnsafeMutablePointer<Double>?, UnsafeMutablePointer<Double>?) = (
      nil, nil
    )
    qhost_kernel_circuit_keep_f64(circuit, states, scratch, &real, &imaginary)
    return StateView(
      qubitCount: circuit.pointee.qubit_count, real: real ?? states, imaginary: imaginary ?? states)
  }
  /// In double precision.
  package static func gradient(
    _ circuit: UnsafePointer<qhost_kernel_circuit>, kept states: UnsafeMutablePointer<Double>,
    slopes: StateView<Double>, scratch: UnsafeMutableRawPointer,
    gradient: UnsafeMutablePointer<Double>
  ) {
    qhost_kernel_circuit_gradient_kept_f64(
      circuit, states, slopes.real, slopes.imaginary, scratch, gradient)
  }
}
