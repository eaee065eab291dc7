public import CQHost

extension qhost_drifts: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 16 }
}
extension qhost_host_drifts: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 16 }
}
