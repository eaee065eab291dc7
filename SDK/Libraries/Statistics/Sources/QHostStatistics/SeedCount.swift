/// How many pairs of runs Wilcoxon's signed-rank test needs to find a difference as large as one that was seen.
///
/// With p′ the chance that two independent differences of pairs have a sum above 0, estimated by the part of all
/// pairs i < j of the n differences whose sum is, sums of 0 halved:
///
///     N = (z₁₋α⸝₂ + z₁₋β)² / (3 (p′ − ½)²)
///
/// for a test of two sides at the level α with the power 1 − β. It takes the variance for that without a difference,
/// which is good for small differences, and asks for a few pairs too many where they are large. Source: G. E. Noether,
/// J. Am. Stat. Assoc. 82 (1987) 645, equation 2.
///
/// *Deviations*: N is at least the least number of pairs with which the test can reach the level at all,
/// 1 − log₂ α: with n pairs no probability is below 2 · 2⁻ⁿ. The estimate of p′ is as uncertain as the differences are few.
public struct SeedCount: Sendable, Equatable {
  /// p′, 0 to 1.
  public let chance: Double
  /// Pairs that are needed.
  public let needed: Int

  /// Estimates it from differences.
  ///
  /// It is `nil` of fewer than two differences, of one that is not a number, or when p′ is ½: no number of pairs shows a
  /// difference that is none.
  ///
  /// - Parameters:
  ///   - differences: one of each pair; infinite ones count by their sign.
  ///   - level: α, of the test of two sides.
  ///   - power: 1 − β, the chance to find the difference.
  ///
  /// Complexity: O(n²).
  public init?(_ differences: [Double], level: Double = 0.05, power: Double = 0.8) {
    precondition(level > 0 && level < 1 && power > 0 && power < 1, "level and power are chances")
    guard differences.count > 1, !differences.contains(where: \.isNaN) else { return nil }
    var above = 0.0
    for (place, one) in differences.enumerated() {
      for other in differences[(place + 1)...] {
        let sum = one == -other ? 0 : one + other
        above += sum > 0 ? 1 : sum == 0 ? 0.5 : 0
      }
    }
    let count = Double(differences.count)
    chance = above / (count * (count - 1) / 2)
    let distance = abs(chance - 0.5)
    guard distance > 0 else { return nil }
    let quantiles =
      NormalDistribution.quantile(1 - level / 2) + NormalDistribution.quantile(power)
    let needed = (quantiles * quantiles / (3 * distance * distance)).rounded(.up)
    guard needed < 1e9 else { return nil }
    self.needed = max(Int(needed), Self.least(level))
  }

  /// The least n with 2 · 2⁻ⁿ ≤ α.
  private static func least(_ level: Double) -> Int {
    var (count, chance) = (1, 1.0)
    while chance > level { (count, chance) = (count + 1, chance / 2) }
    return count
  }
}
