/// Two valleys along each axis: f(z) = ½ Σ zᵢ⁴ − 16zᵢ² + 5zᵢ − n · min.
///
/// The minimum a = −2.9035… is the lowest root of 4z³ − 32z + 5, found by Newton's method. As the
/// first derivative is 0 there, a part is its Taylor series with h = z − a,
/// ½ h² (h² + 4ah + 6a² − 16): exactly 0 at the minimum, −39.1661657… less than that elsewhere.
///
/// Source: M. A. Styblinski, T.-S. Tang, Neural Networks 3, 1990.
struct StyblinskiTang: SumFunction {
  static let facts = TestFunctionFacts(
    name: "styblinski-tang", documentation: "Separable, 2^n minima of unequal depth.",
    domain: -5...5, partCost: 7)

  let partCount: Int
  let optimum: Double

  init(dimension: Int) {
    partCount = dimension
    var z = -2.9
    for _ in 0..<8 { z -= (4 * z * z * z - 32 * z + 5) / (12 * z * z - 32) }
    optimum = z
  }

  @inline(__always)
  func part(_ index: Int, _ z: Double, next: Double) -> Double {
    let a = optimum
    let h = z - a
    return 0.5 * h * h * (h * (h + 4 * a) + (6 * a * a - 16))
  }
}
