internal import Foundation

/// The lowest eigenvalue of a large symmetric matrix that is known by its products with vectors.
///
/// Vectors are not kept: the eigenvalues of the tridiagonal matrix of the recursion are enough for a value, and the
/// copies of eigenvalues that lost orthogonality brings do not move the lowest one.
///
/// Source: C. Lanczos, J. Res. Nat. Bur. Stand. 45 (1950) 255; C. C. Paige, J. Inst. Maths Applics 18 (1976) 341.
public struct Lanczos: Sendable {
  /// Most products.
  public var stepLimit = 500
  /// How little the value may move over ten steps, relative to the largest coefficient.
  public var tolerance = 1e-13

  /// The usual limits.
  public init() {}

  /// Three vectors: the bytes that ``lowest(start:_:)`` takes for `count` rows.
  public static func byteCount(_ count: Double) -> Double { 3 * 8 * count }

  /// The lowest eigenvalue.
  ///
  /// - Parameters:
  ///   - start: a vector with a part along the eigenvector; its memory is used.
  ///   - multiply: adds the matrix times its first argument to its second one.
  /// - Returns: the eigenvalue; `nil` where the recursion has not settled within the limit of steps.
  public func lowest(
    start: consuming [Double], _ multiply: ([Double], inout [Double]) -> Void
  ) -> Double? {
    precondition(!start.isEmpty, "a matrix has rows")
    let norm = start.reduce(0) { $0 + $1 * $1 }.squareRoot()
    precondition(norm > 0 && norm.isFinite, "a start of length \(norm)")
    var current = start
    for index in current.indices { current[index] /= norm }
    var before = [Double](repeating: 0, count: current.count)
    var (diagonal, beside): ([Double], [Double]) = ([], [])
    var values: [Double] = []
    for step in 0..<max(1, min(stepLimit, 4 * current.count)) {
      // before ← H current − β before, in place.
      let beta = beside.last ?? 0
      for index in before.indices { before[index] *= -beta }
      multiply(current, &before)
      var alpha = 0.0
      for index in current.indices { alpha += current[index] * before[index] }
      var square = 0.0
      for index in current.indices {
        before[index] -= alpha * current[index]
        square += before[index] * before[index]
      }
      diagonal.append(alpha)
      let next = square.squareRoot()
      let scale = diagonal.reduce(0) { max($0, abs($1)) } + (beside.max() ?? 0) + 1e-300
      values.append(Self.lowest(diagonal: diagonal, beside: beside))
      let isInvariant = next <= 1e-14 * scale
      if isInvariant { return values.last }
      if step >= 10, abs(values[step] - values[step - 10]) <= tolerance * scale {
        return values.last
      }
      beside.append(next)
      for index in before.indices { before[index] /= next }
      swap(&before, &current)
    }
    return nil
  }

  /// The lowest eigenvalue of a symmetric tridiagonal matrix, by bisection on Sturm's count.
  ///
  /// - Parameters:
  ///   - diagonal: [n].
  ///   - beside: at least n − 1 numbers.
  /// - Returns: the eigenvalue, to the last bits.
  public static func lowest(diagonal: [Double], beside: [Double]) -> Double {
    func radius(_ index: Int) -> Double {
      (index > 0 ? abs(beside[index - 1]) : 0)
        + (index + 1 < diagonal.count ? abs(beside[index]) : 0)
    }
    var lower = diagonal.indices.map { diagonal[$0] - radius($0) }.min() ?? 0
    var upper = diagonal.min() ?? 0
    /// Whether an eigenvalue lies below.
    func hasBelow(_ value: Double) -> Bool {
      var pivot = diagonal[0] - value
      if pivot < 0 { return true }
      for index in 1..<max(1, diagonal.count) {
        let b = beside[index - 1]
        pivot = diagonal[index] - value - b * b / (pivot == 0 ? 1e-300 : pivot)
        if pivot < 0 { return true }
      }
      return false
    }
    while true {
      let middle = lower + 0.5 * (upper - lower)
      guard middle > lower, middle < upper else { return upper }
      if hasBelow(middle) { upper = middle } else { lower = middle }
    }
  }
}
