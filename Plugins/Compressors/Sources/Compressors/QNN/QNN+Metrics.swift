public import QHostInterfaces

extension QNN {
  /// Rows of the training step that ``metricDescriptions`` speaks of.
  static let stepRows = 512

  /// Those of all compressors, and how little of a training step the circuit takes.
  public var metricDescriptions: [MetricDescription] {
    sizeDescriptions + [
      MetricDescription(
        "circuit_part", .neutral,
        "Part of a gradient of \(Self.stepRows) rows that the circuit and its way back take, by modelled time."
      )
    ]
  }

  /// Of the settings alone; the rows do not matter.
  public func measure(_ sample: MetricSample) throws(ComponentError) -> [MetricValue] {
    sizes + [
      MetricValue(work.circuitPart(rowCount: Self.stepRows, around: inner.description.passWork))
    ]
  }
}
