internal import CQHost
public import QHostInterfaces

/// The host's side of the capability: nothing yet.
enum DeterminismFacts {
  /// What a component reads of it.
  nonisolated(unsafe) static let table: UnsafePointer<qhost_host_determinism> = {
    let table = UnsafeMutablePointer<qhost_host_determinism>.allocate(capacity: 1)
    table.initialize(to: .sized())
    return UnsafePointer(table)
  }()
}

extension ForeignComponent {
  /// How far a seed repeats what it does, as it says itself.
  public var determinism: Determinism {
    guard
      let table = capabilities[.determinism]?.assumingMemoryBound(to: qhost_determinism.self)
        .pointee, let level = Determinism.Level(rawValue: table.level)
    else { return .pure }
    return Determinism(level, because: table.reason.map { String(cString: $0) })
  }
}

extension qhost_determinism {
  /// Whether its level is one that there is, and has a reason where it must.
  var isComplete: Bool {
    guard let level = Determinism.Level(rawValue: level) else { return false }
    return level == .pure || reason != nil
  }
}
