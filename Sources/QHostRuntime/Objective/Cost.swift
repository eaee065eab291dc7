/// What a run has cost so far, counted by the host.
public struct Cost: Sendable, Equatable {
  /// Losses that were asked for.
  public var lossEvaluations = 0
  /// Gradients that were asked for.
  public var gradientEvaluations = 0
  /// Work, in forward passes of one batch, by multiply-adds actually done.
  public var forwardEquivalents = 0.0
  /// Points that a component found infeasible.
  public var discarded = 0

  /// Losses and gradients together: what `--max-evals` limits.
  public var evaluations: Int { lossEvaluations + gradientEvaluations }

  /// Makes a cost of nothing.
  public init() {}
}
