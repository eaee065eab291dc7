/// The step along which a linear model falls most, no longer than a radius and within bounds.
enum TrustStep {
  /// The least g·d with ‖d‖ ≤ ρ and lᵢ ≤ dᵢ ≤ uᵢ: dᵢ = −gᵢ/λ, no farther than the bounds, with λ by bisection.
  ///
  /// - Parameters:
  ///   - gradient: g, [n].
  ///   - radius: ρ > 0.
  ///   - lower: l ≤ 0, [n]; −∞: none.
  ///   - upper: u ≥ 0, [n]; ∞: none.
  /// - Returns: d, [n]; shorter than ρ where the bounds leave no more, 0 where g is.
  static func minimum(
    _ gradient: [Double], radius: Double, lower: [Double], upper: [Double]
  ) -> [Double] {
    let largest = gradient.reduce(0) { max($0, abs($1)) }
    guard largest > 0, largest.isFinite else { return gradient.map { _ in 0 } }
    func step(_ lambda: Double) -> [Double] {
      gradient.indices.map { i in
        gradient[i] == 0 ? 0 : min(max(-gradient[i] / lambda, lower[i]), upper[i])
      }
    }
    func length(_ d: [Double]) -> Double { d.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    // With this λ all of it is within the radius.
    var high = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot() / radius
    var low = high * 0x1p-60
    if length(step(low)) <= radius { return step(low) }
    for _ in 0..<100 where high - low > 1e-14 * high {
      let middle = (low * high).squareRoot()
      if length(step(middle)) > radius { low = middle } else { high = middle }
    }
    return step(high)
  }
}
