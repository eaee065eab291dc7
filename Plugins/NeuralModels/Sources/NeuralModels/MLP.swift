public import QHostInterfaces
internal import QHostNetworks

/// A multilayer perceptron: h_l = activation(W_l h_{l−1} + b_l), the last layer without activation.
///
/// Source: Rumelhart, Hinton, Williams, *Learning representations by back-propagating errors*, Nature
/// 323 (1986) 533.
public final class MLP: ModelComponent, FlippingModel, PotentialModel {
  /// Its name, and what users can set.
  public static let descriptor = ComponentDescriptor(
    name: "mlp",
    summary: "A fully connected network with any number of hidden layers.",
    source:
      "Rumelhart, Hinton, Williams, Learning representations by back-propagating errors, "
      + "Nature 323 (1986) 533",
    parameters: [
      .integers(
        "hidden", default: [16], in: 1...65_536, tunable: true,
        "Units of each hidden layer, from the inputs on.")
    ] + HiddenActivation.parameters + InitialWeights.parameters)

  /// What it is, for the mapping it was made for.
  public let modelDescription: ModelDescription
  private let network: Network
  private let work: NetworkWork
  private let spreads: [Double]
  private let mapping: Mapping
  private let host: any HostServices

  /// Makes layers from the inputs by way of the hidden units to the outputs.
  public init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    try checkSizes(mapping)
    let configuration = request.configuration
    let hidden = HiddenActivation(configuration)
    let network = Network(
      widths: [mapping.input.count] + configuration.integers("hidden") + [mapping.output.count],
      hidden: hidden, hasBias: true)
    try checkSize(parameterCount: network.parameterCount)
    let rule = InitialWeights(configuration)
    spreads = (0..<network.layerCount).map { layer in
      rule.spread(
        inputs: network.widths[layer], units: network.widths[layer + 1],
        activation: layer + 1 < network.layerCount ? hidden.function : .identity)
    }
    var description = network.description(spreads: spreads)
    description.hasApproximation = true
    modelDescription = description
    self.network = network
    work = NetworkWork(network)
    self.mapping = mapping
    host = request.host
  }

  /// Weights uniform over ±√3 times the layer's spread, zero biases, and knots on tanh.
  public func initialParameters(start: UInt64) throws(ComponentError) -> [Double] {
    var parameters = host.uniforms(step: start, index: 0, count: network.parameterCount)
    for layer in 0..<network.layerCount {
      let limit = spreads[layer] * 3.0.squareRoot()
      let biasOffset = network.biasOffset(layer)
      for index in network.offsets[layer]..<biasOffset {
        parameters[index] = (2 * parameters[index] - 1) * limit
      }
      for index in biasOffset..<network.knotOffset(layer) { parameters[index] = 0 }
      guard layer + 1 < network.layerCount else { break }
      for (knot, value) in network.hidden.initialKnots.enumerated() {
        parameters[network.knotOffset(layer) + knot] = value
      }
    }
    return parameters
  }

  /// A session on the same layout, with weights and scratch memory of its own.
  public func makeSession() throws(ComponentError) -> any ModelSession {
    NetworkSession(network: network)
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

  /// The hidden unit of a weight or a bias, where units are steps or signs.
  public func flippingUnit(of index: Int) -> Int? { network.flipUnit(of: index) }

  /// The hidden unit of a weight or a bias, where outputs of units have bounds.
  public func potentialUnit(of index: Int) -> Int? {
    network.potentialUnitCount > 0 ? network.hiddenUnit(of: index) : nil
  }

  /// Gemm and activation, layer by layer.
  public func graph(parameters: [Double]) throws(ComponentError) -> Graph {
    network.graph(parameters: parameters, input: mapping.input, output: mapping.output)
  }

  /// A network of the same layers, or of fewer: what the others say is then handed on.
  public func approximation(
    of graph: Graph, calibration: Calibration
  ) throws(ComponentError) -> [Double] {
    try network.parameters(of: graph)
  }
}
