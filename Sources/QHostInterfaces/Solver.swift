/// Evolves batches of one-dimensional wave packets in given potentials.
///
/// One thread at a time.
public protocol Solver: AnyObject {
  /// Evolves the batch and fills its results.
  ///
  /// - Throws: severity `unsupported` for a mode or topology that it does not have.
  func evolve(_ packets: inout Packets) throws(ComponentError)
}

/// A solver that can be published in a plugin.
public protocol SolverComponent: Solver, Component {
  /// The modes that it has.
  static var modes: Set<Packets.Mode> { get }
  /// The topologies that it has.
  static var topologies: Set<Packets.Topology> { get }

  /// Makes a solver with checked settings.
  ///
  /// - Parameter request: the values of its parameters, and the host.
  /// - Throws: kind `parameter` for settings that do not go together.
  init(request: ComponentRequest) throws(ComponentError)
}
