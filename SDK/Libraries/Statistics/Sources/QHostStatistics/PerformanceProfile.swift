/// How often each of several algorithms is within a factor of the best.
///
/// ρ_s(τ) = |{p : t_{p,s} ≤ τ min_s t_{p,s}}| / number of problems. At τ = 1 it is how often an
/// algorithm is the best, far out how often it succeeds. Source: E. D. Dolan, J. J. Moré, Math.
/// Programming 91 (2002) 201. Curves of more than two algorithms depend on which others are there: N.
/// Gould, J. Scott, ACM Trans. Math. Softw. 43 (2016) 15.
public struct PerformanceProfile: Sendable, Equatable {
  /// For each algorithm the distribution of its ratios to the best.
  public let profiles: [EmpiricalDistribution]

  /// Takes costs.
  ///
  /// - Parameter costs: [problems][algorithms], above 0; infinity where an algorithm fails. A problem
  ///   that all fail on counts against all.
  public init(_ costs: [[Double]]) {
    let count = costs.first?.count ?? 0
    precondition(
      costs.allSatisfy { $0.count == count }, "each problem has a cost of each algorithm")
    precondition(costs.joined().allSatisfy { $0 > 0 }, "costs are above 0")
    profiles = (0..<count).map { algorithm in
      EmpiricalDistribution(
        costs.map { row in
          let best = row.min() ?? .infinity
          return best < .infinity ? row[algorithm] / best : .infinity
        })
    }
  }
}
