public import CQHost

extension qhost_companions: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 40 }
}
extension qhost_host_companions: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 8 }
}
