import QHostInterfaces
import QHostNumerics

/// A whole C, with its root from eigenvalues, or from Cholesky's factor when n is large.
///
/// Up to ``eigenLimit`` parameters A = BD and C^−½ȳ = Bz̄ (BD²Bᵀ = C). Above, where eigenvectors would
/// take most of the time, A is Cholesky's factor and z̄ stands in for C^−½ȳ, from which it differs by a
/// rotation alone: Krause, Arbonès, Igel, *CMA-ES with optimal covariance update and storage
/// complexity*, NIPS 2016.
final class FullCovariance: CovarianceModel {
  /// The most parameters whose eigenvectors are taken.
  static let eigenLimit = 160
  private static let rowsAtOnce = 32

  private let count: Int
  private let columns: Int
  private var eigen: SymmetricEigen?
  /// C, [n × n], its lower triangle.
  private var matrix: [Double]
  /// A, [n × n].
  private var root: [Double]
  /// D, [n]; empty without eigenvalues.
  private var deviations: [Double]
  private var left: [Double] = []
  private var right: [Double] = []
  private var product: [Double]

  init(dimension n: Int) {
    count = n
    columns = RowProduct.paddedCount(n)
    eigen = n <= Self.eigenLimit ? SymmetricEigen(count: n) : nil
    matrix = Self.identity(n)
    root = matrix
    deviations = eigen == nil ? [] : Array(repeating: 1, count: n)
    product = Array(repeating: 0, count: Self.rowsAtOnce * columns)
  }

  private static func identity(_ n: Int) -> [Double] {
    var matrix = [Double](repeating: 0, count: n * n)
    for i in 0..<n { matrix[i * n + i] = 1 }
    return matrix
  }

  func transform(_ z: [Double], stride: Int, into y: inout [Double]) {
    y.withUnsafeMutableBufferPointer { y in
      guard let out = y.baseAddress else { return }
      RowProduct.multiply(
        rows: count, inner: count, columns: stride, root, stride: count, z, into: out)
    }
  }

  func whiten(_ mean: [Double], into result: inout [Double]) {
    guard !deviations.isEmpty else { return result = mean }
    for i in 0..<count {
      var sum = 0.0
      for k in 0..<count { sum += root[i * count + k] * (mean[k] / deviations[k]) }
      result[i] = sum
    }
  }

  func update(decay: Double, path: [Double], rate: Double, y: [Double], weights: [Double]) {
    let inner = weights.count + 1
    spread(path, rate, y, weights)
    matrix.withUnsafeMutableBufferPointer { matrix in
      product.withUnsafeMutableBufferPointer { product in
        left.withUnsafeBufferPointer { left in
          guard let from = left.baseAddress, let out = product.baseAddress else { return }
          for first in stride(from: 0, to: count, by: Self.rowsAtOnce) {
            let rows = min(Self.rowsAtOnce, count - first)
            RowProduct.multiply(
              rows: rows, inner: inner, columns: columns, from + first * inner, stride: inner,
              right, into: out)
            for row in first..<first + rows {
              let target = UnsafeMutableBufferPointer(
                rebasing: matrix[row * count..<row * count + row + 1])
              let change = out + (row - first) * columns
              for j in target.indices { target[j] = decay * target[j] + change[j] }
            }
          }
        }
      }
    }
  }

  /// The factors of the change: `left` [n × points + 1] with weights, `right` [points + 1 × n].
  private func spread(_ path: [Double], _ rate: Double, _ y: [Double], _ weights: [Double]) {
    let stride = weights.count
    let inner = stride + 1
    if left.count != count * inner {
      left = Array(repeating: 0, count: count * inner)
      right = Array(repeating: 0, count: inner * columns)
    }
    left.withUnsafeMutableBufferPointer { left in
      right.withUnsafeMutableBufferPointer { right in
        y.withUnsafeBufferPointer { y in
          for i in 0..<count {
            for j in 0..<stride {
              let value = y[i * stride + j]
              left[i * inner + j] = weights[j] * value
              right[j * columns + i] = value
            }
            left[i * inner + stride] = rate * path[i]
            right[stride * columns + i] = path[i]
          }
        }
      }
    }
  }

  func refresh() -> Bool {
    guard eigen != nil else { return LowerFactor.factor(matrix, count: count, into: &root) }
    return refreshEigen()
  }

  private func refreshEigen() -> Bool {
    guard eigen?.decompose(matrix) == true, let eigen,
      let least = eigen.values.min(), let largest = eigen.values.max(), least > 0,
      largest <= Self.largestCondition * least
    else { return false }
    for k in 0..<count {
      let deviation = eigen.values[k].squareRoot()
      deviations[k] = deviation
      for i in 0..<count { root[i * count + k] = deviation * eigen.vectors[k * count + i] }
    }
    return true
  }

  func deviation(_ index: Int) -> Double { max(matrix[index * count + index], 0).squareRoot() }

  func reset() {
    matrix = Self.identity(count)
    root = matrix
    for k in deviations.indices { deviations[k] = 1 }
  }

  func save(_ writer: inout StateWriter) {
    writer.write(matrix)
    writer.write(root)
    writer.write(deviations)
  }

  func load(_ reader: inout StateReader) throws(ComponentError) {
    matrix = try reader.readReals(count: matrix.count)
    root = try reader.readReals(count: root.count)
    deviations = try reader.readReals(count: deviations.count)
  }
}
