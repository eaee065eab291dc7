internal import CQHost

/// How much a model may hand over as documents.
public enum DocumentLimits {
  /// Documents of one model.
  public static let documentCount = 100
  /// Bytes of one of them: 256 MiB.
  public static let byteCount = 1 << 28

  /// What a component reads of them.
  nonisolated(unsafe) static let table: UnsafePointer<qhost_host_documents> = {
    let table = UnsafeMutablePointer<qhost_host_documents>.allocate(capacity: 1)
    table.initialize(to: .sized())
    table.pointee.document_limit = UInt32(documentCount)
    table.pointee.byte_limit = UInt64(byteCount)
    return UnsafePointer(table)
  }()
}
