internal import QHostInterfaces

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Brings a layer's real weights to a lattice: w ≈ unit · q.
///
/// The error that counts is that of the unit's sum over the rows: what the mean of an input leaves is taken up by
/// the bias. A first guess rounds each weight to the nearest site, with the unit of the least Σ_i var(h_i) (w_i − unit q_i)²,
/// as if inputs did not go together; ``LatticeFit`` has the sums themselves.
struct LayerRounding {
  let lattice: IntegerLattice
  /// The variance of each input's level, [inputs].
  let variances: [Double]

  /// Variances of levels [B][inputs].
  init(lattice: IntegerLattice, levels: [[Int]], inputCount: Int) {
    self.lattice = lattice
    var sums = [Double](repeating: 0, count: inputCount)
    var squares = sums
    for row in levels {
      for (input, level) in row.enumerated() {
        sums[input] += Double(level)
        squares[input] += Double(level * level)
      }
    }
    let count = Double(max(levels.count, 1))
    variances = zip(sums, squares).map { sum, square in
      max(square / count - (sum / count) * (sum / count), 1e-6)
    }
  }

  /// The site nearest to a weight.
  func site(_ weight: Double, unit: Double) -> Int {
    Nearest(lattice: lattice).site(weight, unit: unit)
  }

  /// The error of rows of weights at a unit.
  func error(_ rows: [ArraySlice<Double>], unit: Double) -> Double {
    rows.reduce(0) { sum, row in
      zip(row, variances).reduce(sum) { sum, pair in
        let rounded = unit * Double(lattice.weight(site(pair.0, unit: unit)))
        return sum + pair.1 * (pair.0 - rounded) * (pair.0 - rounded)
      }
    }
  }

  /// The gain, in quarters of a power of two, with the least error for one row of weights.
  func gain(of row: ArraySlice<Double>) -> Int {
    IntegerNetwork.gains.min {
      error([row], unit: exp2(Double($0) / 4)) < error([row], unit: exp2(Double($1) / 4))
    } ?? IntegerNetwork.gains.lowerBound
  }

  /// The gain and sites with the least error of a unit's sums.
  ///
  /// - Parameters:
  ///   - row: the unit's real weights.
  ///   - fit: its sums over the rows.
  /// - Returns: the gain, in quarters of a power of two, and the sites.
  func best(_ row: ArraySlice<Double>, _ fit: LatticeFit) -> (gain: Int, sites: [Int]) {
    let first = gain(of: row)
    let near = (first - Self.gainReach...first + Self.gainReach).clamped(to: IntegerNetwork.gains)
    let unit = exp2(Double(first) / 4)
    var best = (gain: first, sites: row.map { site($0, unit: unit) }, error: Float.infinity)
    for gain in near {
      let unit = exp2(Double(gain) / 4)
      let made = fit.descended(from: row.map { site($0, unit: unit) }, unit: unit, on: lattice)
      if made.error < best.error { best = (gain, made.sites, made.error) }
    }
    return (best.gain, best.sites)
  }

  /// How far the gain of the least error of the sums is looked for: a factor of 2 each way.
  private static let gainReach = 4

  /// The exponent of two with the least error for all rows together, in steps of 1/16.
  func exponent(of rows: [ArraySlice<Double>], around start: Double) -> Double {
    let candidates = (-256...256).map { start + Double($0) / 16 }
    return candidates.min {
      error(rows, unit: exp2($0)) < error(rows, unit: exp2($1))
    } ?? start
  }
}

extension LayerRounding {
  /// The nearest site of a lattice.
  struct Nearest {
    let lattice: IntegerLattice

    /// The site nearest to a weight, in units of `unit`.
    func site(_ weight: Double, unit: Double) -> Int {
      let value = abs(weight) / unit
      guard lattice.isPowers else {
        return (weight.sign == .minus ? -1 : 1) * Int(min(value.rounded(), Double(lattice.last)))
      }
      var best = 0
      for site in 1...lattice.last
      where abs(Double(lattice.weight(site)) - value) < abs(Double(lattice.weight(best)) - value) {
        best = site
      }
      return weight.sign == .minus ? -best : best
    }
  }
}
