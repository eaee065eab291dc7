/// A dataset or a model that has metrics: named numbers on a split, beside loss and accuracy.
///
/// A component that is published in a plugin and conforms has the capability `qhost.draft.metrics/1`; nothing
/// else is to be done.
public protocol MetricProviding: AnyObject {
  /// The metrics of this instance, which do not change; none is allowed.
  var metricDescriptions: [MetricDescription] { get }

  /// Measures them all; from one thread at a time.
  ///
  /// - Parameter sample: rows of a split with the outputs for them.
  /// - Returns: a value for each description, in their order.
  /// - Throws: when they cannot be measured.
  func measure(_ sample: MetricSample) throws(ComponentError) -> [MetricValue]
}
