import QHostInterfaces

/// Evenly spaced offsets along one coordinate, one of which is 0.
///
/// Node k stands for the offset (k − zeroNode) · step.
struct Cut {
  /// The coordinate.
  var coordinate: Int
  /// The distance of neighbouring offsets, above 0.
  var step: Double
  /// K ≥ 2.
  var nodeCount: Int
  /// The node of offset 0.
  var zeroNode: Int
  /// What the nodes are joined as.
  var topology: Packets.Topology

  /// The offset of a place among the nodes, which may lie between two.
  @inline(__always)
  func offset(_ node: Double) -> Double { (node - Double(zeroNode)) * step }

  /// The grid point of offset 0 among `gridCount`.
  func gridPoint(of gridCount: Int) -> Int {
    Int((Double(zeroNode) * Double(gridCount - 1) / Double(nodeCount - 1)).rounded())
  }

  /// A cut of a real coordinate at `value`, at most `halfWidth` to each side and within the bounds.
  ///
  /// K = `nodeCount` is odd and at least 3; `nil` when the bounds leave no room.
  static func real(
    _ coordinate: Int, at value: Double, halfWidth: Double, nodeCount: Int, in problem: Problem
  ) -> Cut? {
    let left = min(halfWidth, value - problem.lower[coordinate])
    let right = min(halfWidth, problem.upper[coordinate] - value)
    let last = Double(nodeCount - 1)
    let zero = left == right ? last / 2 : (left / (left + right) * last).rounded()
    guard left + right > 0, zero.isFinite else { return nil }
    // The widest spacing whose nodes stay within both sides.
    let toLeft = zero > 0 ? left / zero : .infinity
    let toRight = zero < last ? right / (last - zero) : .infinity
    let step = min(toLeft, toRight)
    guard step > 0, value + step != value else { return nil }
    return Cut(
      coordinate: coordinate, step: step, nodeCount: nodeCount, zeroNode: Int(zero),
      topology: .line)
  }

  /// A cut of an integer coordinate: integers at most `halfWidth` away, all of a category.
  ///
  /// An integer coordinate of more than `nodeCount` sites gets so many evenly spaced ones, between which
  /// the loss is interpolated; `nil` when there is only one site.
  static func sites(
    _ coordinate: Int, at value: Double, halfWidth: Double, nodeCount: Int, in problem: Problem
  ) -> Cut? {
    let isCategory = problem.kinds[coordinate] == .categorical
    let half = isCategory ? .infinity : max(1, halfWidth.rounded())
    let left = min(half, value - (isCategory ? 0 : problem.lower[coordinate].rounded(.up)))
    let right = min(half, problem.upper[coordinate].rounded(.down) - value)
    guard left + right >= 1 else { return nil }
    if !isCategory, left + right >= Double(nodeCount) {
      return spaced(coordinate, left: left, right: right, nodeCount: nodeCount)
    }
    return Cut(
      coordinate: coordinate, step: 1, nodeCount: Int(left + right) + 1, zeroNode: Int(left),
      topology: isCategory ? .complete : .chain)
  }

  /// Whole offsets from −left to right, as far apart as they can be.
  private static func spaced(
    _ coordinate: Int, left: Double, right: Double, nodeCount: Int
  ) -> Cut {
    let last = Double(nodeCount - 1)
    let zero = (left / (left + right) * last).rounded()
    let toLeft = zero > 0 ? left / zero : .infinity
    let toRight = zero < last ? right / (last - zero) : .infinity
    let step = max(1, min(toLeft, toRight).rounded(.down))
    return Cut(
      coordinate: coordinate, step: step, nodeCount: nodeCount, zeroNode: Int(zero),
      topology: .line)
  }
}
