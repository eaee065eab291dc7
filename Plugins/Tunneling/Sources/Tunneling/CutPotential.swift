/// Turns the losses of cuts into dimensionless potentials: 0 at the lowest loss, 1 a typical height.
///
/// This is the literal way of the seed: the loss along one parameter, all others at their means.
struct CutPotential {
  /// What a loss counts for at most, in typical heights: walls and infeasible points.
  static let ceiling = 4.0

  /// The potentials at the nodes, [m × K].
  private(set) var nodes: [Double] = []
  /// Which cuts show no difference, [m].
  private(set) var isFlat: [Bool] = []
  /// Which cuts have infeasible offsets, [m].
  private(set) var hasWall: [Bool] = []
  private var sorted: [Double] = []

  /// Prepares room for `capacity` nodes.
  init(capacity: Int) {
    nodes.reserveCapacity(capacity)
    sorted.reserveCapacity(capacity)
  }

  /// Forgets the cuts of the query before.
  mutating func clear() {
    nodes.removeAll(keepingCapacity: true)
    isFlat.removeAll(keepingCapacity: true)
    hasWall.removeAll(keepingCapacity: true)
  }

  /// Scales the losses of one more cut, some of which may be infinite.
  ///
  /// The typical height is the whole range of up to five losses, and the upper quartile over the
  /// lowest of more, so that a wall at one end does not flatten the rest.
  ///
  /// - Parameter losses: [K].
  mutating func append(_ losses: UnsafeBufferPointer<Double>) {
    let start = nodes.count
    var lowest = Double.infinity
    var highest = -Double.infinity
    var feasibleCount = 0
    for value in losses {
      nodes.append(value)
      guard value < .infinity else { continue }
      lowest = min(lowest, value)
      highest = max(highest, value)
      feasibleCount += 1
    }
    let height = typicalHeight(start, lowest, highest)
    let rounding = 1e-15 * max(abs(lowest), abs(highest))
    let varies = height > rounding && height < .infinity
    isFlat.append(!varies && (feasibleCount == losses.count || feasibleCount == 0))
    hasWall.append(feasibleCount < losses.count)
    let scale = varies ? 1 / height : 0
    // The reciprocal of a subnormal height overflows; quotients of such numbers do not.
    let divides = scale == .infinity
    for k in start..<nodes.count {
      if !(nodes[k] < .infinity) {
        nodes[k] = Self.ceiling
      } else {
        let above = nodes[k] - lowest
        nodes[k] = varies ? min(divides ? above / height : above * scale, 1e9) : 0
      }
    }
  }

  private mutating func typicalHeight(
    _ start: Int, _ lowest: Double, _ highest: Double
  ) -> Double {
    guard nodes.count - start > 5 else { return highest - lowest }
    sorted.removeAll(keepingCapacity: true)
    for k in start..<nodes.count where nodes[k] < .infinity { sorted.append(nodes[k]) }
    guard !sorted.isEmpty else { return 0 }
    sorted.sort()
    let quartile = sorted[sorted.count * 3 / 4] - lowest
    return quartile > 0 ? quartile : highest - lowest
  }
}
