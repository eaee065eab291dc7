import QHostNumerics

/// A loss that is quadratic in its parameters: f(x) = f₀ + g·(x − x₀) + ½ (x − x₀)ᵀH(x − x₀).
///
/// Parameters whose bounds leave them no room have no column of H.
struct QuadraticLoss {
  /// x₀, [n].
  let origin: [Double]
  /// f₀.
  var loss = 0.0
  /// g, [n].
  var gradient: [Double] = []
  /// The parameters that can move, [m], m ≤ n.
  let movable: [Int]
  /// H of those, [m × m], row by row as far as they are known.
  private(set) var curvature: [Double] = []

  init(origin: [Double], movable: [Int]) {
    self.origin = origin
    self.movable = movable
    curvature.reserveCapacity(movable.count * movable.count)
  }

  /// Rows of H that are known.
  var knownCount: Int { movable.isEmpty ? 0 : curvature.count / movable.count }

  /// Takes the next row of H from the gradient [n] at x₀ + step·e.
  mutating func addRow(gradient next: [Double], step: Double) {
    for index in movable { curvature.append((next[index] - gradient[index]) / step) }
  }

  /// Takes rows of H that were known before.
  mutating func restore(_ rows: [Double]) { curvature = rows }

  /// Makes H symmetric, as it is but for rounding.
  mutating func finish() {
    let m = movable.count
    for row in 0..<m {
      for column in 0..<row {
        let mean = (curvature[row * m + column] + curvature[column * m + row]) / 2
        curvature[row * m + column] = mean
        curvature[column * m + row] = mean
      }
    }
  }

  /// The mean of H's diagonal; 0 where nothing can move.
  var meanCurvature: Double {
    let m = movable.count
    guard m > 0 else { return 0 }
    return (0..<m).reduce(0) { $0 + curvature[$1 * m + $1] } / Double(m)
  }

  /// f(x₀ + step), of a step [m] of those that can move.
  func predicted(_ step: [Double]) -> Double {
    let m = movable.count
    var sum = loss
    for row in 0..<m {
      var slope = 0.0
      for column in 0..<m { slope += curvature[row * m + column] * step[column] }
      sum += step[row] * (gradient[movable[row]] + slope / 2)
    }
    return sum
  }

  /// The step [m] from a point to the minimum of f + ½ ridge·|x|² within bounds.
  ///
  /// Parameters that the minimum would take over a bound are set there, and the others solved for again; they do not come back, so that
  /// the least loss within the bounds may be missed where parameters depend on each other.
  ///
  /// - Parameters:
  ///   - point: x, [n].
  ///   - slopes: f's gradient there, [n].
  ///   - ridge: 0 or more.
  ///   - lower: [n].
  ///   - upper: [n].
  /// - Returns: `nil` where H + ridge is not positive definite.
  func stepToMinimum(
    from point: [Double], slopes: [Double], ridge: Double, lower: [Double], upper: [Double]
  ) -> [Double]? {
    let m = movable.count
    var step = [Double](repeating: 0, count: m)
    var free = Array(0..<m)
    var isHeld = [Bool](repeating: false, count: m)
    while !free.isEmpty {
      var right = free.map { row in
        let index = movable[row]
        var side = -slopes[index] - ridge * point[index]
        for column in 0..<m where isHeld[column] {
          side -= curvature[row * m + column] * step[column]
        }
        return side
      }
      guard solve(free, ridge: ridge, &right) else { return nil }
      var over: [Int] = []
      for (place, row) in free.enumerated() {
        let (index, target) = (movable[row], point[movable[row]] + right[place])
        step[row] = min(max(target, lower[index]), upper[index]) - point[index]
        if target < lower[index] || target > upper[index] { over.append(row) }
      }
      for row in over { isHeld[row] = true }
      if over.isEmpty { break }
      free.removeAll { isHeld[$0] }
    }
    return step
  }

  /// Solves (H + ridge)·x = right for some rows and columns; `false` where that is not positive definite.
  private func solve(_ rows: [Int], ridge: Double, _ right: inout [Double]) -> Bool {
    let (m, count) = (movable.count, rows.count)
    var matrix = curvature
    if count < m {
      matrix = []
      for row in rows { for column in rows { matrix.append(curvature[row * m + column]) } }
    }
    var factor = [Double](repeating: 0, count: count * count)
    let diagonal = [Double](repeating: ridge, count: count)
    guard
      factor.withUnsafeMutableBufferPointer({ factor in
        guard let start = factor.baseAddress else { return false }
        return Cholesky.factor(
          count: count, matrix: matrix, scale: 1, diagonal: diagonal, shift: 0, into: start)
      })
    else { return false }
    right.withUnsafeMutableBufferPointer { right in
      if let start = right.baseAddress { Cholesky.solve(count: count, factor: factor, start) }
    }
    return right.allSatisfy { $0.isFinite }
  }
}
