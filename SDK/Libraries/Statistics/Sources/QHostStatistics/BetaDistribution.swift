internal import Glibc

/// The beta distribution, and those of Student and Fisher that it leads to.
enum BetaDistribution {
  private static let smallest = 1e-300
  private static let termLimit = 10_000

  /// P(X ≤ x) = I_x(a, b), the regularised incomplete beta function.
  ///
  /// By its continued fraction, with Lentz's method. Source: NIST Digital Library of Mathematical
  /// Functions, 8.17.22.
  static func below(_ x: Double, _ a: Double, _ b: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    if x > (a + 1) / (a + b + 2) { return 1 - below(1 - x, b, a) }
    let logFront =
      lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)
    return exp(logFront) / (a * fraction(x, a, b))
  }

  /// The x with P(X ≤ x) = p.
  static func quantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
    Inversion.increasing(p, over: 0...1) { below($0, a, b) }
  }

  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    func guarded(_ value: Double) -> Double { abs(value) < smallest ? smallest : value }
    var value = 1.0
    var numerator = 1.0
    var denominator = 0.0
    for term in 1...termLimit {
      let m = Double(term / 2)
      let coefficient =
        term % 2 == 0
        ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      denominator = 1 / guarded(1 + coefficient * denominator)
      numerator = guarded(1 + coefficient / numerator)
      let change = numerator * denominator
      value *= change
      if abs(change - 1) < 1e-16 { break }
    }
    return value
  }
}

/// Student's t distribution.
enum StudentDistribution {
  /// The t with P(T ≤ t) = p.
  ///
  /// - Parameters:
  ///   - p: between ½ and 1.
  ///   - freedom: ν, the degrees of freedom.
  /// - Returns: √(ν(1 − x)/x), x the quantile 2(1 − p) of the beta distribution (ν/2, ½).
  static func quantile(_ p: Double, freedom: Double) -> Double {
    let x = BetaDistribution.quantile(2 * (1 - p), freedom / 2, 0.5)
    return (freedom * (1 - x) / x).squareRoot()
  }
}

/// Fisher's F distribution.
enum FisherDistribution {
  /// P(F > f), of `over` and `under` degrees of freedom: I_x(under/2, over/2) at x = under/(under +
  /// over f).
  static func above(_ f: Double, over: Double, under: Double) -> Double {
    if f == .infinity { return 0 }
    return BetaDistribution.below(under / (under + over * f), under / 2, over / 2)
  }
}
