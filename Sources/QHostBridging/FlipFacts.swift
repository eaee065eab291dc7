internal import CQHost

/// The host's side of models of units with two outputs.
enum FlipFacts {
  /// What a component reads of it.
  nonisolated(unsafe) static let table: UnsafePointer<qhost_host_flips> = {
    let table = UnsafeMutablePointer<qhost_host_flips>.allocate(capacity: 1)
    table.initialize(to: .sized())
    return UnsafePointer(table)
  }()
}
