/// The polynomial through the nearest four of K evenly spaced values, or through all of three.
///
/// Next to a wall a polynomial overshoots: such values are joined by straight lines instead.
///
/// It turns the losses at the K offsets of a cut into a potential on the G points of a solver's
/// grid, and back: both share the coordinate 0 ... K − 1, grid point g at g (K − 1)/(G − 1).
struct CutInterpolation {
  /// K ≥ 3.
  let nodeCount: Int
  /// G ≥ K.
  let gridCount: Int
  private let width: Int
  private let firsts: [Int]
  private let weights: [Double]

  /// Prepares the weights for K nodes and G grid points.
  init(nodeCount: Int, gridCount: Int) {
    self.nodeCount = nodeCount
    self.gridCount = gridCount
    width = min(nodeCount, 4)
    var firsts: [Int] = []
    var weights: [Double] = []
    for g in 0..<gridCount {
      let place = Double(g * (nodeCount - 1)) / Double(gridCount - 1)
      let first = Self.first(place, nodeCount, width)
      firsts.append(first)
      for k in 0..<width { weights.append(Self.weight(k, place - Double(first), width)) }
    }
    self.firsts = firsts
    self.weights = weights
  }

  /// Writes the values at the grid points, never above `ceiling`.
  func fill(
    _ grid: UnsafeMutablePointer<Double>, from values: UnsafePointer<Double>, ceiling: Double,
    isStraight: Bool
  ) {
    guard !isStraight else {
      let step = Double(nodeCount - 1) / Double(gridCount - 1)
      for g in 0..<gridCount { grid[g] = min(straight(at: Double(g) * step, values), ceiling) }
      return
    }
    weights.withUnsafeBufferPointer { weights in
      firsts.withUnsafeBufferPointer { firsts in
        for g in 0..<gridCount {
          let first = firsts[g]
          let w = g * width
          var sum =
            weights[w] * values[first] + weights[w + 1] * values[first + 1] + weights[w + 2]
            * values[first + 2]
          if width == 4 { sum += weights[w + 3] * values[first + 3] }
          grid[g] = min(sum, ceiling)
        }
      }
    }
  }

  /// The value at a place between 0 and K − 1.
  func value(at place: Double, of values: UnsafePointer<Double>, isStraight: Bool) -> Double {
    if isStraight { return straight(at: place, values) }
    let first = Self.first(place, nodeCount, width)
    var sum = 0.0
    for k in 0..<width {
      sum += Self.weight(k, place - Double(first), width) * values[first + k]
    }
    return sum
  }

  private func straight(at place: Double, _ values: UnsafePointer<Double>) -> Double {
    let first = max(0, min(Int(place), nodeCount - 2))
    let part = place - Double(first)
    return (1 - part) * values[first] + part * values[first + 1]
  }

  private static func first(_ place: Double, _ nodeCount: Int, _ width: Int) -> Int {
    max(0, min(Int(place) - (width - 2) / 2, nodeCount - width))
  }

  /// Lagrange's polynomial of node k among 0 ..< width.
  @inline(__always)
  private static func weight(_ k: Int, _ t: Double, _ width: Int) -> Double {
    var product = 1.0
    for other in 0..<width where other != k { product *= (t - Double(other)) / Double(k - other) }
    return product
  }
}
