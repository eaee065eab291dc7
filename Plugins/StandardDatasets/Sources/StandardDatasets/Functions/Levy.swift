#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Ripples across a bowl; minimum at (1, …, 1). With wᵢ = 1 + (zᵢ − 1) / 4:
///
///     f(z) = sin² πw₁ + Σ_{i<n} (wᵢ − 1)² (1 + 10 sin²(πwᵢ + 1)) + (wₙ − 1)² (1 + sin² 2πwₙ)
///
/// Source: Surjanovic, Bingham, Virtual Library of Simulation Experiments; after A. V. Levy, A.
/// Montalvo, SIAM J. Sci. Stat. Comput. 6, 1985.
struct Levy: SumFunction {
  static let facts = TestFunctionFacts(
    name: "levy", documentation: "Separable ripples across a bowl.", domain: -10...10,
    partCost: 70)

  let partCount: Int
  var optimum: Double { 1 }

  init(dimension: Int) { partCount = dimension }

  @inline(__always)
  func part(_ index: Int, _ z: Double, next: Double) -> Double {
    // With u = w − 1: sin² πw = sin² πu, and likewise for 2πw.
    let u = (z - 1) / 4
    var value = 0.0
    if index == 0 {
      let sine = sin(.pi * u)
      value = sine * sine
    }
    if index == partCount - 1 {
      let sine = sin(2 * .pi * u)
      return value + u * u * (1 + sine * sine)
    }
    let sine = sin(.pi * (u + 1) + 1)
    return value + u * u * (1 + 10 * sine * sine)
  }
}
