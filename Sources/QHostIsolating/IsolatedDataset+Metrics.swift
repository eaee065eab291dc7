internal import QHostInterfaces

extension IsolatedDataset: MetricProviding {
  func measure(_ sample: MetricSample) throws(ComponentError) -> [MetricValue] {
    try instance.measure(sample, count: metricDescriptions.count)
  }
}
