/// The range of k independent normal values: the studentised range with endless degrees of freedom.
enum RangeDistribution {
  private static let step = 1.0 / 32
  private static let reach = 9

  /// P(Q ≤ q) = k ∫ φ(z) (Φ(z) − Φ(z − q))^(k−1) dz, by the trapezoidal rule, which is exact to
  /// rounding for such functions.
  static func below(_ q: Double, count: Int) -> Double {
    if q <= 0 { return 0 }
    let ends = reach * Int(1 / step)
    var sum = 0.0
    for place in -ends...ends {
      let z = Double(place) * step
      let between = NormalDistribution.below(z) - NormalDistribution.below(z - q)
      var product = 1.0
      for _ in 1..<count { product *= between }
      sum += NormalDistribution.density(z) * product
    }
    return Double(count) * sum * step
  }

  /// The q with P(Q ≤ q) = p, to 12 digits.
  static func quantile(_ p: Double, count: Int) -> Double {
    var lower = 0.0
    var upper = 40.0
    while upper - lower > 1e-12 * upper {
      let middle = (lower + upper) / 2
      if below(middle, count: count) < p { lower = middle } else { upper = middle }
    }
    return (lower + upper) / 2
  }
}
