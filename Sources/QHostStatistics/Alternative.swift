/// What a test holds against the assumption that two algorithms do the same.
public enum Alternative: String, Sendable, CaseIterable {
  /// They differ.
  case twoSided
  /// The first has lesser values.
  case less
  /// The first has greater values.
  case greater
}

extension Alternative {
  /// The probability of a statistic by the normal distribution.
  ///
  /// - Parameters:
  ///   - excess: the statistic less its mean.
  ///   - deviation: of the statistic; 0 when it can have one value only.
  /// - Returns: the probability, corrected by ½ for the statistic's being a whole number.
  func probability(excess: Double, deviation: Double) -> Double {
    guard deviation > 0 else { return 1 }
    return switch self {
    case .less: NormalDistribution.below((excess + 0.5) / deviation)
    case .greater: NormalDistribution.above((excess - 0.5) / deviation)
    case .twoSided: min(1, 2 * NormalDistribution.above((abs(excess) - 0.5) / deviation))
    }
  }

  /// The probability of a statistic by the number of equally likely ways to each of its values.
  ///
  /// - Parameters:
  ///   - statistic: a whole number.
  ///   - ways: to 0, 1, 2 and so on; symmetric.
  /// - Returns: the exact probability.
  func probability(_ statistic: Int, ways: [Double]) -> Double {
    let total = ways.reduce(0, +)
    let below = ways[...statistic].reduce(0, +) / total
    let above = ways[statistic...].reduce(0, +) / total
    return switch self {
    case .less: below
    case .greater: above
    case .twoSided: min(1, 2 * min(below, above))
    }
  }
}
