#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The rates at which signed particles create others, by place and momentum.
///
/// R is the potential less its parabola, constant beyond the grid, y = l·spacing, |l| ≤ N, 2N·spacing
/// the coherence length and Δp = πħ/(2N·spacing) the unit of momentum.
///
/// Real time: R(x+y) − R(x−y) = Σ_M d_M(x) sin(2MΔp y/ħ); a particle creates the pair p ± MΔp at the
/// rate |d_M|/2ħ. Imaginary time: (R(x+y) + R(x−y))/2 = Σ_M r_M(x) cos(2MΔp y/ħ); it creates one
/// particle at p + MΔp or p − MΔp at the rate 2|r_M|/ħ, M ≥ 1.
struct WignerKernel {
  /// Σ_M of the rates at each grid point, [G].
  private(set) var rates: [Double]
  /// r_0 at each grid point, [G]; 0 in real time.
  private(set) var local: [Double]
  /// Sums of rates up to M = 1, 2, …, [G × N].
  private var sums: [Double]
  /// Signs of d_M or r_M, [G × N].
  private var signs: [Double]
  private let reach: Int
  /// Δp.
  let unit: Double

  /// Builds the table: O(G·N²).
  ///
  /// - Parameters:
  ///   - residual: R on the grid, [G].
  ///   - reach: N, at least 2.
  ///   - spacing: of the grid.
  ///   - hbar: ħ.
  ///   - isReal: which of the two.
  init(residual: [Double], reach: Int, spacing: Double, hbar: Double, isReal: Bool) {
    let grid = residual.count
    self.reach = reach
    unit = Double.pi * hbar / (2 * Double(reach) * spacing)
    rates = Array(repeating: 0, count: grid)
    local = rates
    sums = Array(repeating: 0, count: grid * reach)
    signs = sums
    let period = 2 * reach
    let wave = (0..<period).map { step in
      let angle = Double.pi * Double(step) / Double(reach)
      return isReal ? sin(angle) : cos(angle)
    }
    var bend = [Double](repeating: 0, count: reach + 1)
    for i in 0..<grid {
      for l in 0...reach {
        let (right, left) = (residual[min(i + l, grid - 1)], residual[max(i - l, 0)])
        bend[l] = isReal ? right - left : 0.5 * (right + left)
      }
      if !isReal {
        bend[0] *= 0.5
        bend[reach] *= 0.5
        local[i] = bend.reduce(0, +) / Double(reach)
      }
      var total = 0.0
      for order in 1...reach {
        var sum = 0.0
        for l in 0...reach { sum += bend[l] * wave[order * l % period] }
        let part = sum * (order == reach ? 1 : 2) / Double(reach)
        // Rounding of a parabola must not create anything.
        total += abs(part) * (isReal ? 0.5 : 2) / hbar
        sums[i * reach + order - 1] = total
        signs[i * reach + order - 1] = part < 0 ? -1 : 1
      }
      rates[i] = total
    }
  }

  /// Draws M at a grid point from u uniform over [0, 1); the sign is that of d_M or r_M.
  @inline(__always)
  func draw(_ point: Int, _ u: Double) -> (order: Double, sign: Double) {
    let first = point * reach
    let target = u * rates[point]
    var low = 0
    var high = reach - 1
    while low < high {
      let middle = (low + high) / 2
      if sums[first + middle] > target { high = middle } else { low = middle + 1 }
    }
    return (Double(low + 1), signs[first + low])
  }
}
