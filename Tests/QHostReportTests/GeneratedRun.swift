/// A run that was never made, as a journal tells it.
struct GeneratedRun {
  /// The best loss at each improvement.
  var losses: [Double]
  /// The evaluations at each; `nil`: 1, 2, 4, 8 and so on.
  var evaluations: [Int]?
  /// Evaluations in all; `nil`: those of the last improvement.
  var spent: Int?
  /// How many of these are gradients.
  var gradients = 0
  var passesPerEvaluation = 0.5
  var secondsPerEvaluation = 0.001
  var processorSecondsPerEvaluation = 0.0005
  var loss = "cross-entropy"
  /// The compared figures of the test split.
  var metrics: [String: Any]
  /// What metrics are, by name.
  var descriptions: [String: [String: String]]?
  var start: String?
  var stopReason = "budgetSpent"
  var batchRows = 100
  var prior: Double?
  var monitoredRows: Int?

  init(losses: [Double], accuracy: Double? = 0.9) {
    self.losses = losses
    metrics = ["loss": losses.last ?? 1]
    if let accuracy { metrics["accuracy"] = accuracy }
  }

  /// The part of a cell's line that is not its place.
  func record(seed: Int) -> [String: Any] {
    let places = evaluations ?? losses.indices.map { 1 << $0 }
    let count = spent ?? places.last ?? 1
    var run: [String: Any] = [
      "stop_reason": stopReason, "loss": loss, "metrics": ["test": metrics],
      "model": ["parameter_count": 131],
      "cost": [
        "loss_evaluations": count - gradients, "gradient_evaluations": gradients,
        "batch_rows": batchRows, "forward_equivalents": Double(count) * passesPerEvaluation,
        "seconds": Double(count) * secondsPerEvaluation,
        "cpu_seconds": Double(count) * processorSecondsPerEvaluation,
        "optimizer_seconds": Double(count) * secondsPerEvaluation / 4,
      ],
    ]
    if let descriptions { run["metric_descriptions"] = descriptions }
    if let prior { run["prior"] = prior }
    if let monitoredRows { run["monitored_rows"] = monitoredRows }
    return [
      "record": "cell", "start_hash": start ?? "\(seed)",
      "training_passes": Double(count) * passesPerEvaluation,
      "improvements": [
        "evaluations": places,
        "forward_equivalents": places.map { Double($0) * passesPerEvaluation },
        "seconds": places.map { Double($0) * secondsPerEvaluation }, "best_loss": losses,
      ],
      "run": run,
    ]
  }
}
