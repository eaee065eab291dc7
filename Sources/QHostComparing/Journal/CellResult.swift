public import QHostRuntime

/// A finished cell, as it is read from a journal.
public struct CellResult: Sendable, Decodable, Equatable {
  /// What is read of the run's record; the journal's line has all of it.
  public struct Run: Sendable, Decodable, Equatable {
    /// Why it stopped.
    public var stopReason: StopReason
    /// The loss that was minimised.
    public var loss: String
    /// The width of the Gaussian prior that was a part of it; `nil`: none.
    public var prior: Double?
    /// Rows of the training split that the loss was watched on; `nil`: it is known on all of them.
    public var monitoredRows: Int?
    /// Figures by split and name.
    public var metrics: [String: [String: Double]]
    /// What it cost.
    public var cost: Cost
    /// What was trained.
    public var model: Model
    /// What it was trained on; `nil` in journals that do not say.
    public var dataset: RecordedDataset?
    /// What it did on its target; `nil` without one.
    public var deployment: Deployment?
  }

  /// What a run cost.
  public struct Cost: Sendable, Decodable, Equatable {
    /// Losses that were asked for.
    public var lossEvaluations: Int
    /// Gradients that were asked for.
    public var gradientEvaluations: Int
    /// Forward passes of the whole training split, by work; of one minibatch in journals of the first form.
    public var forwardEquivalents: Double
    /// Rows of a minibatch.
    public var batchRows: Int
    /// Seconds of the run.
    public var seconds: Double
    /// Seconds of processor time.
    public var cpuSeconds: Double
    /// Seconds that the optimizer itself took.
    public var optimizerSeconds: Double

    /// Losses and gradients together.
    public var evaluations: Int { lossEvaluations + gradientEvaluations }
  }

  /// What was trained.
  public struct Model: Sendable, Decodable, Equatable {
    /// Its number of trainable parameters.
    public var parameterCount: Int?
  }

  /// The number of the cell, from 1.
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
  /// The SHA-256 of the starting point.
  public var startHash: String
  /// Passes of the whole training split, by work.
  public var trainingPasses: Double
  /// How the best loss came about.
  public var improvements: Improvements
  /// The run.
  public var run: Run

  /// What it is called.
  public var labels: CellLabels {
    CellLabels(
      optimizer: optimizer, solver: solver, model: model, dataset: dataset, target: target)
  }

  /// The result with all timings 0: the same for the same cell on any machine, unless its budget is of
  /// time.
  package var withoutTimings: CellResult {
    var result = self
    result.improvements.seconds = result.improvements.seconds.map { _ in 0 }
    result.run.cost.seconds = 0
    result.run.cost.cpuSeconds = 0
    result.run.cost.optimizerSeconds = 0
    return result
  }
}
