internal import QHostInterfaces

/// Kinds of components, as far as isolation makes a difference between them.
enum IsolatedKind {
  /// Whether `all` means components of a kind: targets start compilers and simulators, which no isolated plugin may.
  static func isMeantByAll(_ kind: ComponentKind) -> Bool {
    switch kind {
    case .optimizer, .solver, .dataset, .model: true
    case .target: false
    }
  }
}
