/// A function with trainable parameters.
///
/// Rows are worked on through sessions; the model itself never changes, so that sessions may run
/// on different threads at once.
public protocol Model: AnyObject, Sendable {
  /// What it is.
  var modelDescription: ModelDescription { get }

  /// A starting point, [n]: different for each `start`, the same for the same one.
  ///
  /// - Parameter start: the number of the start, from 0; with the run's seed it determines the point.
  /// - Returns: [n], finite.
  /// - Throws: when no starting point can be made.
  func initialParameters(start: UInt64) throws(ComponentError) -> [Double]

  /// A session with no rows yet.
  ///
  /// - Returns: a session that only one thread uses at a time.
  /// - Throws: when a session cannot be made.
  func makeSession() throws(ComponentError) -> any ModelSession

  /// What one offset of a cut, or one move, along parameter `index` costs, as a part of a pass.
  func cutCost(index: Int) -> Double

  /// The work of a cut along a parameter, or of a move, on all of so many rows.
  ///
  /// - Parameters:
  ///   - index: of the parameter.
  ///   - offsetCount: K; 0 for a move.
  ///   - rowCount: B, of all blocks together.
  /// - Returns: units of ``PassWork``.
  /// - Throws: when what the model says is no work.
  func cutWork(index: Int, offsetCount: Int, rowCount: Int) throws(ComponentError) -> Double

  /// The unit, below ``ModelDescription/flipUnitCount``, whose sum is linear in parameter `index`; `nil`: none.
  func flippingUnit(of index: Int) -> Int?

  /// The unit, below ``ModelDescription/potentialUnitCount``, whose sum is linear in parameter `index`; `nil`: none.
  func potentialUnit(of index: Int) -> Int?

  /// The network at `parameters` [n] as operators and weights.
  ///
  /// - Parameter parameters: [n].
  /// - Returns: the graph, whose outputs agree with those of a session within single precision.
  /// - Throws: severity `unsupported` where ``ModelDescription/hasGraph`` is false.
  func graph(parameters: [Double]) throws(ComponentError) -> Graph

  /// The parameters [n] at which it comes nearest to another network on typical inputs.
  ///
  /// - Parameters:
  ///   - graph: a network of the same inputs and outputs.
  ///   - calibration: inputs [B × F].
  /// - Returns: the parameters.
  /// - Throws: severity `unsupported` for a network that it cannot come near to.
  func approximation(
    of graph: Graph, calibration: Calibration
  ) throws(ComponentError) -> [Double]
}

extension Model {
  /// A whole pass.
  public func cutCost(index: Int) -> Double { 1 }
  /// ``cutCost(index:)`` of a pass for each offset and row; it throws nothing.
  public func cutWork(
    index: Int, offsetCount: Int, rowCount: Int
  ) throws(ComponentError) -> Double {
    cutCost(index: index) * modelDescription.passWork.row * Double(max(offsetCount, 1) * rowCount)
  }
  /// It has no units with two outputs.
  public func flippingUnit(of index: Int) -> Int? { nil }

  /// `nil`: no unit's losses are summed by the model.
  public func potentialUnit(of index: Int) -> Int? { nil }
  /// Throws severity `unsupported`: the model has no graph.
  public func graph(parameters: [Double]) throws(ComponentError) -> Graph {
    throw .unsupported("this model has no graph of standard operators")
  }
  /// Throws severity `unsupported`: the model cannot start near another network.
  public func approximation(
    of graph: Graph, calibration: Calibration
  ) throws(ComponentError) -> [Double] {
    throw .unsupported("this model cannot start near another network")
  }
}

/// A model that can be published in a plugin.
public protocol ModelComponent: Model, Component {
  /// Makes an instance that maps inputs to outputs as asked.
  ///
  /// - Parameters:
  ///   - request: the values of its parameters, the host, and the models that it depends on.
  ///   - mapping: the shapes of inputs and outputs, and what the outputs mean.
  /// - Throws: kind `parameter` when it cannot map those inputs to those outputs with these settings.
  init(request: ComponentRequest, mapping: Mapping) throws(ComponentError)
}
