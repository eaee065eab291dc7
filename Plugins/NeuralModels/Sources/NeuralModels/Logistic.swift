public import QHostInterfaces
internal import QHostNetworks

/// A linear model: z = W x + b, with logits z for classes and numbers z for regression.
///
/// With the cross-entropy it is multinomial logistic (softmax) regression, with the squared error
/// linear regression.
///
/// Source: Cox, *The regression analysis of binary sequences*, J. R. Stat. Soc. B 20 (1958) 215.
public final class Logistic: ModelComponent {
  /// Its name, and what users can set.
  public static let descriptor = ComponentDescriptor(
    name: "logistic",
    summary: "Softmax regression for classes, linear regression for numbers.",
    source: "Cox, The regression analysis of binary sequences, J. R. Stat. Soc. B 20 (1958) 215",
    parameters: [
      .boolean("bias", default: true, "Whether each output has a bias."),
      .positive(
        "initial_scale", default: 1, tunable: true,
        "Standard deviation of the initial weights, times the square root of the inputs."),
    ])

  /// What it is, for the mapping it was made for.
  public let modelDescription: ModelDescription
  private let network: Network
  private let work: NetworkWork
  private let spread: Double
  private let mapping: Mapping
  private let host: any HostServices

  /// Makes a layer from the inputs to the outputs.
  public init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    try checkSizes(mapping)
    network = Network(
      widths: [mapping.input.count, mapping.output.count], hidden: HiddenActivation(.identity),
      hasBias: request.configuration.boolean("bias"))
    work = NetworkWork(network)
    spread =
      request.configuration.real("initial_scale") / Double(mapping.input.count).squareRoot()
    modelDescription = network.description(spreads: [spread])
    self.mapping = mapping
    host = request.host
  }

  /// Normal weights and zero biases.
  public func initialParameters(start: UInt64) throws(ComponentError) -> [Double] {
    let weightCount = network.multiplyAdds(0)
    let normals = host.normals(step: start, index: 0, count: weightCount)
    let biases = [Double](repeating: 0, count: network.parameterCount - weightCount)
    return normals.map { $0 * spread } + biases
  }

  /// A session on the same layout, with weights and scratch memory of its own.
  public func makeSession() throws(ComponentError) -> any ModelSession {
    NetworkSession(network: network)
  }

  /// The work of one output of all.
  public func cutCost(index: Int) -> Double {
    work.cutCost(index: index)
  }

  /// The work of what a cut or a move changes, in all rows.
  public func cutWork(
    index: Int, offsetCount: Int, rowCount: Int
  ) throws(ComponentError) -> Double {
    work.cut(index: index, offsetCount: offsetCount, rowCount: rowCount)
  }

  /// One Gemm.
  public func graph(parameters: [Double]) throws(ComponentError) -> Graph {
    network.graph(parameters: parameters, input: mapping.input, output: mapping.output)
  }
}
