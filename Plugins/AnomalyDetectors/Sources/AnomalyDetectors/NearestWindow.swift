/// The distance of the last values of a series from the nearest ones before.
struct NearestWindow: Sendable {
  /// Values of a window.
  let width: Int
  /// Σ (x(t − i) − x(t − i − lag))² over the last `width` values, for each lag; [0] is not used.
  private var distances: [Double] = [0]

  /// Of windows of a width, at least 1.
  init(width: Int) { self.width = width }

  /// Continues by one value, the last one of `values`, which are all of the series so far.
  ///
  /// - Returns: √(1/w Σ (x − x′)²); 0 where no window lies far enough back.
  /// - Complexity: in proportion to the number of values.
  mutating func distance(_ values: [Double]) -> Double {
    let (now, width) = (values.count - 1, width)
    if now > 0 { distances.append(0) }
    let least = values.withUnsafeBufferPointer { x in
      distances.withUnsafeMutableBufferPointer { d in
        for lag in stride(from: 1, through: now, by: 1) {
          let entering = x[now] - x[now - lag]
          d[lag] += entering * entering
        }
        for lag in stride(from: 1, through: now - width, by: 1) {
          let leaving = x[now - width] - x[now - width - lag]
          d[lag] -= leaving * leaving
        }
        var least = Double.infinity
        for lag in stride(from: width, through: now - width + 1, by: 1) {
          least = d[lag] < least ? d[lag] : least
        }
        return least
      }
    }
    return least.isFinite ? (max(least, 0) / Double(width)).squareRoot() : 0
  }
}
