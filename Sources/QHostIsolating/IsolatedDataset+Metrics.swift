internal import QHostInterfaces

extension IsolatedDataset: MetricProviding {
  func measure(_ sample: MetricSample) throws(ComponentError) -> [MetricValue] {
    guard !metricDescriptions.isEmpty else { return [] }
    let count = metricDescriptions.count
    return try instance.call(.measure) {
      sample.write(to: &$0)
    } read: {
      (message) throws(ComponentError) in
      let values = try message.elements { (message) throws(ComponentError) in
        try MetricValue(from: &message)
      }
      guard values.count == count else { throw MessageReader.damaged }
      return values
    }
  }
}
