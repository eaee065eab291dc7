/// How much each algorithm solves with a budget in simplex gradients, n + 1 evaluations each.
///
/// d_s(κ) = |{p : t_{p,s} / (n_p + 1) ≤ κ}| / number of problems. Source: J. J. Moré, S. M. Wild, SIAM
/// J. Optim. 20 (2009) 172, equation 2.8.
public struct DataProfile: Sendable, Equatable {
  /// For each algorithm the distribution of its costs in simplex gradients.
  public let profiles: [EmpiricalDistribution]

  /// Takes costs.
  ///
  /// - Parameters:
  ///   - evaluations: [problems][algorithms]; infinity where an algorithm fails.
  ///   - dimensions: n of each problem.
  public init(evaluations: [[Double]], dimensions: [Int]) {
    let count = evaluations.first?.count ?? 0
    precondition(evaluations.count == dimensions.count, "each problem has a dimension")
    precondition(
      evaluations.allSatisfy { $0.count == count }, "each problem has a cost of each algorithm")
    profiles = (0..<count).map { algorithm in
      EmpiricalDistribution(
        zip(evaluations, dimensions).map { $0[algorithm] / Double($1 + 1) })
    }
  }

  /// The part of the problems that an algorithm solves, 0 to 1.
  ///
  /// - Parameters:
  ///   - algorithm: its place.
  ///   - gradients: κ, the budget in simplex gradients.
  /// - Returns: d.
  public func fraction(_ algorithm: Int, within gradients: Double) -> Double {
    profiles[algorithm].fraction(at: gradients)
  }
}
