public import QHostRuntime

/// What a cell of a comparison is called, on each axis but the seed's.
public struct CellLabels: Sendable, Codable, Equatable, Hashable {
  /// The optimizer, with the parameters that the plan sets for it alone.
  public var optimizer: String
  /// The solver, with its parameters; `nil` for an optimizer that takes none.
  public var solver: String?
  /// The model, with its parameters.
  public var model: String
  /// The dataset, with its parameters.
  public var dataset: String
  /// The target, with its parameters; `nil` when models are not deployed.
  public var target: String?

  /// The labels as words of one line.
  public var text: String {
    let parts = [optimizer] + (solver.map { ["with \($0)"] } ?? [])
    return "\(parts.joined(separator: " ")), \(model) on \(dataset)"
      + (target.map { " for \($0)" } ?? "")
  }
}

/// A cell without its seed: one optimizer with its solver, model, dataset and target.
public struct Combination: Sendable, Equatable {
  /// What it is called.
  public var labels: CellLabels
  /// The place of its problem among those of the plan.
  public var problem: Int
  /// The run with seed 1.
  public var specification: RunSpecification
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
