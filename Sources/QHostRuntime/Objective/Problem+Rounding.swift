internal import QHostInterfaces

extension Problem {
  /// What sums of moves may be off by, as a part of the size of bounds.
  private static let rounding = 1e-12

  /// A point on its bounds where rounding has put it outside.
  ///
  /// A base and its moves are added up, and −5 may have become −5.0000000000000009. What lies further out is left as it
  /// was asked for.
  func withoutRounding(_ point: [Double]) -> [Double] {
    guard point.count == lower.count else { return point }
    return point.indices.map { index in
      let (value, low, high) = (point[index], lower[index], upper[index])
      if value < low, low - value <= Self.rounding * max(1, abs(low)) { return low }
      if value > high, value - high <= Self.rounding * max(1, abs(high)) { return high }
      return value
    }
  }
}
