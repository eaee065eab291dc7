/// Eigenvalues and eigenvectors of symmetric matrices: C = Σ_k λ_k v_k v_kᵀ.
///
/// The matrix is made tridiagonal by Householder's reflections, and diagonal by QR steps with
/// Wilkinson's shift; vectors are rows all the way, so that every loop runs along memory. One instance
/// keeps its work space.
///
/// Complexity: about 4/3 n³ + 4/3 n³ + 3n³ multiply-adds.
///
/// Source: G. H. Golub, C. F. Van Loan, *Matrix Computations*, 4th edition, 2013, algorithms 8.3.1 to
/// 8.3.3. *Deviations*: none.
public struct SymmetricEigen: Sendable {
  private static let stepLimit = 60

  private let count: Int
  /// The eigenvalues λ, [n], unsorted.
  public private(set) var values: [Double]
  /// The eigenvectors, [n × n], one a row, in the order of ``values``.
  public private(set) var vectors: [Double]
  private var beside: [Double]
  private var reflections: [Double]
  private var work: [Double]

  /// Makes room for matrices of n rows.
  public init(count: Int) {
    self.count = count
    values = Array(repeating: 0, count: count)
    vectors = Array(repeating: 0, count: count * count)
    beside = values
    reflections = vectors
    work = values
  }

  /// Takes a matrix apart.
  ///
  /// - Parameter matrix: C, [n × n]; the lower triangle is read.
  /// - Returns: whether it could be; if not (numbers that are not finite), the results are of no use.
  public mutating func decompose(_ matrix: [Double]) -> Bool {
    for row in 0..<count {
      for column in 0...row {
        let value = matrix[row * count + column]
        guard value.isFinite else { return false }
        reflections[row * count + column] = value
        reflections[column * count + row] = value
      }
    }
    tridiagonalise()
    accumulate()
    return diagonalise()
  }

  /// Leaves the diagonal in `values`, what is beside it in `beside`, and in row k of `reflections`
  /// the vector of reflection k, scaled to vᵀv = 2.
  private mutating func tridiagonalise() {
    let n = count
    reflections.withUnsafeMutableBufferPointer { a in
      work.withUnsafeMutableBufferPointer { p in
        for k in 0..<n {
          values[k] = a[k * n + k]
          guard k + 1 < n else { break }
          beside[k] = Self.reflect(.init(rebasing: a[(k * n + k + 1)..<((k + 1) * n)]))
          let v = UnsafeMutableBufferPointer(rebasing: a[k * n..<(k + 1) * n])
          // With vᵀv = 2 the reflection is 1 − vvᵀ, and A ← A − vwᵀ − wvᵀ, w = Av − ½(vᵀAv)v.
          for i in k + 1..<n { p[i] = 0 }
          for i in k + 1..<n { Self.add(v[i], a, i * n, to: p, 0, from: k + 1, to: n) }
          var half = 0.0
          for i in k + 1..<n { half += 0.5 * v[i] * p[i] }
          for i in k + 1..<n { p[i] -= half * v[i] }
          for i in k + 1..<n {
            let (vi, wi) = (v[i], p[i])
            let row = UnsafeMutableBufferPointer(rebasing: a[i * n..<(i + 1) * n])
            for j in k + 1..<n { row[j] -= vi * p[j] + wi * v[j] }
          }
        }
      }
    }
  }

  /// Turns x into the v of the reflection that takes x to (r, 0, …), and gives r.
  private static func reflect(_ x: UnsafeMutableBufferPointer<Double>) -> Double {
    let largest = x.reduce(0) { max($0, abs($1)) }
    guard x.count > 1, largest > 0 else {
      let first = x[0]
      for i in x.indices { x[i] = 0 }
      return first
    }
    var squares = 0.0
    for value in x { squares += value / largest * (value / largest) }
    let result = -(x[0] < 0 ? -1 : 1) * largest * squares.squareRoot()
    x[0] -= result
    // vᵀv = 2 r (r − x₀) before scaling.
    let scale = 1 / (abs(result).squareRoot() * abs(x[0]).squareRoot())
    for i in x.indices { x[i] *= scale }
    return result
  }

  @inline(__always)
  private static func add(
    _ factor: Double, _ a: UnsafeMutableBufferPointer<Double>, _ start: Int,
    to b: UnsafeMutableBufferPointer<Double>, _ place: Int, from first: Int, to end: Int
  ) {
    for j in first..<end { b[place + j] += factor * a[start + j] }
  }

  /// Multiplies the reflections, last first: `vectors` = (H₀ H₁ …)ᵀ.
  private mutating func accumulate() {
    let n = count
    vectors.withUnsafeMutableBufferPointer { q in
      reflections.withUnsafeBufferPointer { a in
        for i in 0..<n * n { q[i] = 0 }
        for i in 0..<n { q[i * n + i] = 1 }
        for k in stride(from: n - 3, through: 0, by: -1) {
          let v = UnsafeBufferPointer(rebasing: a[k * n..<(k + 1) * n])
          for i in k + 1..<n {
            let row = UnsafeMutableBufferPointer(rebasing: q[i * n..<(i + 1) * n])
            var part = 0.0
            for j in k + 1..<n { part += row[j] * v[j] }
            for j in k + 1..<n { row[j] -= part * v[j] }
          }
        }
      }
    }
  }

  /// QR steps on the last block that is not yet diagonal, until there is none.
  private mutating func diagonalise() -> Bool {
    var end = count - 1
    var steps = 0
    while end > 0 {
      if isNegligible(end - 1) {
        beside[end - 1] = 0
        end -= 1
        steps = 0
        continue
      }
      steps += 1
      guard steps <= Self.stepLimit else { return false }
      var start = end - 1
      while start > 0, !isNegligible(start - 1) { start -= 1 }
      step(start, end)
    }
    return true
  }

  private func isNegligible(_ k: Int) -> Bool {
    abs(beside[k]) <= 0.5 * .ulpOfOne * (abs(values[k]) + abs(values[k + 1]))
      || abs(beside[k]) < .leastNormalMagnitude
  }

  /// One QR step with Wilkinson's shift on rows `start` to `end`: the bulge is chased down.
  private mutating func step(_ start: Int, _ end: Int) {
    let n = count
    let half = 0.5 * (values[end - 1] - values[end])
    let e = beside[end - 1]
    let shift =
      values[end] - e * (e / (half + (half < 0 ? -1 : 1) * (half * half + e * e).squareRoot()))
    var x = values[start] - shift
    var z = beside[start]
    vectors.withUnsafeMutableBufferPointer { q in
      for k in start..<end {
        let length = (x * x + z * z).squareRoot()
        let (c, s) = length > 0 ? (x / length, z / length) : (1, 0)
        if k > start { beside[k - 1] = length }
        let (d, f, b) = (values[k], values[k + 1], beside[k])
        values[k] = c * c * d + 2 * c * s * b + s * s * f
        values[k + 1] = s * s * d - 2 * c * s * b + c * c * f
        beside[k] = c * s * (f - d) + (c * c - s * s) * b
        if k + 1 < end {
          x = beside[k]
          z = s * beside[k + 1]
          beside[k + 1] *= c
        }
        let upper = UnsafeMutableBufferPointer(rebasing: q[k * n..<(k + 1) * n])
        let lower = UnsafeMutableBufferPointer(rebasing: q[(k + 1) * n..<(k + 2) * n])
        for j in 0..<n {
          let (u, w) = (upper[j], lower[j])
          upper[j] = c * u + s * w
          lower[j] = c * w - s * u
        }
      }
    }
  }
}
