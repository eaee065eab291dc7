/// Proposes parameters, learns from losses.
///
/// It is asked for a query and told the answer, in turn. One thread at a time.
public protocol Optimizer: AnyObject {
  /// Fills `query`, which arrives empty.
  func ask(_ query: inout Query) throws(ComponentError)

  /// Takes the answer to the last query.
  func tell(_ answer: Answer) throws(ComponentError)

  /// The point it recommends, [n]; `nil`: the best point that the host has seen.
  func recommendation() throws(ComponentError) -> [Double]?

  /// Its whole state, from which ``load(_:)`` continues to the same result.
  func save() throws(ComponentError) -> [UInt8]

  /// Takes a saved state on a fresh instance of the same problem.
  func load(_ state: [UInt8]) throws(ComponentError)
}

extension Optimizer {
  /// The best point that the host has seen.
  public func recommendation() throws(ComponentError) -> [Double]? { nil }
  /// Its runs cannot be resumed.
  public func save() throws(ComponentError) -> [UInt8] {
    throw .unsupported("it cannot save its state, so its runs cannot be resumed")
  }
  /// Its runs cannot be resumed.
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
  /// - Throws: when the configuration does not fit the problem.
  init(request: ComponentRequest, problem: Problem) throws(ComponentError)
}

extension OptimizerComponent {
  /// None.
  public static var requiredQueries: QueryKinds { [] }
  /// All rows.
  public static var preferredBatchRows: Int { 0 }
}
