internal import QHostInterfaces

extension IsolatedInstance {
  /// What a component measures of rows: [count] values, in the order of its descriptions.
  func measure(_ sample: MetricSample, count: Int) throws(ComponentError) -> [MetricValue] {
    guard count > 0 else { return [] }
    return try call(.measure) {
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
