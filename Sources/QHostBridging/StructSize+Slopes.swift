public import CQHost

extension qhost_slopes: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 24 }
}
extension qhost_host_slopes: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 8 }
}
