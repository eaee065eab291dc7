public import QHostInterfaces
internal import QHostNetworks

/// A convolutional network: convolutions with pooling, then fully connected layers.
///
/// h_l = activation(pool(W_l ∗ h_{l−1} + b_l)). Pooling comes before the activation, as in LeCun's
/// network; for the largest of four and an activation that never falls the order is the same.
///
/// Source: LeCun, Bottou, Bengio, Haffner, *Gradient-based learning applied to document recognition*,
/// Proc. IEEE 86 (1998) 2278.
public final class CNN: ModelComponent {
  /// Its name, and what users can set.
  public static let descriptor = ComponentDescriptor(
    name: "cnn",
    summary: "A convolutional network: convolutions with pooling, then fully connected layers.",
    source:
      "LeCun, Bottou, Bengio, Haffner, Gradient-based learning applied to document recognition, "
      + "Proc. IEEE 86 (1998) 2278",
    parameters: [
      .integers(
        "filters", default: [8, 12], in: 1...4096, tunable: true,
        "Filters of each convolution, from the inputs on; at least one."),
      .integer(
        "kernel", default: 5, in: 1...99, tunable: true,
        "Height and width of all filters, an odd number."),
      .choice(
        "padding", default: "valid",
        of: [
          .init("valid", "Filters stay inside the planes, which become smaller."),
          .init("same", "Planes keep their size, with zeros around them."),
        ], tunable: true, "What happens at the edges of planes."),
      .choice(
        "pooling", default: "max",
        of: [
          .init("max", "The largest of 2 by 2 places."),
          .init("mean", "The mean of 2 by 2 places."),
          .init("none", "No pooling."),
        ], tunable: true, "How planes are made smaller after each convolution."),
      .integers(
        "hidden", default: [20], in: 1...65_536, tunable: true,
        "Units of each fully connected layer before the outputs; may be empty."),
    ] + HiddenActivation.parameters + InitialWeights.parameters)

  /// What it is, for the mapping it was made for.
  public let modelDescription: ModelDescription
  private let network: ConvolutionNetwork
  private let work: ConvolutionWork
  private let spreads: [Double]
  private let mapping: Mapping
  private let host: any HostServices

  /// Makes layers from an image by way of the hidden units to the outputs.
  public init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    try checkSizes(mapping)
    let configuration = request.configuration
    guard !configuration.integers("filters").isEmpty else {
      throw .parameter("filters is empty, which leaves no convolution; use model 'mlp'")
    }
    let network = try ConvolutionNetwork.make(configuration, mapping)
    try checkSize(parameterCount: network.parameterCount)
    let rule = InitialWeights(configuration)
    spreads = network.layers.enumerated().map { index, layer in
      let taps = layer.kernel * layer.kernel
      return rule.spread(
        inputs: layer.channels * taps, units: layer.filters * taps,
        activation: index + 1 < network.layers.count ? network.hidden.function : .identity)
    }
    modelDescription = network.description(spreads: spreads)
    self.network = network
    work = ConvolutionWork(network)
    self.mapping = mapping
    host = request.host
  }

  /// Weights uniform over ±√3 times the layer's spread, zero biases, and knots on tanh.
  public func initialParameters(start: UInt64) throws(ComponentError) -> [Double] {
    var parameters = host.uniforms(step: start, index: 0, count: network.parameterCount)
    for layer in network.layers.indices {
      let limit = spreads[layer] * 3.0.squareRoot()
      for index in network.offsets[layer]..<network.biasOffset(layer) {
        parameters[index] = (2 * parameters[index] - 1) * limit
      }
      for index in network.biasOffset(layer)..<network.knotOffset(layer) { parameters[index] = 0 }
      guard layer + 1 < network.layers.count else { break }
      for (knot, value) in network.hidden.initialKnots.enumerated() {
        parameters[network.knotOffset(layer) + knot] = value
      }
    }
    return parameters
  }

  /// A session on the same layout, with weights and scratch memory of its own.
  public func makeSession() throws(ComponentError) -> any ModelSession {
    ConvolutionSession(network: network)
  }

  /// The work of the parameter's plane and of what comes after it, of all.
  public func cutCost(index: Int) -> Double {
    work.cutCost(index: index)
  }

  /// The work of what a cut or a move changes, in all rows.
  public func cutWork(
    index: Int, offsetCount: Int, rowCount: Int
  ) throws(ComponentError) -> Double {
    work.cut(index: index, offsetCount: offsetCount, rowCount: rowCount)
  }

  /// Conv, pooling and activation, layer by layer; Flatten; Gemm and activation.
  public func graph(parameters: [Double]) throws(ComponentError) -> Graph {
    network.graph(parameters: parameters, input: mapping.input, output: mapping.output)
  }
}
