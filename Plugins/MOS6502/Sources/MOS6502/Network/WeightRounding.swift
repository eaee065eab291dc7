internal import Glibc

/// Brings the weights of units that share one size of the sums' steps to a lattice.
protocol WeightRounding {
  var lattice: WeightLattice { get }
  /// The largest level of an input.
  var maximum: Int { get }

  /// Whole weights [units][inputs] for real ones in units of a level, and what is left, squared.
  func whole(
    _ weights: [[Double]], units: Range<Int>, size: Double
  ) -> (weights: [[Int]], error: Double)
}

extension WeightRounding {
  /// What the sums of |weight| times the largest level may reach, so that sums have 16 bits.
  private static var largestSum: Int { 40_000 }

  /// Whole weights at the size 2^(n/4) with the least error, of those whose sums fit in 16 bits.
  ///
  /// - Parameters:
  ///   - weights: [units][inputs], real, in units of a level.
  ///   - units: where the units are in their layer.
  ///   - isAllowed: whether a size may be taken.
  /// - Returns: [units][inputs], and n.
  func rounded(
    _ weights: [[Double]], units: Range<Int>, isAllowed: (Int) -> Bool
  ) -> (weights: [[Int]], size: Int) {
    let largest = weights.joined().reduce(0) { max($0, abs($1)) }
    guard largest > 0 else { return (weights.map { $0.map { _ in 0 } }, 0) }
    let top = Int((4 * log2(largest / Double(lattice.highest))).rounded(.up))
    var best = (error: Double.infinity, weights: [[Int]](), size: top)
    for size in (top - 12)...(top + 40) where size <= top + 4 || best.error == .infinity {
      guard isAllowed(size) else { continue }
      let (made, error) = whole(weights, units: units, size: TableFamily.size(size))
      guard error < best.error,
        made.allSatisfy({ $0.reduce(0) { $0 + abs($1) } * maximum <= Self.largestSum })
      else { continue }
      best = (error, made, size)
    }
    return (best.weights, best.size)
  }
}

/// Each weight for itself: to the nearest site.
struct NearestRounding: WeightRounding {
  let lattice: WeightLattice
  let maximum: Int
  /// [inputs], E[level²].
  private let squares: [Double]

  init(_ lattice: WeightLattice, _ measured: Quantisation.Measured) {
    self.lattice = lattice
    maximum = measured.scale.maximum
    squares = Quantisation.meanSquares(measured.levels)
  }

  func whole(
    _ weights: [[Double]], units: Range<Int>, size: Double
  ) -> (weights: [[Int]], error: Double) {
    let whole = weights.map { $0.map { lattice.weight(lattice.site(nearest: $0 / size)) } }
    var total = 0.0
    for (weights, whole) in zip(weights, whole) {
      for ((weight, rounded), square) in zip(zip(weights, whole), squares) {
        let difference = weight - size * Double(rounded)
        total += square * difference * difference
      }
    }
    return (whole, total)
  }
}
