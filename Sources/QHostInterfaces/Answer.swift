/// The answer to a query.
public struct Answer: Sendable {
  /// The kind of the query that is answered.
  public var kind: Query.Kind = .points
  /// The losses, one for each point, or [m × K] for cuts.
  ///
  /// None is NaN; a point that cannot be scored has ∞. Where ``violations`` are answered, an infeasible point has
  /// the highest loss of all feasible points so far plus its violation, so that it ranks behind them (K. Deb
  /// 2000).
  public var losses: [Double] = []
  /// How far from feasible, one for each loss: 0 where all constraints hold; empty where there are none.
  public var violations: [Double] = []
  /// The losses as the scenario gave them, of infeasible points too; empty where there are no constraints.
  ///
  /// Nothing is ranked by them: they tell what a way through infeasible points leads to.
  public var plainLosses: [Double] = []
  /// Losses of earlier answers above this one are those of infeasible points; ∞: none is.
  public var infeasibleAbove = Double.infinity
  /// By how much the losses of infeasible points have risen since the answer before.
  ///
  /// They rise with the highest loss of all feasible points. What an optimizer remembers is brought up to date by ``renew(_:)``.
  public var infeasibleRise = 0.0
  /// The scenario's objectives, [losses × M], each in its own unit and direction; empty where there are none.
  public var objectives: [Double] = []
  /// The gradient, [n]; empty unless the query asked for it.
  public var gradient: [Double] = []
  /// The part of the budget spent so far, 0 to 1; what schedules are made from.
  public var progress: Double = 0

  /// Makes an empty answer.
  public init() {}
}

extension Answer {
  /// How far from feasible the point of a loss is; 0 where there are no constraints.
  public func violation(_ index: Int) -> Double { violations.isEmpty ? 0 : violations[index] }

  /// Gives a loss of an earlier answer the value that it would have in this one.
  @inlinable
  public func renew(_ loss: inout Double) {
    if infeasibleRise != 0, loss > infeasibleAbove { loss += infeasibleRise }
  }

  /// Gives losses of earlier answers the values that they would have in this one.
  @inlinable
  public func renew(_ losses: inout [Double]) {
    guard infeasibleRise != 0 else { return }
    for index in losses.indices where losses[index] > infeasibleAbove {
      losses[index] += infeasibleRise
    }
  }
}
