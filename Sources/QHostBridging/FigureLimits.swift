internal import CQHost

/// How much a component may hand over for pictures.
public enum FigureLimits {
  /// Figures of one component.
  public static let figureCount = 100
  /// Points, cells, events, nodes and edges together, in one figure.
  public static let elementCount = 100_000

  /// What a component reads of them.
  nonisolated(unsafe) static let table: UnsafePointer<qhost_host_figures> = {
    let table = UnsafeMutablePointer<qhost_host_figures>.allocate(capacity: 1)
    table.initialize(to: .sized())
    table.pointee.figure_limit = UInt32(figureCount)
    table.pointee.element_limit = UInt64(elementCount)
    return UnsafePointer(table)
  }()
}
