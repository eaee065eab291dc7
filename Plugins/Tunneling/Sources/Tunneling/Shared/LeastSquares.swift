/// Least squares by conjugate gradients on the normal equations, ‖y − Ax‖² → min.
///
/// A has independent random entries of mean 0 and variance near 1, so that with m ≥ 2n rows the
/// equations are well conditioned: 5 to 30 iterations of 4mn operations each instead of mn².
///
/// Source: Hestenes, Stiefel, J. Res. Nat. Bur. Stand. 49 (1952) 409.
package struct LeastSquares {
  /// What comes of a fit.
  package struct Fit {
    /// x, [n].
    package var coefficients: [Double]
    /// The variance of each of them, for entries of variance 1.
    package var variance: Double
  }

  private static let iterationLimit = 40
  /// Where a system is small its exact solution costs next to nothing; else an error of 0.3 % does,
  /// because the next round corrects it.
  private static let smallSystem = 64
  private static let looseTolerance = 1e-5
  private static let tightTolerance = 1e-14
  /// Rows whose products are summed in single precision.
  private static let blockRows = 64

  private let columns: Int
  private var direction: [Float]
  private var block: [Float]
  private var sums: [Double]

  /// Prepares for n columns.
  package init(columns: Int) {
    self.columns = columns
    direction = Array(repeating: 0, count: columns)
    block = direction
    sums = Array(repeating: 0, count: columns)
  }

  /// Fits the rows; with fewer than 2n the plain average Aᵀy/m (Stein's estimate).
  ///
  /// - Parameters:
  ///   - matrix: A [m × n].
  ///   - right: y [m].
  ///   - variance: that of A's entries.
  /// - Returns: the coefficients and their variance.
  package mutating func fit(
    _ matrix: [Float], right: [Double], entryVariance variance: Double = 1
  ) -> Fit {
    let (m, n) = (right.count, columns)
    let total = right.reduce(0) { $0 + $1 * $1 }
    project(matrix, right)
    guard m >= 2 * n else {
      let scale = 1 / (Double(m) * variance)
      return Fit(
        coefficients: sums.map { $0 * scale }, variance: total / Double(m) / Double(m) / variance)
    }
    let (x, rest) = solve(matrix, rowCount: m, total: total)
    let freedom = Double(m - n)
    return Fit(coefficients: x, variance: rest / freedom / freedom / variance)
  }

  /// Conjugate gradients from the projections in `sums`, until what is left is small beside noise.
  private mutating func solve(
    _ matrix: [Float], rowCount m: Int, total: Double
  ) -> ([Double], Double) {
    let n = columns
    var x = Array(repeating: 0.0, count: n)
    var residual = sums
    var p = sums
    var square = residual.reduce(0) { $0 + $1 * $1 }
    let first = square
    let tolerance = n <= Self.smallSystem ? Self.tightTolerance : Self.looseTolerance
    var rest = total
    for _ in 0..<Self.iterationLimit {
      let noise = max(rest, 0) / Double(m - n) * Double(m) * Double(n)
      guard square > tolerance * first, square > 1e-3 * noise else { break }
      for i in 0..<n { direction[i] = Float(p[i]) }
      multiply(matrix, rowCount: m)
      var curvature = 0.0
      for i in 0..<n { curvature += Double(direction[i]) * sums[i] }
      guard curvature > 0 else { break }
      let step = square / curvature
      for i in 0..<n {
        x[i] += step * Double(direction[i])
        residual[i] -= step * sums[i]
      }
      rest -= step * square
      let next = residual.reduce(0) { $0 + $1 * $1 }
      let ratio = next / square
      for i in 0..<n { p[i] = residual[i] + ratio * p[i] }
      square = next
    }
    return (x, max(rest, 0))
  }

  /// sums = Aᵀy.
  private mutating func project(_ matrix: [Float], _ right: [Double]) {
    let scale = right.reduce(0) { max($0, abs($1)) }
    guard scale > 0, scale < .infinity else {
      for i in sums.indices { sums[i] = 0 }
      return
    }
    accumulate(matrix, rowCount: right.count) { _, row in Float(right[row] / scale) }
    for i in sums.indices { sums[i] *= scale }
  }

  /// sums = AᵀA · direction, with one reading of A.
  private mutating func multiply(_ matrix: [Float], rowCount: Int) {
    let scale = direction.reduce(0) { max($0, abs($1)) }
    guard scale > 0 else { return }
    for i in direction.indices { direction[i] /= scale }
    let n = columns
    let unit = direction
    unit.withUnsafeBufferPointer { unit in
      accumulate(matrix, rowCount: rowCount) { start, _ in
        guard let unit = unit.baseAddress else { return 0 }
        return Self.dot(start, unit, n)
      }
    }
    for i in direction.indices {
      direction[i] *= scale
      sums[i] *= Double(scale)
    }
  }

  /// sums = Σ weight(row) · row.
  @inline(__always)
  private mutating func accumulate(
    _ matrix: [Float], rowCount: Int, weight: (UnsafePointer<Float>, Int) -> Float
  ) {
    let n = columns
    for i in 0..<n { sums[i] = 0 }
    matrix.withUnsafeBufferPointer { matrix in
      block.withUnsafeMutableBufferPointer { block in
        guard let matrix = matrix.baseAddress, let target = block.baseAddress else { return }
        for first in stride(from: 0, to: rowCount, by: Self.blockRows) {
          block.update(repeating: 0)
          for row in first..<min(first + Self.blockRows, rowCount) {
            let start = matrix + row * n
            Self.add(weight(start, row), start, to: target, n)
          }
          for i in 0..<n { sums[i] += Double(target[i]) }
        }
      }
    }
  }

  /// Σ aᵢbᵢ, eight sums side by side.
  @inline(__always)
  private static func dot(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int
  ) -> Float {
    var sums = SIMD8<Float>()
    var i = 0
    while i + 8 <= count {
      sums +=
        UnsafeRawPointer(a + i).loadUnaligned(as: SIMD8<Float>.self)
        * UnsafeRawPointer(b + i).loadUnaligned(as: SIMD8<Float>.self)
      i += 8
    }
    var total = sums.sum()
    while i < count {
      total += a[i] * b[i]
      i += 1
    }
    return total
  }

  /// target += weight · row.
  @inline(__always)
  private static func add(
    _ weight: Float, _ row: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>,
    _ count: Int
  ) {
    for i in 0..<count { target[i] += weight * row[i] }
  }
}
