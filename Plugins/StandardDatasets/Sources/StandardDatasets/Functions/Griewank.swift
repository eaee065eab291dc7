#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A wide bowl with ripples of all coordinates, with its minimum at 0.
///
///     f(z) = 1 + Σ zᵢ² / 4000 − Π cos(zᵢ / √i)
///
/// The product is kept as its complement d = 1 − Π cos, which two parts combine as
/// a + b (1 − a), and a single part is 2 sin²(zᵢ / 2√i). So nothing is divided out of a product,
/// which may be 0, and 1 − Π keeps its digits near the minimum.
///
/// Source: A. O. Griewank, J. Optimization Theory and Applications 34, 1981.
struct Griewank: TestFunction {
  /// The sum and the product.
  struct Partial: Sendable {
    /// Σ zᵢ².
    var squares: Double
    /// 1 − Π cos(zᵢ / √i), 0 to 2.
    var complement: Double
  }

  static let facts = TestFunctionFacts(
    name: "griewank", documentation: "A wide bowl with ripples that couple all coordinates.",
    domain: -600...600, partCost: 75)
  static var empty: Partial { Partial(squares: 0, complement: 0) }

  let partCount: Int
  var optimum: Double { 0 }

  init(dimension: Int) { partCount = dimension }

  @inline(__always)
  func part(_ index: Int, _ z: Double, next: Double) -> Partial {
    let sine = sin(0.5 * z / Double(index + 1).squareRoot())
    return Partial(squares: z * z, complement: 2 * sine * sine)
  }

  @inline(__always)
  static func combined(_ a: Partial, _ b: Partial) -> Partial {
    Partial(
      squares: a.squares + b.squares,
      complement: a.complement + b.complement * (1 - a.complement))
  }

  @inline(__always)
  func loss(_ total: Partial) -> Double { total.squares / 4000 + total.complement }
}
