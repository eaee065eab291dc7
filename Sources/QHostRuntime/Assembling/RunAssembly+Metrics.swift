extension RunAssembly {
  /// Refuses metrics that cannot be told apart, and a target that cannot be reached.
  ///
  /// - Returns: what the run's figures are.
  static func checkMetrics(
    _ budget: Budget, _ parts: Objective.Parts
  ) throws(RunError) -> [String: MetricFacts] {
    let metrics = RunMetrics(parts)
    try metrics.check()
    let figures = metrics.allFacts
    if let target = budget.untilMetric {
      _ = try MetricFacts.ofTarget(
        target, among: figures, "model '\(parts.modelName)' and dataset '\(parts.datasetName)'")
    }
    return figures
  }
}
