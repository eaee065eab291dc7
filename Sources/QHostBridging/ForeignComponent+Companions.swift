internal import CQHost
public import QHostInterfaces

/// The host's side of the capability: nothing yet.
enum CompanionFacts {
  /// What a component reads of it.
  nonisolated(unsafe) static let table: UnsafePointer<qhost_host_companions> = {
    let table = UnsafeMutablePointer<qhost_host_companions>.allocate(capacity: 1)
    table.initialize(to: .sized())
    return UnsafePointer(table)
  }()
}

extension ForeignComponent {
  /// What the component says goes with it; `nil`: it says nothing.
  public var companions: Companions? {
    guard
      let table = capabilities[.companions]?.assumingMemoryBound(to: qhost_companions.self).pointee
    else { return nil }
    let shared = (0..<Int(table.shared_count)).compactMap { place in
      table.shared?[place].map { String(cString: $0) }
    }
    return Companions(
      dataset: table.dataset.map { String(cString: $0) },
      optimizer: table.optimizer.map { String(cString: $0) },
      evaluationLimit: Int(clamping: table.evaluation_limit), shared: shared)
  }
}
