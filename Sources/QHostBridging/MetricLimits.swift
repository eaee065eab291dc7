internal import CQHost

/// How many metrics a component may have.
public enum MetricLimits {
  /// Metrics of one component.
  public static let metricCount = 100

  /// What a component reads of it.
  nonisolated(unsafe) static let table: UnsafePointer<qhost_host_metrics> = {
    let table = UnsafeMutablePointer<qhost_host_metrics>.allocate(capacity: 1)
    table.initialize(to: .sized())
    table.pointee.metric_limit = UInt32(metricCount)
    return UnsafePointer(table)
  }()
}
