internal import Glibc

/// The normal distribution of mean 0 and deviation 1.
public enum NormalDistribution {
  /// P(Z ≤ z) = erfc(−z/√2) / 2.
  public static func below(_ z: Double) -> Double { erfc(-z * 0.5.squareRoot()) / 2 }

  /// P(Z > z), as exact far out as near.
  public static func above(_ z: Double) -> Double { below(-z) }

  /// exp(−z²/2) / √(2π).
  public static func density(_ z: Double) -> Double {
    exp(-z * z / 2) / (2 * Double.pi).squareRoot()
  }

  /// The z with P(Z ≤ z) = p.
  ///
  /// - Parameter p: between 0 and 1.
  /// - Returns: z.
  public static func quantile(_ p: Double) -> Double {
    if p > 0.5 { return -quantile(1 - p) }
    return Inversion.increasing(p, over: -40...0, below)
  }
}

/// Inverse functions by bisection, to the last bit that the function resolves.
enum Inversion {
  /// The x within a range at which an increasing function reaches a value.
  static func increasing(
    _ value: Double, over range: ClosedRange<Double>, _ function: (Double) -> Double
  ) -> Double {
    var lower = range.lowerBound
    var upper = range.upperBound
    while true {
      let middle = lower + (upper - lower) / 2
      guard middle > lower && middle < upper else { return middle }
      if function(middle) < value { lower = middle } else { upper = middle }
    }
  }
}
