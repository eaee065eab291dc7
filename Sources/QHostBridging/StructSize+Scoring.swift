public import CQHost

extension qhost_scoring: SizedStruct {
  /// As of the first drafts that use it.
  public static var firstSize: Int { 72 }
}
extension qhost_constraints: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 40 }
}
extension qhost_host_constraints: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 8 }
}
extension qhost_scenario_objective: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 40 }
}
extension qhost_objectives: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 24 }
}
extension qhost_host_objectives: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 8 }
}
extension qhost_scenario_streams: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 24 }
}
