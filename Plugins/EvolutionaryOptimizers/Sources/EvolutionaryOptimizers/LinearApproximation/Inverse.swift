/// The inverse of the transpose of a square matrix.
enum Inverse {
  /// B with B Dᵀ = 1, by elimination with row exchanges.
  ///
  /// - Parameters:
  ///   - matrix: D, [n × n].
  ///   - n: its size.
  /// - Returns: B, [n × n]; `nil` when D has no inverse.
  static func transposed(of matrix: [Double], _ n: Int) -> [Double]? {
    var left = [Double](repeating: 0, count: n * n)
    var right = left
    for i in 0..<n {
      for j in 0..<n { left[i * n + j] = matrix[j * n + i] }
      right[i * n + i] = 1
    }
    for column in 0..<n {
      let pivot = (column..<n).max { abs(left[$0 * n + column]) < abs(left[$1 * n + column]) }
      guard let pivot, left[pivot * n + column] != 0 else { return nil }
      if pivot != column {
        for i in 0..<n {
          left.swapAt(pivot * n + i, column * n + i)
          right.swapAt(pivot * n + i, column * n + i)
        }
      }
      let factor = 1 / left[column * n + column]
      left.withUnsafeMutableBufferPointer { Rows.scale(factor, $0, column, count: n) }
      right.withUnsafeMutableBufferPointer { Rows.scale(factor, $0, column, count: n) }
      for row in 0..<n where row != column && left[row * n + column] != 0 {
        let part = -left[row * n + column]
        left.withUnsafeMutableBufferPointer {
          Rows.add(part, UnsafeBufferPointer($0), column, to: $0, row, n)
        }
        right.withUnsafeMutableBufferPointer {
          Rows.add(part, UnsafeBufferPointer($0), column, to: $0, row, n)
        }
      }
    }
    return right
  }
}
