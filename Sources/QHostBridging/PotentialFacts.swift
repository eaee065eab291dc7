import CQHost

/// The host's side of models that sum losses along the weights of a unit.
enum PotentialFacts {
  /// What a component reads of it.
  nonisolated(unsafe) static let table: UnsafePointer<qhost_host_potentials> = {
    let table = UnsafeMutablePointer<qhost_host_potentials>.allocate(capacity: 1)
    table.initialize(to: .sized())
    return UnsafePointer(table)
  }()
}
