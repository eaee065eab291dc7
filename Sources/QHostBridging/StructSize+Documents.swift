public import CQHost

extension qhost_document: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 40 }
}
extension qhost_documents: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 16 }
}
extension qhost_host_documents: SizedStruct {
  /// As of draft 1.
  public static var firstSize: Int { 16 }
}
