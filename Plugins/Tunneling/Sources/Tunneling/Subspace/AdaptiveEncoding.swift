import QHostInterfaces

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Directions learned from where the low losses were: the principal axes of a covariance.
///
/// After each sweep C ← (1 − c₁ − c_μ) C + c₁ p pᵀ + c_μ Σ w_k z_k z_kᵀ, with p the path of the base
/// point and z_k the best points of the sweep, both as long as their directions were. A direction is an
/// eigenvector of C times the root of its eigenvalue.
///
/// Sources: N. Hansen, Adaptive Encoding, PPSN X (2008); I. Loshchilov, M. Schoenauer, M. Sebag,
/// Adaptive Coordinate Descent, GECCO 2011. *Deviation*: eigenvectors are renewed every n/20 sweeps.
struct AdaptiveEncoding {
  /// Beyond it directions stay the axes: C would not fit a cache, nor n³ the time of a sweep.
  static let largestDimension = 256

  /// n, the number of coordinates.
  let dimension: Int
  /// Orthonormal directions, one a row, [n × n]; empty: the axes.
  private(set) var axes: [Double]
  /// How long each direction is, [n]; their product is 1.
  private(set) var lengths: [Double]
  private var covariance: [Double]
  private var path: [Double]
  private var sweepCount = 0

  /// Starts with the axes, each of length 1.
  init(dimension n: Int) {
    dimension = n
    lengths = Array(repeating: 1, count: n)
    path = Array(repeating: 0, count: n)
    axes = []
    guard n <= Self.largestDimension else {
      covariance = []
      return
    }
    axes = Array(repeating: 0, count: n * n)
    for i in 0..<n { axes[i * n + i] = 1 }
    covariance = axes
  }

  /// Adds `amount` of a direction to a place.
  func add(_ amount: Double, of direction: Int, to place: inout [Double]) {
    guard !axes.isEmpty else { return place[direction] += amount }
    let n = dimension
    let scaled = amount * lengths[direction]
    axes.withUnsafeBufferPointer { axes in
      for i in 0..<n { place[i] += scaled * axes[direction * n + i] }
    }
  }

  /// Learns from a sweep.
  ///
  /// - Parameters:
  ///   - points: the best points [k × n], the lowest loss first.
  ///   - count: k.
  ///   - before: the base point before the sweep, [n].
  ///   - after: the base point after it.
  mutating func learn(
    from points: [Double], count: Int, before: [Double], after: [Double]
  ) {
    guard !axes.isEmpty, count > 0 else { return }
    let n = dimension
    let rate = 0.5 / Double(n)
    followPath(before: before, after: after)
    for place in covariance.indices { covariance[place] *= 1 - 2 * rate }
    addOuter(path, times: rate)
    let weights = (1...count).map { log(Double(count) + 0.5) - log(Double($0)) }
    let total = weights.reduce(0, +)
    for k in 0..<count {
      var z = (0..<n).map { points[k * n + $0] - before[$0] }
      let length = encodedLength(z)
      guard length > 0 else { continue }
      let scale = Double(n).squareRoot() / length
      for i in 0..<n { z[i] *= scale }
      addOuter(z, times: rate * weights[k] / total)
    }
    sweepCount += 1
    if sweepCount % max(1, n / 20) == 0 { renewAxes() }
  }

  private mutating func followPath(before: [Double], after: [Double]) {
    let n = Double(dimension)
    let rate = 1 / n.squareRoot()
    let step = zip(after, before).map { $0 - $1 }
    let length = encodedLength(step)
    guard length > 0 else { return }
    let scale = (rate * (2 - rate)).squareRoot() * n.squareRoot() / length
    for i in path.indices { path[i] = (1 - rate) * path[i] + scale * step[i] }
  }

  /// ‖B⁻¹v‖: the length of a vector in units of the directions.
  private func encodedLength(_ v: [Double]) -> Double {
    let n = dimension
    var sum = 0.0
    axes.withUnsafeBufferPointer { axes in
      v.withUnsafeBufferPointer { v in
        for row in 0..<n {
          var product = SIMD8<Double>()
          var i = 0
          while i + 8 <= n {
            for lane in 0..<8 { product[lane] += axes[row * n + i + lane] * v[i + lane] }
            i += 8
          }
          var total = product.sum()
          while i < n {
            total += axes[row * n + i] * v[i]
            i += 1
          }
          let part = total / lengths[row]
          sum += part * part
        }
      }
    }
    return sum.squareRoot()
  }

  private mutating func addOuter(_ v: [Double], times factor: Double) {
    let n = dimension
    covariance.withUnsafeMutableBufferPointer { covariance in
      v.withUnsafeBufferPointer { v in
        for i in 0..<n {
          let scaled = factor * v[i]
          for j in 0..<n { covariance[i * n + j] += scaled * v[j] }
        }
      }
    }
  }

  /// Diagonalises C from the axes as they are, which is little work when they are nearly right.
  private mutating func renewAxes() {
    let n = dimension
    var matrix = rotated(covariance)
    SymmetricEigen.diagonalise(&matrix, rotating: &axes, n)
    var mean = 0.0
    for i in 0..<n {
      lengths[i] = max(matrix[i * n + i], 1e-280).squareRoot()
      mean += log(lengths[i]) / Double(n)
    }
    let scale = exp(-mean)
    for i in 0..<n { lengths[i] *= scale }
  }

  /// E C Eᵀ with the axes as rows of E.
  private func rotated(_ matrix: [Double]) -> [Double] {
    let half = product(axes, matrix)
    let n = dimension
    var transposed = half
    for i in 0..<n {
      for j in 0..<n { transposed[j * n + i] = half[i * n + j] }
    }
    return product(axes, transposed)
  }

  private func product(_ a: [Double], _ b: [Double]) -> [Double] {
    let n = dimension
    var result = Array(repeating: 0.0, count: n * n)
    result.withUnsafeMutableBufferPointer { result in
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          for i in 0..<n {
            for k in 0..<n {
              let factor = a[i * n + k]
              for j in 0..<n { result[i * n + j] += factor * b[k * n + j] }
            }
          }
        }
      }
    }
    return result
  }
}

extension AdaptiveEncoding {
  /// Adds all that was learned to a state.
  func save(_ writer: inout StateWriter) {
    for values in [axes, lengths, covariance, path] { writer.write(values) }
    writer.write(sweepCount)
  }

  /// Takes what a state holds.
  mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    axes = try reader.readReals(count: axes.count)
    lengths = try reader.readReals(count: dimension)
    covariance = try reader.readReals(count: covariance.count)
    path = try reader.readReals(count: dimension)
    sweepCount = try reader.readInteger()
  }
}
