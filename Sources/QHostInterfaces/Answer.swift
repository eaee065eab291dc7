/// The answer to a query.
public struct Answer: Sendable {
  /// The kind of the query that is answered.
  public var kind: Query.Kind = .points
  /// The losses, one for each point, or [m × K] for cuts.
  ///
  /// An infeasible point has ∞; none is NaN.
  public var losses: [Double] = []
  /// The gradient, [n]; empty unless the query asked for it.
  public var gradient: [Double] = []
  /// The part of the budget spent so far, 0 to 1; what schedules are made from.
  public var progress: Double = 0

  /// Makes an empty answer.
  public init() {}
}
