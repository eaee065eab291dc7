package import CCompressors

/// The precision of a state vector, `Float` or `Double`, and its kernels; see `qhost_kernels_circuit.h`.
package protocol CircuitReal: BinaryFloatingPoint, BitwiseCopyable, Sendable {
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
}

/// A state vector of n qubits in memory of another owner: real and imaginary parts, [2ⁿ] each.
package struct StateView<Real: CircuitReal> {
  /// n.
  package var qubitCount: Int
  /// Real parts.
  package var real: UnsafeMutablePointer<Real>
  /// Imaginary parts.
  package var imaginary: UnsafeMutablePointer<Real>

  /// 2ⁿ.
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
}

extension Double: CircuitReal {
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
}
