/// All packets' potentials from the same losses.
///
/// V_i(u) = a_i u + b_i (u² − 1), u the displacement from the packet's mean in its widths: Hermite's
/// polynomials of degree 1 and 2. Half the difference of an antithetic pair has the slopes alone and
/// half the sum the curvatures alone, so that each is fitted without the other's noise; what folding
/// mixes between them is taken off with the other's last estimate.
///
/// Sources: RS-HDMR: G. Li, S.-W. Wang, H. Rabitz, J. Phys. Chem. A 106 (2002) 8721; degree 1 by
/// averages is the evolution strategy of T. Salimans et al., arXiv:1703.03864.
package struct PotentialRegression {
  private var solver: LeastSquares
  private var even: [Float] = []

  /// Prepares for n packets.
  package init(dimension: Int) { solver = LeastSquares(columns: dimension) }

  /// Fits slopes a and curvatures b, in units of the loss.
  ///
  /// - Parameters:
  ///   - samples: pairs with finite losses.
  ///   - curvatures: what is known of b before, [n]; empty: nothing.
  /// - Returns: a and b with their variances.
  package mutating func fit(
    _ samples: PairSamples, knowing curvatures: [Double]
  ) -> (slopes: LeastSquares.Fit, curvatures: LeastSquares.Fit) {
    var differences = zip(samples.plus, samples.minus).map { 0.5 * ($0 - $1) }
    if samples.isFolded, !curvatures.isEmpty {
      for row in differences.indices { differences[row] -= crossTerm(samples, row, curvatures) }
    }
    let slopes = solver.fit(samples.odd, right: differences)
    var sums = zip(samples.plus, samples.minus).map { 0.5 * ($0 + $1) }
    if samples.isFolded {
      for row in sums.indices { sums[row] -= middleTerm(samples, row, slopes.coefficients) }
    }
    let mean = sums.reduce(0, +) / Double(sums.count)
    for row in sums.indices { sums[row] -= mean }
    fillEven(samples)
    return (slopes, solver.fit(even, right: sums, entryVariance: 2))
  }

  /// Σ b_i ((d⁺)² − (d⁻)²)/2: what the curvatures add to a difference.
  private func crossTerm(_ samples: PairSamples, _ row: Int, _ curvatures: [Double]) -> Double {
    let start = row * samples.dimension
    var sum = 0.0
    for (i, curvature) in curvatures.enumerated() {
      sum += 2 * curvature * Double(samples.odd[start + i] * samples.middle[start + i])
    }
    return sum
  }

  /// Σ a_i (d⁺ + d⁻)/2: what the slopes add to a sum.
  private func middleTerm(_ samples: PairSamples, _ row: Int, _ slopes: [Double]) -> Double {
    let start = row * samples.dimension
    var sum = 0.0
    for (i, slope) in slopes.enumerated() { sum += slope * Double(samples.middle[start + i]) }
    return sum
  }

  /// ((d⁺)² + (d⁻)²)/2 without its mean over the pairs, [m × n].
  private mutating func fillEven(_ samples: PairSamples) {
    let count = samples.pairCount * samples.dimension
    if even.count < count { even = Array(repeating: 0, count: count) }
    even.withUnsafeMutableBufferPointer { even in
      samples.odd.withUnsafeBufferPointer { odd in
        guard samples.isFolded else {
          for place in 0..<count { even[place] = odd[place] * odd[place] - 1 }
          return
        }
        samples.middle.withUnsafeBufferPointer { middle in
          for place in 0..<count {
            even[place] = odd[place] * odd[place] + middle[place] * middle[place] - 1
          }
        }
      }
    }
    centre(rowCount: samples.pairCount, columns: samples.dimension)
  }

  /// Takes the means off the columns of `even`.
  private mutating func centre(rowCount: Int, columns n: Int) {
    var means = Array(repeating: Float(0), count: n)
    even.withUnsafeMutableBufferPointer { even in
      means.withUnsafeMutableBufferPointer { means in
        for row in 0..<rowCount {
          for i in 0..<n { means[i] += even[row * n + i] }
        }
        for i in 0..<n { means[i] /= Float(rowCount) }
        for row in 0..<rowCount {
          for i in 0..<n { even[row * n + i] -= means[i] }
        }
      }
    }
  }
}
