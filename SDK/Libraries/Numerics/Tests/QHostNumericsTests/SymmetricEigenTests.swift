import Foundation
import QHostNumerics
import Testing

@Suite("Eigenvalues and Cholesky's factor")
struct SymmetricEigenTests {
  /// A symmetric matrix of waves, its eigenvalues from `shift` on when that is large.
  private static func matrix(_ n: Int, shift: Double = 0) -> [Double] {
    (0..<n * n).map { place in
      let (i, j) = (place / n, place % n)
      return sin(Double(i * j) + 0.3 * Double(i + j)) + (i == j ? shift : 0)
    }
  }

  @Test("Vectors are orthonormal, and put the matrix together again", arguments: [1, 2, 3, 10, 65])
  func together(n: Int) {
    let matrix = Self.matrix(n)
    var eigen = SymmetricEigen(count: n)
    let isDone = eigen.decompose(matrix)
    #expect(isDone)
    let v = eigen.vectors
    // Errors of n roundings of numbers of about n: norms of these matrices are below n.
    let tolerance = 8 * Double(n * n) * Double.ulpOfOne
    for i in 0..<n {
      for j in 0..<n {
        var (product, sum) = (0.0, 0.0)
        for k in 0..<n {
          product += v[i * n + k] * v[j * n + k]
          sum += eigen.values[k] * v[k * n + i] * v[k * n + j]
        }
        #expect(abs(product - (i == j ? 1 : 0)) < tolerance)
        #expect(abs(sum - matrix[i * n + j]) < tolerance)
      }
    }
  }

  @Test("Eigenvalues that are known in closed form are found")
  func known() {
    // −1, 2, −1 along the diagonals: 4 sin²(kπ / 2(n + 1)).
    let n = 30
    let matrix = (0..<n * n).map { place in
      let distance = abs(place / n - place % n)
      return distance == 0 ? 2.0 : distance == 1 ? -1 : 0
    }
    var eigen = SymmetricEigen(count: n)
    let isDone = eigen.decompose(matrix)
    #expect(isDone)
    for (place, value) in eigen.values.sorted().enumerated() {
      let root = sin(Double(place + 1) * .pi / Double(2 * (n + 1)))
      #expect(abs(value - 4 * root * root) < 1e-13)
    }
  }

  @Test("Equal and very different eigenvalues are found")
  func graded() {
    var eigen = SymmetricEigen(count: 4)
    var isDone = eigen.decompose([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1])
    #expect(isDone && eigen.values == [1, 1, 1, 1])
    isDone = eigen.decompose([1e12, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1e-12, 0, 0, 0, 0, 1e-30])
    #expect(isDone)
    let values = eigen.values.sorted()
    #expect(values[0] == 1e-30 && values[1] == 1e-12)
    // Rounding of the largest, 1e12 · 2⁻⁵², bounds the error of 1 − 1e-12.
    #expect(abs(values[2] - 1) < 1e-3 && values[3] == 1e12)
  }

  @Test("A matrix that is not finite is refused")
  func infinite() {
    var eigen = SymmetricEigen(count: 2)
    let isDone = eigen.decompose([1, 0, .nan, 1])
    #expect(!isDone)
  }

  @Test("Cholesky's factor gives the matrix back", arguments: [1, 7, 64, 65, 150])
  func factor(n: Int) {
    let matrix = Self.matrix(n, shift: Double(n))
    var factor = [Double](repeating: .nan, count: n * n)
    #expect(LowerFactor.factor(matrix, count: n, into: &factor))
    for i in 0..<n {
      for j in 0..<n {
        var sum = 0.0
        for k in 0..<n { sum += factor[i * n + k] * factor[j * n + k] }
        #expect(abs(sum - matrix[i * n + j]) < 4 * Double(n * n) * Double.ulpOfOne)
        if j > i { #expect(factor[i * n + j] == 0) }
      }
    }
  }

  @Test("A matrix that is not positive definite is refused", arguments: [2, 100])
  func indefinite(n: Int) {
    var matrix = Self.matrix(n, shift: Double(n))
    matrix[n * n - 1] = -1
    var factor = [Double](repeating: 0, count: n * n)
    #expect(!LowerFactor.factor(matrix, count: n, into: &factor))
  }
}
