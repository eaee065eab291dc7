/// Two combinations on a problem, compared seed by seed.
public struct PairReport: Sendable, Encodable {
  /// The one.
  public var first: String
  /// The other; the reference, if there is one.
  public var second: String
  /// Seeds that both have a result of.
  public var pairCount: Int
  /// Seeds for which the first is better.
  public var betterCount: Int
  /// Seeds for which it is worse.
  public var worseCount: Int
  /// The median of the differences, first less second.
  public var medianDifference: Double?
  /// The probability of such differences by chance: Wilcoxon's signed-rank test of two sides; `nil`
  /// when there are no differences to test.
  public var probability: Double?
  /// The same after Holm's correction for all pairs of the problem.
  public var adjustedProbability: Double?
  /// The one that the test speaks for, if there is a difference; `nil`: neither.
  ///
  /// Its better seeds have the greater sum of ranks. It need not be better on more seeds.
  public var favoured: String?
  /// The chance that the first is better than the second with the same seed, ties halved: Vargha and
  /// Delaney's A of pairs.
  public var effect: Double?
  /// How large that is called: `negligible`, `small`, `medium` or `large`.
  public var magnitude: String?
  /// How many seeds more the test of this pair alone needs to find a difference as large as it looks now, with a chance of
  /// 80 % at the level 0.05; 0: there are enough, `nil`: there is no difference to be seen, or fewer than two pairs.
  public var furtherSeeds: Int?
  /// What it means, in words.
  public var reading: String
}
