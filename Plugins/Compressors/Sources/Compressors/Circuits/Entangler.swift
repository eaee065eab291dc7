internal import CCompressors

/// The CX gates between two layers of rotations; names and orders are those of Qiskit's `EfficientSU2`.
package enum Entangler: String, Sendable, CaseIterable {
  /// CX(0, 1), CX(1, 2), …, CX(n − 2, n − 1).
  case linear
  /// The same gates, the last one first.
  case reverseLinear = "reverse-linear"
  /// CX(n − 1, 0), then `linear`; of two qubits it is `linear`.
  case circular
  /// CX(i, j) for all i < j, by i and then by j. As a whole it does what `reverse-linear` does.
  case full
  /// No gates between qubits.
  case none

  /// The pairs of control and target, in order.
  package func pairs(qubitCount n: Int) -> [(control: Int, target: Int)] {
    let chain = (0..<max(0, n - 1)).map { (control: $0, target: $0 + 1) }
    switch self {
    case .linear: return chain
    case .reverseLinear: return chain.reversed()
    case .circular: return n > 2 ? [(control: n - 1, target: 0)] + chain : chain
    case .full: return (0..<n).flatMap { i in (i + 1..<n).map { (control: i, target: $0) } }
    case .none: return []
    }
  }

  /// What the kernels call it.
  var kernelCode: UInt32 {
    switch self {
    case .linear: UInt32(QHOST_KERNEL_CIRCUIT_LINEAR)
    // x_j = y_0 + … + y_j in both.
    case .reverseLinear, .full: UInt32(QHOST_KERNEL_CIRCUIT_REVERSE)
    case .circular: UInt32(QHOST_KERNEL_CIRCUIT_CIRCULAR)
    case .none: UInt32(QHOST_KERNEL_CIRCUIT_NONE)
    }
  }
}
