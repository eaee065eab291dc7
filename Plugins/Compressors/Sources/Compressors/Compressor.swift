internal import QHostInterfaces

/// A model whose parameters generate the weights of an inner model, which has no others.
protocol Compressor: ModelComponent, WrappingModel, SeriesModel, MetricProviding {
  /// Whose weights are generated.
  var inner: InnerNetwork { get }
  /// Generates them.
  var generator: any ParameterGenerator { get }
}

extension Compressor {
  /// A session of the inner model with weights of its own.
  public func makeSession() throws(ComponentError) -> any ModelSession {
    try session(generator)
  }

  private func session(
    _ generator: some ParameterGenerator
  ) throws(ComponentError) -> any ModelSession {
    try GeneratedSession(
      of: inner.model, generator: generator, parameterCount: modelDescription.parameterCount,
      outputCount: inner.outputCount)
  }

  /// The weights of the inner model, [n].
  public func innerParameters(at parameters: [Double]) throws(ComponentError) -> [Double] {
    generator.generated(parameters, count: inner.count)
  }

  /// The inner model's graph at the generated weights.
  public func graph(parameters: [Double]) throws(ComponentError) -> Graph {
    try inner.model.graph(parameters: innerParameters(at: parameters))
  }

  /// How many weights are generated from how many numbers.
  public var metricDescriptions: [MetricDescription] { sizeDescriptions }

  /// Counts them; the rows do not matter.
  public func measure(_ sample: MetricSample) throws(ComponentError) -> [MetricValue] { sizes }

  /// The metrics that all compressors have.
  var sizeDescriptions: [MetricDescription] {
    [
      MetricDescription("inner_weights", .neutral, "Weights of the inner model."),
      MetricDescription("trained_numbers", .lower, "Numbers that generate them."),
      MetricDescription("compression_ratio", .higher, "Weights for each trained number."),
    ]
  }

  /// What they are.
  var sizes: [MetricValue] {
    let (weights, numbers) = (Double(inner.count), Double(modelDescription.parameterCount))
    return [MetricValue(weights), MetricValue(numbers), MetricValue(weights / numbers)]
  }
}
