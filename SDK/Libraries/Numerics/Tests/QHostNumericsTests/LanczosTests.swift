import Foundation
import QHostNumerics
import Testing

@Suite("Lanczos")
struct LanczosTests {
  @Test("The lowest eigenvalue of a chain is found", arguments: [1, 2, 3, 30, 400])
  func chain(n: Int) throws {
    // −1, 2, −1 along the diagonals: 4 sin²(π / 2(n + 1)).
    let start = (0..<n).map { 1 + 0.3 * sin(Double($0)) }
    var lanczos = Lanczos()
    lanczos.stepLimit = 5_000
    let value = try #require(
      lanczos.lowest(start: start) { x, sum in
        for i in 0..<n {
          sum[i] += 2 * x[i] - (i > 0 ? x[i - 1] : 0) - (i + 1 < n ? x[i + 1] : 0)
        }
      })
    let root = sin(Double.pi / Double(2 * (n + 1)))
    #expect(abs(value - 4 * root * root) < 1e-9)
  }

  @Test("It agrees with the decomposition of a full matrix")
  func full() throws {
    let n = 40
    let matrix = (0..<n * n).map { place in
      let (i, j) = (place / n, place % n)
      return sin(Double(i * j) + 0.3 * Double(i + j))
    }
    var eigen = SymmetricEigen(count: n)
    let isDone = eigen.decompose(matrix)
    #expect(isDone)
    let value = try #require(
      Lanczos().lowest(start: (0..<n).map { 1 + Double($0 % 3) }) { x, sum in
        for i in 0..<n { for j in 0..<n { sum[i] += matrix[i * n + j] * x[j] } }
      })
    #expect(abs(value - (eigen.values.min() ?? .nan)) < 1e-10)
  }

  @Test("A recursion that has not settled is not an answer")
  func unsettled() {
    var lanczos = Lanczos()
    lanczos.stepLimit = 12
    let value = lanczos.lowest(start: (0..<1_000).map { 1 + sin(Double($0 * $0)) }) { x, sum in
      for i in x.indices { sum[i] += sin(Double(i)) * x[i] }
    }
    #expect(value == nil)
  }
}
