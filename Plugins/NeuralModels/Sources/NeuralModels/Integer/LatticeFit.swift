/// Whole weights for which a unit's sums come nearest to given ones over rows of levels.
///
/// With levels h [B × N], wanted sums t [B], rows' weights ω [B] and the size u of a weight of 1 it looks for the sites q with
/// the least Σ_b ω_b (t_b − u Σ_i q_i h_bi − c)², c the constant that a bias takes up. From a first guess it changes one site
/// at a time to the best one with all others as they are, until none gets better: what rounding one weight
/// leaves is made up for by those whose inputs go with its own. That is coordinate descent for the problem that
/// E. Frantar, S. Ashkboos, T. Hoefler and D. Alistarh (arXiv:2210.17323) solve column by column.
struct LatticeFit {
  /// Sweeps at most; mostly a few are enough.
  private static let sweepLimit = 8

  /// √ω (h_i − mean), a column for each input.
  private let columns: [[SIMD16<Float>]]
  /// Σ of their squares.
  private let squares: [Float]
  /// √ω (t − mean).
  private let target: [SIMD16<Float>]

  /// Takes rows; their means, weighted by ω, are left to the bias.
  ///
  /// - Parameters:
  ///   - levels: [B][N], at least one row.
  ///   - sums: [B].
  ///   - weights: ω [B], above 0.
  init(levels: [[Int]], sums: [Double], weights: [Double]) {
    let total = weights.reduce(0, +)
    func column(_ value: (Int) -> Double) -> [SIMD16<Float>] {
      var mean = 0.0
      for row in levels.indices { mean += weights[row] / total * value(row) }
      var column = [SIMD16<Float>](repeating: .zero, count: (levels.count + 15) / 16)
      for row in levels.indices {
        column[row / 16][row % 16] = Float(weights[row].squareRoot() * (value(row) - mean))
      }
      return column
    }
    columns = (levels.first ?? []).indices.map { input in column { Double(levels[$0][input]) } }
    target = column { sums[$0] }
    squares = columns.map { Self.product($0, $0) }
  }

  /// Changes one site after the other to the best one, until none gets better.
  ///
  /// - Parameters:
  ///   - start: sites [N].
  ///   - unit: u.
  ///   - lattice: which sites there are.
  /// - Returns: sites [N], and the sum of the squares that they leave.
  func descended(
    from start: [Int], unit: Double, on lattice: IntegerLattice
  ) -> (sites: [Int], error: Float) {
    var sites = start
    var rest = target
    let rounding = LayerRounding.Nearest(lattice: lattice)
    for (input, site) in sites.enumerated() where site != 0 {
      subtract(Float(unit) * Float(lattice.weight(site)), input, from: &rest)
    }
    for _ in 0..<Self.sweepLimit {
      var isDone = true
      // An input that never changes says nothing; the bias has what it adds.
      for input in sites.indices where squares[input] > 0 {
        let old = lattice.weight(sites[input])
        let step = Double(Self.product(columns[input], rest) / squares[input])
        // Sums too large for single precision leave the sites as they are.
        guard step.isFinite else { continue }
        let site = rounding.site(Double(old) * unit + step, unit: unit)
        guard site != sites[input] else { continue }
        subtract(Float(unit) * Float(lattice.weight(site) - old), input, from: &rest)
        sites[input] = site
        isDone = false
      }
      if isDone { break }
    }
    return (sites, Self.product(rest, rest))
  }

  private func subtract(_ factor: Float, _ input: Int, from rest: inout [SIMD16<Float>]) {
    let column = columns[input]
    for line in rest.indices { rest[line] -= factor * column[line] }
  }

  private static func product(_ a: [SIMD16<Float>], _ b: [SIMD16<Float>]) -> Float {
    var sums = SIMD16<Float>.zero
    for line in a.indices { sums += a[line] * b[line] }
    return sums.sum()
  }
}
