/// Eigenvectors of a symmetric matrix by Jacobi's rotations.
///
/// Complexity: 6n³ operations a sweep; a nearly diagonal matrix takes one or two.
///
/// Source: G. H. Golub, C. F. Van Loan, Matrix Computations, 4th ed., section 8.5.
package enum SymmetricEigen {
  private static let sweepLimit = 12
  /// What is left beside the diagonal, over the geometric mean of the two diagonal elements.
  private static let tolerance = 1e-6

  /// Rotates `matrix` to a diagonal one and applies the same rotations to the rows of `vectors`.
  ///
  /// - Parameters:
  ///   - matrix: [n × n], symmetric and positive; out: the eigenvalues on the diagonal.
  ///   - vectors: [n × n], one vector a row.
  ///   - n: the dimension.
  package static func diagonalise(
    _ matrix: inout [Double], rotating vectors: inout [Double], _ n: Int
  ) {
    matrix.withUnsafeMutableBufferPointer { matrix in
      vectors.withUnsafeMutableBufferPointer { vectors in
        for _ in 0..<sweepLimit {
          var isDiagonal = true
          for p in 0..<n {
            for q in p + 1..<max(n, p + 1) where rotate(matrix, vectors, p, q, n) {
              isDiagonal = false
            }
          }
          if isDiagonal { return }
        }
      }
    }
  }

  /// One rotation in the plane of p and q; whether there was anything to rotate.
  @inline(__always)
  private static func rotate(
    _ a: UnsafeMutableBufferPointer<Double>, _ v: UnsafeMutableBufferPointer<Double>, _ p: Int,
    _ q: Int, _ n: Int
  ) -> Bool {
    let (app, aqq, apq) = (a[p * n + p], a[q * n + q], a[p * n + q])
    guard apq * apq > tolerance * tolerance * abs(app * aqq) else { return false }
    let theta = (aqq - app) / (2 * apq)
    let tangent = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
    let c = 1 / (tangent * tangent + 1).squareRoot()
    let s = tangent * c
    for k in 0..<n {
      let (x, y) = (a[p * n + k], a[q * n + k])
      a[p * n + k] = c * x - s * y
      a[q * n + k] = s * x + c * y
      let (f, g) = (v[p * n + k], v[q * n + k])
      v[p * n + k] = c * f - s * g
      v[q * n + k] = s * f + c * g
    }
    for k in 0..<n {
      let (x, y) = (a[k * n + p], a[k * n + q])
      a[k * n + p] = c * x - s * y
      a[k * n + q] = s * x + c * y
    }
    return true
  }
}
