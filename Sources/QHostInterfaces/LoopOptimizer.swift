/// The objective as a function, for optimizers that own their loop.
public protocol ObjectiveFunction: AnyObject {
  /// Answers one query.
  ///
  /// - Throws: an error of severity `cancelled` when the run is over, and always after a query of kind
  ///   `done`, which says why the loop ends: return from `run` at once.
  func evaluate(_ query: Query) throws(ComponentError) -> Answer
}

/// An optimizer that owns its loop, as most libraries do; the host gives it a thread of its own.
public protocol LoopOptimizer: AnyObject {
  /// Runs to its end, or until the objective says `cancelled`.
  ///
  /// A loop that returns without a query of kind `done` has converged.
  func run(_ objective: any ObjectiveFunction) throws(ComponentError)

  /// The point it recommends once its loop has returned, [n]; `nil`: the best point that the host has seen.
  func recommendation() throws(ComponentError) -> [Double]?
}

extension LoopOptimizer {
  /// None.
  public func recommendation() throws(ComponentError) -> [Double]? { nil }
}

/// A loop-owning optimizer that can be published in a plugin.
public protocol LoopOptimizerComponent: LoopOptimizer, Component {
  /// The kinds of query that it cannot do without.
  static var requiredQueries: QueryKinds { get }
  /// The minibatch that suits it when the user sets none; 0: all rows.
  static var preferredBatchRows: Int { get }

  /// Makes an instance for a problem.
  init(request: ComponentRequest, problem: Problem) throws(ComponentError)
}

extension LoopOptimizerComponent {
  /// None.
  public static var requiredQueries: QueryKinds { [] }
  /// All rows.
  public static var preferredBatchRows: Int { 0 }
}
