/// What a run has cost so far, counted by the host.
public struct Cost: Sendable, Equatable {
  /// Losses that were asked for, each of one minibatch: one of the whole split counts as the minibatches
  /// that make it, rounded up over the whole run.
  public var lossEvaluations = 0
  /// Gradients that were asked for, counted alike.
  public var gradientEvaluations = 0
  /// Modelled processor time, in that of a loss at one point on the whole training split; see
  /// ``CostModel``.
  public var forwardEquivalents = 0.0
  /// Points that a component found infeasible.
  public var discarded = 0
  /// Rows of all losses, from which ``lossEvaluations`` is rounded up.
  package var lossRows = 0
  /// Rows of all gradients.
  package var gradientRows = 0

  /// Losses and gradients together: what `--max-evals` limits.
  public var evaluations: Int { lossEvaluations + gradientEvaluations }

  /// Makes a cost of nothing.
  public init() {}

  /// Counts losses at `count` points on `rows` rows.
  mutating func countLosses(_ count: Int, rows: Int, batchRows: Int) {
    lossRows += count * rows
    lossEvaluations = (lossRows + batchRows - 1) / batchRows
  }

  /// Counts a gradient on `rows` rows.
  mutating func countGradient(rows: Int, batchRows: Int) {
    gradientRows += rows
    gradientEvaluations = (gradientRows + batchRows - 1) / batchRows
  }
}
