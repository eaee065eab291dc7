public import QHostInterfaces

/// A network of integers that came from one of real numbers, with what its parts stand for.
public struct QuantisedNetwork: Sendable {
  /// What the processor computes.
  public internal(set) var model: DeployedModel
  /// [layers], where their weights come from.
  let lattices: [WeightLattice]
  /// [hidden layers], the tables that units choose from.
  var families: [TableFamily] = []
  /// [hidden layers][units], the sizes of the sums' steps; see ``TableFamily``.
  var sizes: [[Int]] = []
  /// [layers][units][inputs], whether the real weight is other than 0: all else stays 0.
  var connections: [[[Bool]]] = []

  /// The most bits that sums are shifted to the right in a network that is tuned.
  static let largestShift = 7
}

extension QuantisedNetwork {
  /// Brings a graph of real numbers to whole ones with typical inputs [B × F].
  ///
  /// - Throws: for operators and shapes that the 6502 target does not support.
  public init(
    _ graph: Graph, inputs: [Float], settings: QuantisationSettings
  ) throws(ComponentError) {
    self = Quantisation(settings: settings, float: try FloatNetwork(graph)).network(inputs)
  }
}
