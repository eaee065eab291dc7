/// The sphere, with its minimum at 0.
///
///     f(z) = Σ zᵢ²
///
/// Source: K. A. De Jong, doctoral thesis, 1975, F1.
struct Sphere: SumFunction {
  static let facts = TestFunctionFacts(
    name: "sphere", documentation: "Convex, separable: the sum of squares.",
    domain: -5.12...5.12, partCost: 6)

  let partCount: Int
  var optimum: Double { 0 }

  init(dimension: Int) { partCount = dimension }

  @inline(__always)
  func part(_ index: Int, _ z: Double, next: Double) -> Double { z * z }
}
