/// Cholesky's factor of large matrices: C = AAᵀ, A lower triangular.
///
/// Columns are done in blocks, each from those before it by one product of matrices, in which almost
/// all of the work lies.
///
/// Complexity: n³/3 multiply-adds.
///
/// Source: Golub, Van Loan, *Matrix Computations*, 4th edition, 2013, section 4.2.
public enum LowerFactor {
  private static let width = 64

  /// Factors a matrix.
  ///
  /// - Parameters:
  ///   - matrix: C, [n × n], symmetric; the lower triangle is read.
  ///   - count: n.
  ///   - factor: [n × n]; out: A, zeros above its diagonal.
  /// - Returns: whether C is positive definite; if not, the factor is of no use.
  public static func factor(_ matrix: [Double], count: Int, into factor: inout [Double]) -> Bool {
    var isDefinite = true
    var right: [Double] = []
    var product = [Double](repeating: 0, count: count * width)
    factor.withUnsafeMutableBufferPointer { a in
      matrix.withUnsafeBufferPointer { c in
        product.withUnsafeMutableBufferPointer { product in
          for first in stride(from: 0, to: count, by: width) where isDefinite {
            transpose(a, count, first, into: &right)
            if first > 0, let start = a.baseAddress, let out = product.baseAddress {
              RowProduct.multiply(
                rows: count - first, inner: first, columns: width, start + first * count,
                stride: count, right, into: out)
            }
            isDefinite = finish(a, c, .init(product), count, first)
          }
        }
      }
    }
    return isDefinite
  }

  /// The rows of a block's square, left of it, as columns [first × width].
  private static func transpose(
    _ a: UnsafeMutableBufferPointer<Double>, _ count: Int, _ first: Int, into right: inout [Double]
  ) {
    right.removeAll(keepingCapacity: true)
    right.append(contentsOf: repeatElement(0, count: first * width))
    right.withUnsafeMutableBufferPointer { right in
      for row in first..<min(first + width, count) {
        for k in 0..<first { right[k * width + row - first] = a[row * count + k] }
      }
    }
  }

  /// The block's columns from the diagonal down, once the columns before it are taken off.
  private static func finish(
    _ a: UnsafeMutableBufferPointer<Double>, _ c: UnsafeBufferPointer<Double>,
    _ product: UnsafeBufferPointer<Double>, _ count: Int, _ first: Int
  ) -> Bool {
    let end = min(first + width, count)
    for row in first..<count {
      for column in first..<end {
        var value = 0.0
        if column <= row {
          value = c[row * count + column]
          if first > 0 { value -= product[(row - first) * width + column - first] }
          for k in first..<column { value -= a[row * count + k] * a[column * count + k] }
        }
        if column == row {
          guard value > 0, value.isFinite else { return false }
          a[row * count + column] = value.squareRoot()
        } else {
          a[row * count + column] = column < row ? value / a[column * count + column] : 0
        }
      }
      for column in end..<count where row < end { a[row * count + column] = 0 }
    }
    return true
  }
}
