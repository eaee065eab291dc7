#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A bowl with a regular grid of minima, the best at 0.
///
///     f(z) = Σ zᵢ² + 10 (1 − cos 2πzᵢ)
///
/// 1 − cos 2πz is taken as 2 sin² πz, which keeps its digits near the minimum.
///
/// Source: L. A. Rastrigin, Systems of Extremal Control, 1974; n dimensions: Mühlenbein, Schomisch,
/// Born, Parallel Computing 17, 1991.
struct Rastrigin: SumFunction {
  static let facts = TestFunctionFacts(
    name: "rastrigin", documentation: "Separable, about 10^n minima on a regular grid.",
    domain: -5.12...5.12, partCost: 68)

  let partCount: Int
  var optimum: Double { 0 }

  init(dimension: Int) { partCount = dimension }

  @inline(__always)
  func part(_ index: Int, _ z: Double, next: Double) -> Double {
    let sine = sin(.pi * z)
    return z * z + 20 * sine * sine
  }
}
