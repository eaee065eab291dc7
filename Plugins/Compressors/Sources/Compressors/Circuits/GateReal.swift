package import CCompressors

/// Kernels of single gates in a precision; see `qhost_kernels_circuit.h`.
package protocol GateReal {
  /// ψ ← gate ψ.
  static func apply(
    _ gate: UnsafePointer<qhost_kernel_gate>, qubitCount: Int,
    real: UnsafeMutablePointer<Self>, imaginary: UnsafeMutablePointer<Self>)
  /// The same of both states, and their overlaps [2 × 2, complex] between.
  static func undo(
    _ gate: UnsafePointer<qhost_kernel_gate>, qubitCount: Int,
    real: UnsafeMutablePointer<Self>, imaginary: UnsafeMutablePointer<Self>,
    slopesReal: UnsafeMutablePointer<Self>, slopesImaginary: UnsafeMutablePointer<Self>,
    overlaps: UnsafeMutablePointer<Double>)
}

extension Float: GateReal {
  /// In single precision.
  package static func apply(
    _ gate: UnsafePointer<qhost_kernel_gate>, qubitCount: Int,
    real: UnsafeMutablePointer<Float>, imaginary: UnsafeMutablePointer<Float>
  ) {
    qhost_kernel_gate_forward_f32(gate, qubitCount, real, imaginary)
  }
  /// In single precision.
  package static func undo(
    _ gate: UnsafePointer<qhost_kernel_gate>, qubitCount: Int,
    real: UnsafeMutablePointer<Float>, imaginary: UnsafeMutablePointer<Float>,
    slopesReal: UnsafeMutablePointer<Float>, slopesImaginary: UnsafeMutablePointer<Float>,
    overlaps: UnsafeMutablePointer<Double>
  ) {
    qhost_kernel_gate_backward_f32(
      gate, qubitCount, real, imaginary, slopesReal, slopesImaginary, overlaps)
  }
}

extension Double: GateReal {
  /// In double precision.
  package static func apply(
    _ gate: UnsafePointer<qhost_kernel_gate>, qubitCount: Int,
    real: UnsafeMutablePointer<Double>, imaginary: UnsafeMutablePointer<Double>
  ) {
    qhost_kernel_gate_forward_f64(gate, qubitCount, real, imaginary)
  }
  /// In double precision.
  package static func undo(
    _ gate: UnsafePointer<qhost_kernel_gate>, qubitCount: Int,
    real: UnsafeMutablePointer<Double>, imaginary: UnsafeMutablePointer<Double>,
    slopesReal: UnsafeMutablePointer<Double>, slopesImaginary: UnsafeMutablePointer<Double>,
    overlaps: UnsafeMutablePointer<Double>
  ) {
    qhost_kernel_gate_backward_f64(
      gate, qubitCount, real, imaginary, slopesReal, slopesImaginary, overlaps)
  }
}
