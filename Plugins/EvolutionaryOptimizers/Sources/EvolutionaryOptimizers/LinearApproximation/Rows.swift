/// Rows of square matrices, worked on in vectors of eight: the compiler keeps the order of a plain sum.
package enum Rows {
  /// The dot product of row `i` of one matrix and row `j` of another, of n columns each; a vector is row 0.
  package static func dot(
    _ left: UnsafeBufferPointer<Double>, _ i: Int, _ right: UnsafeBufferPointer<Double>, _ j: Int,
    _ n: Int
  ) -> Double {
    guard let a = left.baseAddress, let b = right.baseAddress else { return 0 }
    let (x, y) = (a + i * n, b + j * n)
    var sums = SIMD8<Double>.zero
    var place = 0
    while place + 8 <= n {
      let u = UnsafeRawPointer(x + place).loadUnaligned(as: SIMD8<Double>.self)
      let v = UnsafeRawPointer(y + place).loadUnaligned(as: SIMD8<Double>.self)
      sums += u * v
      place += 8
    }
    var sum = sums.sum()
    while place < n {
      sum += x[place] * y[place]
      place += 1
    }
    return sum
  }

  /// target += factor · row `j`, target [n].
  package static func add(
    _ factor: Double, _ matrix: UnsafeBufferPointer<Double>, _ j: Int,
    to target: UnsafeMutableBufferPointer<Double>
  ) {
    let n = target.count
    for i in 0..<n { target[i] += factor * matrix[j * n + i] }
  }

  /// Row `i` += factor · row `j` of one matrix.
  package static func add(
    _ factor: Double, _ matrix: UnsafeBufferPointer<Double>, _ j: Int,
    to target: UnsafeMutableBufferPointer<Double>, _ i: Int, _ n: Int
  ) {
    guard let from = matrix.baseAddress, let into = target.baseAddress else { return }
    let (source, row) = (from + j * n, into + i * n)
    for place in 0..<n { row[place] += factor * source[place] }
  }

  /// Row `j` times a factor.
  package static func scale(
    _ factor: Double, _ matrix: UnsafeMutableBufferPointer<Double>, _ j: Int, count n: Int
  ) { for i in j * n..<(j + 1) * n { matrix[i] *= factor } }
}
