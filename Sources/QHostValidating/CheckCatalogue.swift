/// All checks.
public enum CheckCatalogue {
  /// In the order of their levels, and within one of what they are tried on.
  public static let all: [Check] = {
    let lists = [
      LoadChecks.all, TableChecks.all, ProcessChecks.all, PromiseChecks.all, OptimizerChecks.all,
      OptimizerStateChecks.all, SolverChecks.all, ModelChecks.all, FlipChecks.all,
      PotentialChecks.all, DatasetChecks.all, TargetChecks.all,
    ]
    return Check.Level.allCases.flatMap { level in
      lists.flatMap { $0 }.filter { $0.level == level }
    }
  }()
}
