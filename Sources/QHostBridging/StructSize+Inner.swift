public import CQHost

extension qhost_inner: SizedStruct {
  /// As of draft 2.
  public static var firstSize: Int { 16 }
}
extension qhost_inner_work: SizedStruct {
  /// As of draft 2.
  public static var firstSize: Int { 40 }
}
extension qhost_host_inner: SizedStruct {
  /// As of draft 2.
  public static var firstSize: Int { 40 }
}
