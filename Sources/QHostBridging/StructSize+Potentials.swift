public import CQHost

extension qhost_potentials: SizedStruct {
  /// As of draft 2.
  public static var firstSize: Int { 80 }
}
extension qhost_host_potentials: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 8 }
}
