public import QHostRuntime

/// A cell without its seed: an optimizer, model, dataset and target, each with what it depends on.
public struct Combination: Sendable, Equatable {
  /// What it is called.
  public var labels: CellLabels
  /// The place of its problem among those of the plan.
  public var problem: Int
  /// The run with seed 1.
  public var specification: RunSpecification
  /// The files that inner models start from, by the key that names them.
  public var starts: [String: String] = [:]
}

/// One run of a comparison.
public struct Cell: Sendable, Codable, Equatable {
  /// From 1, in the plan's order.
  public var number: Int
  /// What it is called.
  public var labels: CellLabels
  /// The run.
  public var specification: RunSpecification
}
