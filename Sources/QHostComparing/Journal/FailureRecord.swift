internal import QHostRuntime

/// A cell that has failed, as it stands in a journal.
public struct FailureRecord: Sendable, Codable, Equatable {
  var record = "failure"
  /// The number of the cell.
  public var cell: Int
  /// The optimizer's label.
  public var optimizer: String
  /// The solver's label.
  public var solver: String?
  /// The model's label.
  public var model: String
  /// The dataset's label.
  public var dataset: String
  /// The target's label.
  public var target: String?
  /// The seed.
  public var seed: UInt64
  /// What failed: `usage`, `plugin`, `data` or `worker`.
  public var kind: String
  /// One sentence.
  public var message: String

  /// Makes the record of a failure.
  init(_ cell: Cell, kind: String, message: String) {
    self.cell = cell.number
    optimizer = cell.labels.optimizer
    solver = cell.labels.solver
    model = cell.labels.model
    dataset = cell.labels.dataset
    target = cell.labels.target
    seed = cell.specification.seed
    self.kind = kind
    self.message = message
  }
}

extension FailureRecord {
  /// What it is called.
  public var labels: CellLabels {
    CellLabels(
      optimizer: optimizer, solver: solver, model: model, dataset: dataset, target: target)
  }
}
