/// What projections take, in units of 0.02 ns of a core; constants are from measurements.
extension HashedProjection {
  /// The work of a product with R, and of one with its transpose.
  ///
  /// - Parameter weightCount: n.
  /// - Returns: both.
  static func work(_ weightCount: Int) -> (generating: Double, pullingBack: Double) {
    (30 * Double(weightCount), 30 * Double(weightCount))
  }
}

extension DenseProjection {
  /// The work of a product with R, and of one with its transpose.
  ///
  /// - Parameters:
  ///   - weightCount: n.
  ///   - numberCount: k.
  ///   - isKept: whether R is in memory; else each entry is drawn.
  /// - Returns: both.
  static func work(
    _ weightCount: Int, _ numberCount: Int, isKept: Bool
  ) -> (generating: Double, pullingBack: Double) {
    let entries = Double(weightCount) * Double(numberCount)
    let drawing = isKept ? 0 : 225 * entries
    return (4.4 * entries + drawing, 4 * entries + drawing)
  }
}
