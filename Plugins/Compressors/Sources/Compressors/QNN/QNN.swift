public import QHostInterfaces

/// A quantum circuit whose 2^N probabilities generate the weights of an inner model.
///
/// A network of M weights is trained by the angles of a circuit on N = ⌈log₂ M⌉ qubits and the few numbers of a mapping. After
/// training the weights are those of an ordinary network, which needs no circuit.
///
/// Source: Liu, Kuo, Lin et al., *Training classical neural networks by quantum machine learning*, arXiv 2402.16465.
public final class QNN: Compressor, StochasticModel {
  /// Its name, and what users can set.
  public static let descriptor = ComponentDescriptor(
    name: "qnn",
    summary: "A quantum circuit whose probabilities generate the weights of another model.",
    source:
      "Liu, Kuo, Lin et al., Training classical neural networks by quantum machine learning, "
      + "arXiv 2402.16465",
    parameters: QNNSettings.parameters,
    dependencies: [InnerNetwork.dependency])

  /// What it is, for the mapping it was made for.
  public let modelDescription: ModelDescription
  let inner: InnerNetwork
  let circuit: QNNGenerator
  var generator: any ParameterGenerator { circuit }
  let work: QNNWork
  private let angleRange: Double
  private let host: any HostServices

  /// Makes a circuit for the inner model's weights.
  public init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    let inner = try InnerNetwork(request, mapping: mapping)
    guard request.trainedParameters["inner"] == nil else {
      throw .parameter(
        "inner.from names trained weights, which a circuit cannot start from; leave it out")
    }
    let settings = try QNNSettings(
      request.configuration, weightCount: inner.count, threadCount: request.host.threadCount)
    circuit = QNNGenerator(
      settings: settings, mapping: try settings.weightMapping(of: inner, host: request.host),
      places: settings.order.places(inner.blocks), host: request.host)
    self.inner = inner
    angleRange = settings.angleRange
    host = request.host
    work = QNNWork(settings, weightCount: inner.count)
    modelDescription = circuit.description(settings, work, around: inner.description)
  }

  /// Angles uniform over ± `angle_range`, then the mapping's numbers.
  public func initialParameters(start: UInt64) -> [Double] {
    let angles = host.uniforms(
      step: start, index: QNNStreams.angles, count: circuit.ansatz.angleCount)
    return angles.map { (2 * $0 - 1) * angleRange }
      + circuit.mapping.initialGains(host: host, start: start)
  }

  /// A session of the inner model on generated weights.
  public func makeSession() throws(ComponentError) -> any ModelSession {
    guard circuit.measurement.isExact else {
      return try SampledSession(
        of: inner.model, generator: circuit, outputCount: inner.outputCount)
    }
    return try LineSession(of: inner.model, generator: circuit, outputCount: inner.outputCount)
  }

  /// A circuit in three for all rows, and a pass of the inner model for each offset.
  public func cutWork(
    index: Int, offsetCount: Int, rowCount: Int
  ) throws(ComponentError) -> Double {
    work.cut(
      isAngle: index < circuit.ansatz.angleCount, offsetCount: offsetCount, rowCount: rowCount,
      around: inner.description.passWork)
  }
}
