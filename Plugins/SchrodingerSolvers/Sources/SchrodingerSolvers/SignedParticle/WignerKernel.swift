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
    let wave = (0..<2 * reach).map { step in
      let angle = Double.pi * Double(step) / Double(reach)
      return isReal ? sin(angle) : cos(angle)
    }
    for point in 0..<grid {
      let bend = Self.bend(residual, point, reach: reach, isReal: isReal)
      if !isReal { local[point] = bend.reduce(0, +) / Double(reach) }
      fill(point, bend, wave, perUnit: (isReal ? 0.5 : 2) / hbar)
    }
  }

  /// What is expanded, by l; the ends of a cosine series count half.
  private static func bend(
    _ residual: [Double], _ point: Int, reach: Int, isReal: Bool
  ) -> [Double] {
    (0...reach).map { l in
      let right = residual[min(point + l, residual.count - 1)]
      let left = residual[max(point - l, 0)]
      if isReal { return right - left }
      return 0.5 * (right + left) * (l == 0 || l == reach ? 0.5 : 1)
    }
  }

  private mutating func fill(_ point: Int, _ bend: [Double], _ wave: [Double], perUnit: Double) {
    var total = 0.0
    for order in 1...reach {
      var sum = 0.0
      for l in 0...reach { sum += bend[l] * wave[order * l % wave.count] }
      let part = sum * (order == reach ? 1 : 2) / Double(reach)
      total += abs(part) * perUnit
      sums[point * reach + order - 1] = total
      signs[point * reach + order - 1] = part < 0 ? -1 : 1
    }
    rates[point] = total
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
