/// The rank of a point: feasible ones first, by loss, then the others, by violation.
///
/// K. Deb, "An efficient constraint handling method for genetic algorithms", 2000.
package struct Standing: Comparable, Sendable {
  /// How far from feasible; 0: feasible.
  package var violation: Double
  /// The loss; of an infeasible point it counts for nothing.
  package var loss: Double

  /// The rank of a point.
  package init(loss: Double, violation: Double = 0) {
    self.loss = loss
    self.violation = violation
  }

  /// What is worse than any point.
  package static let worst = Standing(loss: .infinity, violation: .infinity)

  /// Whether all constraints hold.
  package var isFeasible: Bool { violation == 0 }
  /// The loss of a feasible point; ∞ of another one.
  package var feasibleLoss: Double { isFeasible ? loss : .infinity }

  /// Whether the left one is better.
  @inline(__always)
  package static func < (left: Standing, right: Standing) -> Bool {
    if left.violation != right.violation { return left.violation < right.violation }
    return left.violation == 0 && left.loss < right.loss
  }
}
