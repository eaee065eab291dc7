public import QHostInterfaces
internal import QHostNetworks

/// A multilayer perceptron in integers, which an 8-bit machine computes to the bit.
///
/// Inputs of 0 to 1 become u = clamp(⌊2^b x⌋, 0, 2^b − 1), the first b bits. Hidden unit j of layer l:
///
///     a_j = Σ_i q_ji h_i,   h_j = T_j[clamp((a_j + off_j) >> s_j, 0, 255)],
///
/// q integers on a lattice, T_j a table of 256 levels 0 ... 2^c − 1 of the activation function, whose
/// argument is 2^(gain_j/4) (a_j + bias_j). Outputs are (a_j + off_j) · scale with one positive scale. Sums
/// have 16 bits. There is no gradient: it is for optimizers that need none.
///
/// Its graph is the contract that targets compile from; see Documentation/IntegerMLP.md.
public final class IntegerMLP: ModelComponent {
  /// Its name, and what users can set.
  public static let descriptor = ComponentDescriptor(
    name: "integer-mlp",
    summary: "A fully connected network in integers, for machines without multiplication.",
    parameters: [
      .integers(
        "hidden", default: [16], in: 1...65_536, tunable: true,
        "Units of each hidden layer, from the inputs on."),
      .text(
        "weights", default: "15",
        "The weights of each layer, or of all: ternary (-1, 0, 1), pow2 (0, +-1, +-2, +-4) or an odd "
          + "number of levels around 0."),
      .integer(
        "input_bits", default: 4, in: 1...8, tunable: true,
        "Bits of an input, whose range is 0 to 1."),
      .integer(
        "activation_bits", default: 4, in: 1...7, tunable: true,
        "Bits of what hidden units give."),
      .choice(
        "activation", default: "tanh",
        of: [
          .init("tanh", "Hyperbolic tangent."),
          .init("relu", "z between 0 and 1."),
          .init("sigmoid", "1 / (1 + exp(-z))."),
          .init("sine", "sin z."),
          .init("step", "1 where z is above 0, else 0."),
          .init("sign", "1 where z is at least 0, else -1."),
        ], tunable: true, "What the tables of hidden units are made from."),
      .choice(
        "scale", default: "real",
        of: [
          .init("real", "Any, and learned."),
          .init("power", "A power of two: outputs and margins are whole multiples of it."),
        ], "What outputs are multiplied by."),
    ])

  private static let functions: [Activation] = [.tanh, .relu, .sigmoid, .sine, .step, .sign]

  /// What it is, for the mapping it was made for.
  public let modelDescription: ModelDescription
  private let network: IntegerNetwork
  private let work: IntegerWork
  private let mapping: Mapping
  private let host: any HostServices

  /// Makes layers from the inputs by way of the hidden units to the outputs.
  public init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    try checkSizes(mapping)
    let configuration = request.configuration
    let widths =
      [mapping.input.count] + configuration.integers("hidden") + [mapping.output.count]
    let activation = configuration.choice("activation")
    let network = IntegerNetwork(
      widths: widths,
      lattices: try IntegerLattice.list(
        configuration.text("weights"), layerCount: widths.count - 1),
      activation: Self.functions.first { "\($0)" == activation } ?? .tanh,
      inputBits: configuration.integer("input_bits"),
      activationBits: configuration.integer("activation_bits"),
      isScaledByPowers: configuration.choice("scale") == "power")
    self.network = network
    work = IntegerWork(network)
    modelDescription = network.description
    self.mapping = mapping
    host = request.host
  }

  /// Uniform weights, biases of 0, and gains for which no unit is saturated.
  public func initialParameters(start: UInt64) throws(ComponentError) -> [Double] {
    network.initialParameters(
      host.uniforms(step: start, index: 0, count: network.parameterCount))
  }

  /// A session on the same layout, with weights and scratch memory of its own.
  public func makeSession() throws(ComponentError) -> any ModelSession {
    IntegerSession(network: network)
  }

  /// The sites, biases and gains nearest to an `mlp` of the same layers and activation.
  public func approximation(
    of graph: Graph, calibration: Calibration
  ) throws(ComponentError) -> [Double] {
    try network.approximation(of: graph, calibration: calibration)
  }

  /// The work of the unit and of what comes after it, of all.
  public func cutCost(index: Int) -> Double {
    work.cutCost(index: index)
  }

  /// The work of what a cut or a move changes, in all rows.
  public func cutWork(
    index: Int, offsetCount: Int, rowCount: Int
  ) throws(ComponentError) -> Double {
    work.cut(index: index, offsetCount: offsetCount, rowCount: rowCount)
  }

  /// MatMulInteger, tables by Gather, layer by layer; in integers from the inputs' levels on.
  public func graph(parameters: [Double]) throws(ComponentError) -> Graph {
    var point = IntegerPoint(network)
    point.take(parameters)
    return try network.graph(point, input: mapping.input, output: mapping.output)
  }
}
