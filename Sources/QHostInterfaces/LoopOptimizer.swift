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
  ///
  /// - Parameter objective: answers queries; valid until `run` returns.
  /// - Throws: the error of severity `cancelled` that the objective throws, passed on; any other error ends the run
  ///   as failed.
  func run(_ objective: any ObjectiveFunction) throws(ComponentError)

  /// The point it recommends once its loop has returned, [n]; `nil`: the best point that the host has seen.
  ///
  /// - Returns: [n].
  /// - Throws: when there is a point and it cannot be given.
  func recommendation() throws(ComponentError) -> [Double]?
}

extension LoopOptimizer {
  /// `nil`, the best point that the host has seen; it throws nothing.
  public func recommendation() throws(ComponentError) -> [Double]? { nil }
}

/// A loop-owning optimizer that can be published in a plugin.
public protocol LoopOptimizerComponent: LoopOptimizer, Component {
  /// The kinds of query that it cannot do without.
  static var requiredQueries: QueryKinds { get }
  /// The minibatch that suits it when the user sets none; 0: all rows.
  static var preferredBatchRows: Int { get }

  /// Makes an instance for a problem.
  ///
  /// - Parameters:
  ///   - request: the values of its parameters, the host, and the components that it depends on.
  ///   - problem: the dimension n, bounds, kinds of coordinate, and the queries that are answered.
  /// - Throws: kind `parameter` when the configuration does not fit the problem.
  init(request: ComponentRequest, problem: Problem) throws(ComponentError)
}

extension LoopOptimizerComponent {
  /// By default it can do without any.
  public static var requiredQueries: QueryKinds { [] }
  /// By default 0, which stands for all rows.
  public static var preferredBatchRows: Int { 0 }
}
