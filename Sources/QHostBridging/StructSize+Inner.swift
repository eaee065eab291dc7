public import CQHost

extension qhost_inner: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 8 }
}
extension qhost_inner_work: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 40 }
}
extension qhost_host_inner: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 40 }
}
