public import QHostInterfaces

/// A quantum circuit whose 2^N probabilities generate the weights of an inner model.
///
/// A network of M weights is trained by the angles of a circuit on N = ⌈log₂ M⌉ qubits and the few numbers of a mapping. After
/// training the weights are those of an ordinary network, which needs no circuit.
///
/// Source: Liu, Kuo, Lin et al., *Training classical neural networks by quantum machine learning*, arXiv 2402.16465.
public final class QNN: ModelComponent, WrappingModel, StochasticModel, SeriesModel {
  /// Its name, and what users can set.
  public static let descriptor = ComponentDescriptor(
    name: "qnn",
    summary: "A quantum circuit whose probabilities generate the weights of another model.",
    source:
      "Liu, Kuo, Lin et al., Training classical neural networks by quantum machine learning, "
      + "arXiv 2402.16465",
    parameters: QNNSettings.parameters,
    dependencies: [
      DependencyDescriptor(
        name: "inner", kind: .model, defaultComponent: "mlp",
        documentation: "The model whose weights are generated.")
    ])

  /// What it is, for the mapping it was made for.
  public let modelDescription: ModelDescription
  let inner: any Model
  private let generator: QNNGenerator
  private let angleRange: Double
  private let outputCount: Int
  private let host: any HostServices

  /// Makes a circuit for the inner model's weights.
  public init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    let inner = request.model("inner")
    try inner.modelDescription.checkGenerated()
    guard request.trainedParameters["inner"] == nil else {
      throw .parameter(
        "inner.from names trained weights, which a circuit cannot start from; leave it out")
    }
    let count = inner.modelDescription.parameterCount
    let settings = try QNNSettings(
      request.configuration, weightCount: count, threadCount: request.host.threadCount)
    generator = QNNGenerator(
      settings: settings,
      mapping: try settings.weightMapping(of: inner.modelDescription, host: request.host),
      places: settings.order.places(inner.modelDescription.generatedBlocks), host: request.host)
    self.inner = inner
    angleRange = settings.angleRange
    outputCount = mapping.output.count
    host = request.host
    modelDescription = generator.description(settings, around: inner.modelDescription)
  }

  /// Angles uniform over ± `angle_range`, then the mapping's numbers.
  public func initialParameters(start: UInt64) -> [Double] {
    let angles = host.uniforms(
      step: start, index: QNNStreams.angles, count: generator.ansatz.angleCount)
    return angles.map { (2 * $0 - 1) * angleRange }
      + generator.mapping.initialGains(host: host, start: start)
  }

  /// A session of the inner model on generated weights.
  public func makeSession() throws(ComponentError) -> any ModelSession {
    guard generator.measurement.isExact else {
      return try SampledSession(of: inner, generator: generator, outputCount: outputCount)
    }
    return try GeneratedSession(
      of: inner, generator: generator, parameterCount: modelDescription.parameterCount,
      outputCount: outputCount)
  }

  /// The inner model's graph with the generated weights; of draw 0 where they are random.
  public func graph(parameters: [Double]) throws(ComponentError) -> Graph {
    try inner.graph(parameters: weights(parameters))
  }

  /// The inner model's parameters [M] for θ.
  package func weights(_ parameters: [Double]) -> [Double] {
    var weights = [Double](repeating: 0, count: inner.modelDescription.parameterCount)
    parameters.withUnsafeBufferPointer { parameters in
      weights.withUnsafeMutableBufferPointer { generator.generate(parameters, into: $0) }
    }
    return weights
  }
}
