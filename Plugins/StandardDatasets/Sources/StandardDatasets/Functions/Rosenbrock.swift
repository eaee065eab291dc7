/// The banana valley, with its minimum at (1, …, 1).
///
///     f(z) = Σ 100 (zᵢ₊₁ − zᵢ²)² + (1 − zᵢ)²
///
/// Source: H. H. Rosenbrock, The Computer Journal 3, 1960; the chained form.
struct Rosenbrock: SumFunction {
  static let facts = TestFunctionFacts(
    name: "rosenbrock", documentation: "A long bent valley; neighbours depend on each other.",
    domain: -5...10, minimumDimension: 2, partCost: 7)

  let partCount: Int
  var optimum: Double { 1 }

  init(dimension: Int) { partCount = dimension - 1 }

  @inline(__always)
  func part(_ index: Int, _ z: Double, next: Double) -> Double {
    let bend = next - z * z
    let rest = 1 - z
    return 100 * bend * bend + rest * rest
  }

  @inline(__always)
  func parts(of index: Int) -> Range<Int> { max(index - 1, 0)..<min(index + 1, partCount) }
}
