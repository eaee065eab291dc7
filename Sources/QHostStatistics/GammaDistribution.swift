internal import Glibc

/// The gamma distribution, and that of chi-squared.
enum GammaDistribution {
  private static let smallest = 1e-300
  private static let termLimit = 10_000

  /// P(X > x) = Q(a, x), the regularised upper incomplete gamma function.
  ///
  /// By the series of its complement where x < a + 1, else by a continued fraction. Source: NIST
  /// Digital Library of Mathematical Functions, 8.11.4 and 8.9.2.
  static func above(_ x: Double, _ a: Double) -> Double {
    if x <= 0 { return 1 }
    let front = exp(a * log(x) - x - lgamma(a))
    return x < a + 1 ? 1 - front * series(x, a) : front * fraction(x, a)
  }

  private static func series(_ x: Double, _ a: Double) -> Double {
    var term = 1 / a
    var sum = term
    for count in 1...termLimit {
      term *= x / (a + Double(count))
      sum += term
      if term < sum * 1e-17 { break }
    }
    return sum
  }

  private static func fraction(_ x: Double, _ a: Double) -> Double {
    var b = x + 1 - a
    var c = 1 / smallest
    var d = 1 / b
    var value = d
    for count in 1...termLimit {
      let coefficient = Double(count) * (a - Double(count))
      b += 2
      d = 1 / (coefficient * d + b)
      c = b + coefficient / c
      let change = c * d
      value *= change
      if abs(change - 1) < 1e-16 { break }
    }
    return value
  }
}

/// The distribution of chi-squared.
enum ChiSquaredDistribution {
  /// P(X > x), of `freedom` degrees of freedom.
  static func above(_ x: Double, freedom: Double) -> Double {
    GammaDistribution.above(x / 2, freedom / 2)
  }
}
