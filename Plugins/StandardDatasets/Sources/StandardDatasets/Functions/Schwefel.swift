#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Best minima far apart: f(z) = Σ m − zᵢ sin √|zᵢ|, m the maximum of z sin √|z| on |z| ≤ 500.
///
/// The usual 418.9829 is m to four places; here the maximum is found by Newton's method, z* =
/// 420.9687…, so that the minimum is 0. Outside |z| ≤ 500, where the formula would fall below its
/// minimum, z is clamped and a wall (|z| − 500)² / 100 is added.
///
/// Source: H.-P. Schwefel, Numerical Optimization of Computer Models, 1981, problem 2.26.
struct Schwefel: SumFunction {
  static let facts = TestFunctionFacts(
    name: "schwefel",
    documentation: "Separable; the best minimum lies near a corner, far from the next.",
    domain: -500...500, partCost: 72)

  private static let limit = 500.0

  let partCount: Int
  let optimum: Double
  private let maximum: Double

  init(dimension: Int) {
    partCount = dimension
    // d/dz z sin √z = sin r + (r / 2) cos r = 0 with r = √z.
    var r = 20.5
    for _ in 0..<8 {
      r -= (sin(r) + 0.5 * r * cos(r)) / (1.5 * cos(r) - 0.5 * r * sin(r))
    }
    optimum = r * r
    maximum = Self.wave(optimum)
  }

  @inline(__always)
  private static func wave(_ z: Double) -> Double { z * sin(abs(z).squareRoot()) }

  @inline(__always)
  func part(_ index: Int, _ z: Double, next: Double) -> Double {
    let inside = min(max(z, -Self.limit), Self.limit)
    let beyond = z - inside
    // Rounding could put neighbours of the optimum an ulp below 0.
    return max(maximum - Self.wave(inside), 0) + 0.01 * beyond * beyond
  }
}
