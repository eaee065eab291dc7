public import CQHost

extension qhost_metric: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 32 }
}
extension qhost_metric_sample: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 72 }
}
extension qhost_metrics: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 24 }
}
extension qhost_host_metrics: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 8 }
}
