#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The weights and rates of a CMA-ES of n parameters and λ points a generation.
///
/// Source: Hansen, *The CMA evolution strategy: a tutorial*, arXiv:1604.00772, equations 49 to 58 and
/// table 1. A diagonal covariance learns (n + 2)/3 times as fast: Ros, Hansen, PPSN 2008, section 3.
struct StrategyConstants {
  /// λ.
  let populationCount: Int
  /// w, [λ], of the points in the order of their losses; the better half sums to 1, the others to
  /// less than 0 unless updates are not active.
  let weights: [Double]
  /// How many of them are above 0: μ.
  let parentCount: Int
  /// μ_eff of the better half.
  let effectiveCount: Double
  /// c_σ.
  let pathRate: Double
  /// d_σ.
  let damping: Double
  /// c_c.
  let covariancePathRate: Double
  /// c₁.
  let rankOneRate: Double
  /// c_μ.
  let rankManyRate: Double
  /// E‖N(0, I)‖.
  let expectedLength: Double

  init(dimension: Int, populationCount: Int, isDiagonal: Bool, isActive: Bool) {
    let n = Double(dimension)
    self.populationCount = populationCount
    let raw = (1...populationCount).map { log(0.5 * Double(populationCount + 1)) - log(Double($0)) }
    let mu = populationCount / 2
    parentCount = mu
    let effective = Self.effectiveCount(raw[..<mu])
    effectiveCount = effective
    pathRate = (effective + 2) / (n + effective + 5)
    damping = 1 + 2 * max(0, ((effective - 1) / (n + 1)).squareRoot() - 1) + pathRate
    covariancePathRate = (4 + effective / n) / (n + 4 + 2 * effective / n)
    let speed = isDiagonal ? (n + 2) / 3 : 1
    let c1 = min(1, speed * 2 / ((n + 1.3) * (n + 1.3) + effective))
    let many = 2 * (0.25 + effective + 1 / effective - 2) / ((n + 2) * (n + 2) + effective)
    let cmu = min(1 - c1, speed * many)
    rankOneRate = c1
    rankManyRate = cmu
    expectedLength = n.squareRoot() * (1 - 1 / (4 * n) + 1 / (21 * n * n))
    let sum = raw[..<mu].reduce(0, +)
    let lost = -raw[mu...].filter { $0 < 0 }.reduce(0, +)
    let others = Self.effectiveCount(raw[mu...])
    let least = min(
      1 + c1 / cmu, 1 + 2 * others / (effective + 2), (1 - c1 - cmu) / (n * cmu))
    let negative = isActive && lost > 0 && cmu > 0 ? max(0, least) / lost : 0
    weights = raw.enumerated().map {
      $0.offset < mu ? $0.element / sum : min($0.element, 0) * negative
    }
  }

  private static func effectiveCount(_ weights: ArraySlice<Double>) -> Double {
    let sum = weights.reduce(0, +)
    return sum * sum / weights.reduce(0) { $0 + $1 * $1 }
  }

  /// λ when users set none: 4 + ⌊3 ln n⌋.
  static func populationCount(dimension: Int) -> Int { 4 + Int(3 * log(Double(dimension))) }
}
