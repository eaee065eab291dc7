public import QHostInterfaces

extension QNN: MetricProviding {
  /// How much smaller the trained model is.
  public var metricDescriptions: [MetricDescription] {
    [
      MetricDescription("inner-weights", .neutral, "Weights of the inner model."),
      MetricDescription("trained-numbers", .lower, "Angles and gains that generate them."),
      MetricDescription(
        "compression-ratio", .higher, "Inner weights for each trained number."),
    ]
  }

  /// Counts, which are the same on all rows.
  public func measure(_ sample: MetricSample) -> [MetricValue] {
    let weights = Double(inner.modelDescription.parameterCount)
    let trained = Double(modelDescription.parameterCount)
    return [MetricValue(weights), MetricValue(trained), MetricValue(weights / trained)]
  }
}
