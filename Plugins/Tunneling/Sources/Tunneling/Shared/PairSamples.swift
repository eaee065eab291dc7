import QHostInterfaces

/// Antithetic pairs mean ± d from the product density of all packets, folded into the box.
///
/// d_i is Gaussian with the width of packet i. What a pair has on the odd side, (d⁺ − d⁻)/2, and on
/// the even one, (d⁺ + d⁻)/2, is kept in widths; the latter is 0 unless a bound folded the pair.
struct PairSamples {
  /// The number of parameters, n.
  let dimension: Int
  /// The pairs that were drawn.
  private(set) var pairCount = 0
  /// (d⁺ − d⁻)/2 in widths, [m × n].
  private(set) var odd: [Float]
  /// (d⁺ + d⁻)/2 in widths, [m × n].
  private(set) var middle: [Float]
  /// Whether a bound folded a pair.
  private(set) var isFolded = false
  /// The losses at mean + d, [m] so far.
  private(set) var plus: [Double] = []
  /// The losses at mean − d, [m] so far.
  private(set) var minus: [Double] = []

  /// Prepares room for m pairs.
  init(dimension: Int, capacity: Int) {
    self.dimension = dimension
    odd = Array(repeating: 0, count: capacity * dimension)
    middle = odd
  }

  /// The pairs that fit.
  var capacity: Int { odd.count / dimension }

  /// Starts a new round.
  mutating func clear() {
    pairCount = 0
    isFolded = false
    plus.removeAll(keepingCapacity: true)
    minus.removeAll(keepingCapacity: true)
  }

  /// Adds the points of further pairs.
  ///
  /// - Parameters:
  ///   - normals: [pairs × n].
  ///   - mean: the packets' means [n], in units of the box.
  ///   - widths: their standard deviations [n].
  ///   - box: the bounds.
  ///   - points: what is asked for; in and out.
  mutating func draw(
    _ normals: UnsafeBufferPointer<Double>, mean: [Double], widths: [Double], in box: SearchBox,
    to points: inout [Double]
  ) {
    let n = dimension
    var places = Array(repeating: 0.0, count: 2 * n)
    for row in 0..<normals.count / n {
      let start = (pairCount + row) * n
      for i in 0..<n {
        let d = widths[i] * normals[row * n + i]
        let (right, left) = (mean[i] + d, mean[i] - d)
        let (up, down) = (box.folded(right, i), box.folded(left, i))
        places[i] = up
        places[n + i] = down
        guard up != right || down != left else {
          odd[start + i] = Float(normals[row * n + i])
          middle[start + i] = 0
          continue
        }
        isFolded = true
        odd[start + i] = Float(0.5 * (up - down) / widths[i])
        middle[start + i] = Float((0.5 * (up + down) - mean[i]) / widths[i])
      }
      places.withUnsafeBufferPointer { places in
        guard let start = places.baseAddress else { return }
        box.append(start, to: &points)
        box.append(start + n, to: &points)
      }
    }
    pairCount += normals.count / n
  }

  /// Takes the losses of the pairs, plus and minus by turns.
  mutating func take(_ losses: ArraySlice<Double>) {
    for (place, loss) in losses.enumerated() {
      if place % 2 == 0 { plus.append(loss) } else { minus.append(loss) }
    }
  }

  /// Lets infeasible points count as the highest feasible loss, and says how many are feasible.
  mutating func replaceInfeasible() -> Int {
    var highest = -Double.infinity
    var feasibleCount = 0
    for loss in plus + minus where loss.isFinite {
      highest = max(highest, loss)
      feasibleCount += 1
    }
    guard feasibleCount > 0, feasibleCount < 2 * pairCount else { return feasibleCount }
    for row in plus.indices {
      if !plus[row].isFinite { plus[row] = highest }
      if !minus[row].isFinite { minus[row] = highest }
    }
    return feasibleCount
  }
}
