internal import CQHostNumerics

/// Cholesky's factors of a symmetric matrix with a shifted diagonal.
public enum Cholesky {
  /// Factors scale · matrix + diag(diagonal − shift) = UᵀDU.
  ///
  /// Complexity: n³/3 operations. ``plainSolution(_:_:)`` is the plain version of both steps.
  ///
  /// - Parameters:
  ///   - count: n.
  ///   - matrix: [n × n], symmetric.
  ///   - scale: times the matrix.
  ///   - diagonal: [n].
  ///   - shift: taken off the diagonal.
  ///   - factor: [n × n]; out: D on the diagonal, DU above it.
  /// - Returns: whether the matrix is positive definite; if not, the factor is of no use.
  public static func factor(
    count: Int, matrix: UnsafePointer<Double>, scale: Double, diagonal: UnsafePointer<Double>,
    shift: Double, into factor: UnsafeMutablePointer<Double>
  ) -> Bool {
    qhost_kernel_cholesky(count, matrix, scale, diagonal, shift, factor) == count
  }

  /// Solves a system by the factor of its matrix.
  ///
  /// - Parameters:
  ///   - count: n.
  ///   - factor: [n × n], as ``factor(count:matrix:scale:diagonal:shift:into:)`` wrote it.
  ///   - x: [n]; in: the right side, out: the solution.
  public static func solve(
    count: Int, factor: UnsafePointer<Double>, _ x: UnsafeMutablePointer<Double>
  ) {
    qhost_kernel_cholesky_solve(count, factor, x)
  }

  /// The solution of matrix · x = right by Gauss's elimination without exchanges.
  ///
  /// - Returns: `nil` when a pivot is not above 0.
  public static func plainSolution(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
    var a = matrix
    var x = right
    for k in a.indices {
      guard a[k][k] > 0 else { return nil }
      for i in a.indices where i > k {
        let part = a[i][k] / a[k][k]
        for j in a.indices where j >= k { a[i][j] -= part * a[k][j] }
        x[i] -= part * x[k]
      }
    }
    for k in a.indices.reversed() {
      for j in a.indices where j > k { x[k] -= a[k][j] * x[j] }
      x[k] /= a[k][k]
    }
    return x
  }
}
