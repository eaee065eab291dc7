public import CQHost

extension qhost_streams: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 32 }
}
extension qhost_host_streams: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 8 }
}
