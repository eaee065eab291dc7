public import QHostInterfaces
internal import QHostKernels

/// A multilayer perceptron: h_l = activation(W_l h_{l−1} + b_l), the last layer without activation.
///
/// Source: Rumelhart, Hinton, Williams, *Learning representations by back-propagating errors*, Nature
/// 323 (1986) 533.
public final class MLP: ModelComponent {
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
        "Units of each hidden layer, from the inputs on."),
      .choice(
        "activation", default: "tanh",
        of: [
          .init("tanh", "Hyperbolic tangent."),
          .init("relu", "z where z is above 0, else 0."),
          .init("sigmoid", "1 / (1 + exp(-z))."),
          .init("step", "1 where z is above 0, else 0; it has no gradient."),
          .init("sign", "1 where z is at least 0, else -1; it has no gradient."),
        ], tunable: true, "What hidden units do to their sums."),
      .choice(
        "initialisation", default: "auto",
        of: [
          .init("auto", "he before relu, glorot elsewhere."),
          .init("glorot", "Uniform weights of variance 2 / (inputs + units)."),
          .init("he", "Uniform weights of variance 2 / inputs."),
        ], "How the initial weights of a layer are drawn; biases start at 0."),
      .positive(
        "scale", default: 1, tunable: true, "What the initial weights are multiplied by."),
    ])

  /// What it is, for the mapping it was made for.
  public let modelDescription: ModelDescription
  private let network: Network
  private let spreads: [Double]
  private let mapping: Mapping
  private let host: any HostServices

  /// Makes layers from the inputs by way of the hidden units to the outputs.
  public init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    try checkSizes(mapping)
    let configuration = request.configuration
    let activation = Self.activation(configuration.choice("activation"))
    let network = Network(
      widths: [mapping.input.count] + configuration.integers("hidden") + [mapping.output.count],
      activation: activation, hasBias: true)
    let rule = configuration.choice("initialisation")
    let scale = configuration.real("scale")
    spreads = (0..<network.layerCount).map { layer in
      let precedesRelu = activation == .relu && layer + 1 < network.layerCount
      let isHe = rule == "he" || (rule == "auto" && precedesRelu)
      let (inputs, units) = (network.widths[layer], network.widths[layer + 1])
      return scale * (2 / Double(isHe ? inputs : inputs + units)).squareRoot()
    }
    modelDescription = network.description(spreads: spreads)
    self.network = network
    self.mapping = mapping
    host = request.host
  }

  private static func activation(_ name: String) -> Activation {
    switch name {
    case "relu": .relu
    case "sigmoid": .sigmoid
    case "step": .step
    case "sign": .sign
    default: .tanh
    }
  }

  /// Weights uniform over ±√3 times the layer's spread, and zero biases.
  ///
  /// Source: Glorot, Bengio, AISTATS 2010, equation 16; He et al., ICCV 2015, equation 10.
  public func initialParameters(start: UInt64) throws(ComponentError) -> [Double] {
    var parameters = host.uniforms(step: start, index: 0, count: network.parameterCount)
    for layer in 0..<network.layerCount {
      let limit = spreads[layer] * 3.0.squareRoot()
      let biasOffset = network.biasOffset(layer)
      for index in network.offsets[layer]..<biasOffset {
        parameters[index] = (2 * parameters[index] - 1) * limit
      }
      for index in biasOffset..<biasOffset + network.widths[layer + 1] { parameters[index] = 0 }
    }
    return parameters
  }

  /// A session on the same layout, with weights and scratch memory of its own.
  public func makeSession() throws(ComponentError) -> any ModelSession {
    NetworkSession(network: network)
  }

  /// The multiply-adds of the unit and of what comes after it, of all.
  public func cutCost(index: Int) -> Double {
    Double(network.cutMultiplyAdds(index: index)) / Double(network.multiplyAdds)
  }

  /// Gemm and activation, layer by layer.
  public func graph(parameters: [Double]) throws(ComponentError) -> Graph {
    network.graph(parameters: parameters, input: mapping.input, output: mapping.output)
  }
}
