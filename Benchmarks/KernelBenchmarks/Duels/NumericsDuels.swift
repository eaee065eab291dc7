import EvolutionaryOptimizers
import QHostMemory
import QHostNumerics
import StandardDatasets

/// Matrices and vectors in double precision.
enum NumericsDuels {
  static func all() -> [Duel] {
    let n = 64
    let seeds = Numbers.doubles(n * n, seed: 1).list
    // A Aᵀ + n: symmetric and positive definite.
    let matrix = AlignedBuffer<Double>(count: n * n)
    for i in 0..<n {
      for j in 0..<n {
        matrix.start[i * n + j] = (0..<n).reduce(i == j ? Double(n) : 0) {
          $0 + seeds[i * n + $1] * seeds[j * n + $1]
        }
      }
    }
    let rows = (0..<n).map { Array(matrix.list[$0 * n..<($0 + 1) * n]) }
    let zeros = AlignedBuffer<Double>(count: n)
    let factor = AlignedBuffer<Double>(count: n * n)
    let right = Numbers.doubles(n, seed: 2)
    let (r, inner, columns) = (256, 64, 32)
    let left = Numbers.doubles(r * inner, seed: 3)
    let other = Numbers.doubles(inner * columns, seed: 4)
    let (leftList, otherList) = (left.list, other.list)
    return [
      Duel(
        "kernel_cholesky, kernel_cholesky_solve", twin: "plainSolution", "\(n) x \(n)",
        tolerance: 1e-12,
        AlignedBuffer<Double>(count: n)
      ) {
        $0.update(from: right.start, count: n)
        guard
          Cholesky.factor(
            count: n, matrix: matrix.start, scale: 1, diagonal: zeros.start, shift: 0,
            into: factor.start)
        else { return }
        Cholesky.solve(count: n, factor: factor.start, $0)
      } list: {
        Cholesky.plainSolution(rows, right.list) ?? []
      },
      Duel(
        "kernel_product", twin: "RowProduct.plain", "\(r) x \(inner) x \(columns)",
        tolerance: 1e-13, AlignedBuffer<Double>(count: r * columns)
      ) {
        RowProduct.multiply(
          rows: r, inner: inner, columns: columns, left.start, stride: inner, other.start, into: $0)
      } list: {
        RowProduct.plain(
          rows: r, inner: inner, columns: columns, leftList, stride: inner, otherList)
      },
    ] + dots(matrix, n) + [adam()]
  }

  /// Steps along one gradient; both go the same way, so that they agree after any number of them.
  private static func adam() -> Duel {
    let n = 1000
    let gradient = Numbers.doubles(n, seed: 7).list
    let (beta1, beta2, epsilon, rate) = (0.9, 0.999, 1e-8, 0.01)
    var moments = AdamMoments(dimension: n, beta1: beta1, beta2: beta2, epsilon: epsilon)
    var own = [Double](repeating: 0, count: n)
    var (m, v, x) = (own, own, own)
    return Duel(
      "kernel_adam", "\(n) parameters", tolerance: 0,
      (AlignedBuffer<Double>(count: n), AlignedBuffer<Double>(count: n))
    ) { result in
      moments.reset()
      for place in 0..<n { own[place] = 0 }
      moments.step(&own, gradient: gradient, factor: 1, rate: rate)
      result.update(from: own, count: n)
    } plain: { result in
      let (scale, correction) = (rate / (1 - beta1), 1 / (1 - beta2).squareRoot())
      for i in 0..<n {
        (m[i], v[i], x[i]) = (0, 0, 0)
        let g = gradient[i]
        m[i] = beta1 * m[i] + (1 - beta1) * g
        v[i] = beta2 * v[i] + (1 - beta2) * (g * g)
        x[i] -= scale * m[i] / (v[i].squareRoot() * correction + epsilon)
      }
      result.update(from: x, count: n)
    }
  }

  /// The two that are written in Swift's vectors.
  private static func dots(_ matrix: AlignedBuffer<Double>, _ n: Int) -> [Duel] {
    let (a, b) = (Numbers.doubles(1000, seed: 5), Numbers.doubles(1000, seed: 6))
    func loop(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> Double {
      var sum = 0.0
      for place in 0..<count { sum += a[place] * b[place] }
      return sum
    }
    return [
      Duel("dotProduct (Swift)", "1000 numbers", tolerance: 1e-12) {
        dotProduct(a.view, b.view)
      } plain: {
        loop(a.start, b.start, 1000)
      },
      Duel("Rows.dot (Swift)", "\(n) numbers", tolerance: 1e-12) {
        Rows.dot(matrix.view, 3, matrix.view, 5, n)
      } plain: {
        loop(matrix.start + 3 * n, matrix.start + 5 * n, n)
      },
    ]
  }
}
