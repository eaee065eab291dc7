/// All problems together.
///
/// What is said of all problems is of all: a combination that cannot be used on a problem, or whose runs
/// failed there, has reached none of its targets and has not solved it.
public struct OverallReport: Sendable, Encodable {
  /// A combination over all problems.
  public struct Entry: Sendable, Encodable {
    /// What it is called.
    public var name: String
    /// The place of its colour.
    public var series: Int
    /// The part of targets of all problems that its runs reach, against effort.
    ///
    /// Runs that failed, and all
    /// seeds of problems that it is not used on, reach none; runs that are still to come are not counted.
    public var reached: PerEffort<FractionCurve>
    /// The part of all problems that it solves within a multiple of the least effort.
    public var profile: PerEffort<FractionCurve>
    /// Its mean rank over problems by the median over seeds of the compared figure, from 1; `nil` without
    /// a test.
    public var meanRank: Double?
    /// The problems that it is not used on.
    public var absentFrom: [String]
    /// Runs that failed, on all problems.
    public var failureCount: Int
  }

  /// Whether the combinations differ over problems.
  public struct RankTest: Sendable, Encodable {
    /// Problems that all combinations have runs of.
    public var problemCount: Int
    /// The others, which are not in the test.
    public var leftOut: [String]
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
  /// Problems without targets, as no two losses differ on them: nobody's targets are counted there.
  public var withoutTargets: [String]
  /// Test functions that are there with several instances.
  public var families: [InstanceFamily]
}
