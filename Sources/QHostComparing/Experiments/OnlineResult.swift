internal import QHostRuntime

/// What one model of an online run came to, as it stands in the journal of an experiment.
public struct OnlineResult: Sendable, Codable, Equatable {
  /// The number of the cell, from 1.
  public var cell: Int
  /// What it is called.
  public var labels: CellLabels
  /// `continual`, `once` or `retrained`.
  public var learning: String
  /// The seed.
  public var seed: UInt64
  /// What was measured, by name.
  public var figures: [String: Double]

  init(_ learner: OnlineRecord.Learner, of cell: Cell, rows: Int) {
    self.cell = cell.number
    labels = cell.labels
    learning = learner.learning.rawValue
    seed = cell.specification.seed
    var figures = [
      "passes": learner.passes, "evaluations": Double(learner.evaluations),
      "detections": Double(learner.detections.count),
    ]
    figures["error"] = learner.error
    figures["error after drift"] = learner.errorAfterFirstDrift
    figures["microseconds"] = learner.microsecondsMean
    if !learner.drifts.isEmpty {
      // Where it did not come back, all rows up to the next drift.
      let ends = learner.drifts.dropFirst().map(\.row) + [rows]
      let all = zip(learner.drifts, ends).map { Double($0.rowsUntilBack ?? $1 - $0.row) }
      figures["rows until back"] = all.reduce(0, +) / Double(all.count)
    }
    self.figures = figures
  }
}
