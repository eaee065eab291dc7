internal import CQHost

/// What the host does with rows that are long.
public enum SeriesFacts {
  /// The inputs of rows that are bound at once take no more than this, in bytes.
  public static let blockBytes = 4 << 20

  /// What a component reads of it.
  nonisolated(unsafe) static let table: UnsafePointer<qhost_host_series> = {
    let table = UnsafeMutablePointer<qhost_host_series>.allocate(capacity: 1)
    table.initialize(to: .sized())
    table.pointee.block_bytes = UInt64(blockBytes)
    return UnsafePointer(table)
  }()
}
