public import CQHost

extension qhost_series: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 40 }
}
extension qhost_host_series: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 16 }
}
