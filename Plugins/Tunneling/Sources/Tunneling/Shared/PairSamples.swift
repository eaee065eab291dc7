package import QHostInterfaces

/// Antithetic pairs mean ± d from the product density of all packets, folded into the box.
///
/// d_i is Gaussian with the width of packet i. What a pair has on the odd side, (d⁺ − d⁻)/2, and on
/// the even one, (d⁺ + d⁻)/2, is kept in widths; the latter is 0 unless a bound folded the pair.
package struct PairSamples {
  /// The number of parameters, n.
  let dimension: Int
  /// The pairs that were drawn.
  private(set) var pairCount = 0
  /// (d⁺ − d⁻)/2 in widths, [m × n].
  package private(set) var odd: [Float]
  /// (d⁺ + d⁻)/2 in widths, [m × n].
  private(set) var middle: [Float]
  /// Whether a bound folded a pair.
  package private(set) var isFolded = false
  /// The losses at mean + d, [m] so far.
  private(set) var plus: [Double] = []
  /// The losses at mean − d, [m] so far.
  private(set) var minus: [Double] = []

  /// Prepares room for m pairs.
  package init(dimension: Int, capacity: Int) {
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
  package mutating func draw(
    _ normals: UnsafeBufferPointer<Double>, mean: [Double], widths: [Double], in box: SearchBox,
    to points: inout [Double]
  ) {
    let rowCount = normals.count / dimension
    let first = points.count
    for _ in 0..<2 * rowCount { box.appendStart(to: &points) }
    points.withUnsafeMutableBufferPointer { points in
      for row in 0..<rowCount {
        let start = first + 2 * row * box.parameterCount
        drawPair(
          UnsafeBufferPointer(rebasing: normals[row * dimension..<(row + 1) * dimension]),
          row: pairCount + row, mean: mean, widths: widths, in: box,
          UnsafeMutableBufferPointer(rebasing: points[start..<start + 2 * box.parameterCount]))
      }
    }
    pairCount += rowCount
  }

  /// Writes the two points of one pair, and keeps what a regression needs of it.
  private mutating func drawPair(
    _ normals: UnsafeBufferPointer<Double>, row: Int, mean: [Double], widths: [Double],
    in box: SearchBox, _ points: UnsafeMutableBufferPointer<Double>
  ) {
    let n = dimension
    odd.withUnsafeMutableBufferPointer { odd in
      middle.withUnsafeMutableBufferPointer { middle in
        for i in 0..<n {
          let (centre, width) = (mean[i], widths[i])
          let d = width * normals[i]
          let (right, left) = (centre + d, centre - d)
          let (up, down) = (box.folded(right, i), box.folded(left, i))
          box.write(up, i, points, at: 0)
          box.write(down, i, points, at: box.parameterCount)
          var (half, shift) = (Float(normals[i]), Float(0))
          if up != right || down != left {
            isFolded = true
            half = Float(0.5 * (up - down) / width)
            shift = Float((0.5 * (up + down) - centre) / width)
          }
          odd[row * n + i] = half
          middle[row * n + i] = shift
        }
      }
    }
  }

  /// Brings the losses that it holds up to date with those of an answer.
  package mutating func renew(_ answer: Answer) {
    answer.renew(&plus)
    answer.renew(&minus)
  }

  /// Takes the losses of the pairs, plus and minus by turns.
  package mutating func take(_ losses: ArraySlice<Double>) {
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
