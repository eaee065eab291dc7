internal import CQHostNumerics

/// Products of a batch's rows with one matrix, in double precision.
public enum RowProduct {
  /// The next number of columns that the kernel takes: a multiple of 8.
  public static func paddedCount(_ count: Int) -> Int { (count + 7) / 8 * 8 }

  /// c = a·b; ``plain(rows:inner:columns:_:stride:_:)`` is the plain version.
  ///
  /// - Parameters:
  ///   - rows: R.
  ///   - inner: N.
  ///   - columns: C, a multiple of 8.
  ///   - left: a, [R × N], rows `stride` apart.
  ///   - stride: at least N.
  ///   - right: b, [N × C].
  ///   - result: c, [R × C]; out; overlaps neither factor.
  public static func multiply(
    rows: Int, inner: Int, columns: Int, _ left: UnsafePointer<Double>, stride: Int,
    _ right: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    precondition(columns % 8 == 0, "\(columns) columns are not a multiple of 8")
    qhost_kernel_product(rows, inner, columns, left, stride, right, result)
  }

  /// The definition: c_rj = Σ_k a_rk b_kj, summed from k = 0 on.
  ///
  /// - Parameters:
  ///   - rows: R.
  ///   - inner: N.
  ///   - columns: C, any number.
  ///   - left: a, [R × N], rows `stride` apart.
  ///   - stride: at least N.
  ///   - right: b, [N × C].
  /// - Returns: c, [R × C].
  public static func plain(
    rows: Int, inner: Int, columns: Int, _ left: [Double], stride: Int, _ right: [Double]
  ) -> [Double] {
    var result = [Double](repeating: 0, count: rows * columns)
    for r in 0..<rows {
      for j in 0..<columns {
        var sum = 0.0
        for k in 0..<inner { sum += left[r * stride + k] * right[k * columns + j] }
        result[r * columns + j] = sum
      }
    }
    return result
  }
}
