/// Proposes parameters, learns from losses.
///
/// It is asked for a query and told the answer, in turn. One thread at a time.
public protocol Optimizer: AnyObject {
  /// Fills `query`, which arrives empty.
  ///
  /// - Parameter query: empty; out: what is asked, or ``Query/finish(_:)``.
  /// - Throws: when there is nothing sensible to ask; the run ends as failed.
  func ask(_ query: inout Query) throws(ComponentError)

  /// Takes the answer to the last query.
  ///
  /// - Parameter answer: losses, and what else the query asked for, in the query's order.
  /// - Throws: when it cannot continue from there; the run ends as failed.
  func tell(_ answer: Answer) throws(ComponentError)

  /// The point it recommends, [n]; `nil`: the best point that the host has seen.
  ///
  /// - Returns: [n].
  /// - Throws: when there is a point and it cannot be given.
  func recommendation() throws(ComponentError) -> [Double]?

  /// Its whole state, from which ``load(_:)`` continues to the same result.
  ///
  /// - Returns: bytes that only the same component reads; ``StateWriter`` makes them.
  /// - Throws: severity `unsupported` where runs cannot be resumed.
  func save() throws(ComponentError) -> [UInt8]

  /// Takes a saved state on a fresh instance of the same problem.
  ///
  /// - Parameter state: what ``save()`` returned.
  /// - Throws: when the bytes are damaged, of another layout or of another problem; ``StateReader`` finds that.
  func load(_ state: [UInt8]) throws(ComponentError)
}

extension Optimizer {
  /// `nil`, the best point that the host has seen; it throws nothing.
  public func recommendation() throws(ComponentError) -> [Double]? { nil }
  /// Throws severity `unsupported`: runs cannot be resumed.
  public func save() throws(ComponentError) -> [UInt8] {
    throw .unsupported("it cannot save its state, so its runs cannot be resumed")
  }
  /// Throws severity `unsupported`: runs cannot be resumed.
  public func load(_ state: [UInt8]) throws(ComponentError) {
    throw .unsupported("it cannot load a state; start a new run")
  }
}

/// An optimizer that can be published in a plugin.
public protocol OptimizerComponent: Optimizer, Component {
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

extension OptimizerComponent {
  /// By default it can do without any.
  public static var requiredQueries: QueryKinds { [] }
  /// By default 0, which stands for all rows.
  public static var preferredBatchRows: Int { 0 }
}
