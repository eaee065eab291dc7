#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A nearly flat plain with a funnel; minimum at 0.
///
///     f(z) = 20 + e − 20 exp(−0.2 √(Σ zᵢ² / n)) − exp(Σ cos 2πzᵢ / n)
///
/// Taken as −20 expm1(−0.2 √(Σ zᵢ² / n)) − e expm1(−Σ (1 − cos 2πzᵢ) / n), which keeps its digits
/// near the minimum.
///
/// Source: D. H. Ackley, A Connectionist Machine for Genetic Hillclimbing, 1987; n dimensions: Bäck,
/// Schwefel, Evolutionary Computation 1, 1993.
struct Ackley: TestFunction {
  /// The two sums.
  struct Sums: Sendable {
    /// Σ zᵢ².
    var squares: Double
    /// Σ sin² πzᵢ = Σ (1 − cos 2πzᵢ) / 2.
    var ripples: Double
  }

  static let facts = TestFunctionFacts(
    name: "ackley", documentation: "A nearly flat plain of ripples with one funnel.",
    domain: -32.768...32.768, partCost: 68, lossCost: 170)
  static var empty: Sums { Sums(squares: 0, ripples: 0) }

  let partCount: Int
  var optimum: Double { 0 }

  init(dimension: Int) { partCount = dimension }

  @inline(__always)
  func part(_ index: Int, _ z: Double, next: Double) -> Sums {
    let sine = sin(.pi * z)
    return Sums(squares: z * z, ripples: sine * sine)
  }

  @inline(__always)
  static func combined(_ a: Sums, _ b: Sums) -> Sums {
    Sums(squares: a.squares + b.squares, ripples: a.ripples + b.ripples)
  }

  @inline(__always)
  func loss(_ total: Sums) -> Double {
    let n = Double(partCount)
    let funnel = -20 * expm1(-0.2 * (total.squares / n).squareRoot())
    return funnel - M_E * expm1(-2 * total.ripples / n)
  }
}
