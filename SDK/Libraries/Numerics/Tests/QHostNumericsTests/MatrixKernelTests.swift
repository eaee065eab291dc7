import Foundation
import QHostNumerics
import Testing

@Suite("Kernels on dense matrices")
struct MatrixKernelTests {
  @Test("Products agree with the plain version to the last bit", arguments: [1, 2, 3, 4, 7, 9])
  func products(rows: Int) {
    for (inner, columns) in [(1, 8), (5, 16), (17, 24), (33, 40), (64, 128)] {
      let stride = inner + 3
      let left = (0..<rows * stride).map { sin(Double($0 * $0)) }
      let right = (0..<inner * columns).map { cos(Double($0 * $0)) }
      var result = [Double](repeating: .nan, count: rows * columns)
      RowProduct.multiply(
        rows: rows, inner: inner, columns: columns, left, stride: stride, right, into: &result)
      #expect(
        result
          == RowProduct.plain(
            rows: rows, inner: inner, columns: columns, left, stride: stride, right))
    }
  }

  @Test("Cholesky's solution agrees with the plain version", arguments: [1, 2, 9, 33])
  func cholesky(count: Int) {
    let matrix = (0..<count * count).map { place in
      let (i, j) = (place / count, place % count)
      return i == j ? Double(count) : sin(Double(i * j + i + j))
    }
    let diagonal = (0..<count).map { 0.5 + Double($0) }
    var factor = [Double](repeating: 0, count: count * count)
    var x = (0..<count).map { cos(Double($0)) }
    let dense = (0..<count).map { i in
      (0..<count).map { j in 2 * matrix[i * count + j] + (i == j ? diagonal[i] - 0.25 : 0) }
    }
    let plain = Cholesky.plainSolution(dense, x)
    #expect(
      Cholesky.factor(
        count: count, matrix: matrix, scale: 2, diagonal: diagonal, shift: 0.25, into: &factor))
    Cholesky.solve(count: count, factor: factor, &x)
    for (a, b) in zip(x, plain ?? []) { #expect(abs(a - b) < 1e-13) }
    #expect(plain?.count == count)
    #expect(
      !Cholesky.factor(
        count: count, matrix: matrix, scale: 2, diagonal: diagonal, shift: 1e3, into: &factor))
  }
}
