internal import CQHost

/// What the host does with models whose outputs are random draws.
public enum StreamFacts {
  /// Draws that a reported figure is the mean of.
  public static let reportDraws = 16

  /// What a component reads of it.
  nonisolated(unsafe) static let table: UnsafePointer<qhost_host_streams> = {
    let table = UnsafeMutablePointer<qhost_host_streams>.allocate(capacity: 1)
    table.initialize(to: .sized())
    table.pointee.report_draws = UInt32(reportDraws)
    return UnsafePointer(table)
  }()
}
