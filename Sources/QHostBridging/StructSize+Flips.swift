public import CQHost

extension qhost_factors: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 32 }
}
extension qhost_flips: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 48 }
}
extension qhost_host_flips: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 8 }
}
