/// The volume that points dominate, up to a reference at 1 in every objective.
///
/// With one or two objectives by a sweep; with more by the algorithm of L. While, L. Bradstreet and L. Barone, "A fast
/// way of calculating exact hypervolumes", 2012: the volume is the sum over points of what each adds to those
/// behind it.
package enum Hypervolume {
  /// The volume of points [k][M], less is better.
  ///
  /// - Parameter points: z; one that is not below 1 in all objectives adds nothing.
  /// - Returns: the volume; at most 1 where no point is better than the ideal, 0.
  package static func of(_ points: [[Double]]) -> Double {
    volume(nondominated(points.filter { $0.allSatisfy { $0 < 1 } }))
  }

  private static func volume(_ points: [[Double]]) -> Double {
    guard let first = points.first else { return 0 }
    if points.count == 1 { return box(first) }
    switch first.count {
    case 1: return 1 - (points.map { $0[0] }.min() ?? 1)
    case 2: return area(points)
    default: break
    }
    // Those that are worst in the last objective first: what they add is cut off early.
    let order = points.sorted { ($0.last ?? 0) > ($1.last ?? 0) }
    var sum = 0.0
    for (index, point) in order.enumerated() {
      let behind = order[(index + 1)...].map { other in
        zip(point, other).map { max($0, $1) }
      }
      sum += box(point) - volume(nondominated(behind))
    }
    return sum
  }

  private static func box(_ point: [Double]) -> Double { point.reduce(1) { $0 * (1 - $1) } }

  private static func area(_ points: [[Double]]) -> Double {
    var (sum, height) = (0.0, 1.0)
    for point in points.sorted(by: { ($0[0], $0[1]) < ($1[0], $1[1]) }) where point[1] < height {
      sum += (1 - point[0]) * (height - point[1])
      height = point[1]
    }
    return sum
  }

  /// The points without those that another one is as good as.
  private static func nondominated(_ points: [[Double]]) -> [[Double]] {
    var kept: [[Double]] = []
    for point in points where !kept.contains(where: { NondominatedSet.isAsGood($0, point) }) {
      kept.removeAll { NondominatedSet.isAsGood(point, $0) }
      kept.append(point)
    }
    return kept
  }
}
