/// How the combinations of a problem rank by evaluations, by passes and by processor seconds.
///
/// A method that asks for many cheap losses gains where passes are counted, one that asks for few dear
/// ones where losses are: a rank is a statement about a measure.
public struct EffortRanking: Sendable, Encodable {
  /// What is ranked by; less is better.
  public enum Figure: String, Sendable, Encodable {
    /// The expected running time to the plan's target.
    case expectedTime
    /// The median of the best loss, when each combination has spent the same: what every combination
    /// whose runs the budget has ended has spent at least, by its median. Runs that ended for another
    /// reason keep their loss. A run that failed has none.
    case bestLoss
  }

  /// The ranks by one measure.
  public struct Order: Sendable, Encodable {
    /// What each had spent; `nil` for expected running times.
    public var spent: Double?
    /// The combinations, from the best.
    public var names: [String]
    /// The figure of each.
    public var values: [Double]
  }

  /// Two combinations that change places.
  public struct Change: Sendable, Encodable, Equatable {
    /// The one.
    public var first: String
    /// The other.
    public var second: String
    /// The measures by which the first is before the second.
    public var before: [Effort]
    /// The measures by which it is behind.
    public var behind: [Effort]
  }

  /// What is ranked by.
  public var figure: Figure
  /// The ranks by each measure.
  public var orders: PerEffort<Order>
  /// The combinations that change places between evaluations, passes and processor seconds: those that
  /// do so the farthest first.
  public var changes: [Change]
}
