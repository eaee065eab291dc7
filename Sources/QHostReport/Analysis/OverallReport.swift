/// All problems together.
public struct OverallReport: Sendable, Encodable {
  /// A combination over all problems.
  public struct Entry: Sendable, Encodable {
    /// What it is called.
    public var name: String
    /// The place of its colour.
    public var series: Int
    /// The part of targets of all problems that its runs reach, against effort.
    public var reached: PerEffort<FractionCurve>
    /// The part of problems that it solves within a multiple of the least effort.
    public var profile: PerEffort<FractionCurve>
    /// Its mean rank over problems by the mean of the compared figure, from 1; `nil` without a test.
    public var meanRank: Double?
  }

  /// Whether the combinations differ over problems.
  public struct RankTest: Sendable, Encodable {
    /// Problems that all combinations have runs of.
    public var problemCount: Int
    /// The probability of such ranks by chance, by Friedman's test.
    public var probability: Double
    /// Ranks that are farther apart differ, at a level of 0.05, by Nemenyi's test.
    public var criticalDifference: Double
    /// The names of combinations that do not differ: the largest groups, each from the best.
    public var groups: [[String]]
  }

  /// The combinations.
  public var entries: [Entry]
  /// The test of ranks.
  public var rankTest: RankTest?
  /// Why there is none.
  public var rankRefusal: String?
  /// What a problem counts as solved by.
  public var profileRule: String
}
