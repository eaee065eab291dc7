internal import QHostBridging
internal import QHostInterfaces
internal import QHostRuntime

/// What can be isolated so far.
enum IsolatedKind {
  /// Whether components of a kind can, alone or with what depends on them.
  static func isPossible(_ kind: ComponentKind) -> Bool {
    switch kind {
    case .optimizer, .solver, .dataset, .model: true
    case .target: false
    }
  }

  /// Why a plan cannot be made in another process; `nil`: it can.
  static func obstacle(to plan: ComponentPlan) -> RunError? {
    let component = plan.component
    switch component.kind {
    case .optimizer, .solver, .dataset: return nil
    case .model:
      guard component.has(.inner) || !plan.dependencies.isEmpty else { return nil }
      let inner = plan.allDependencies.map(\.component.culprit)
      let around = inner.isEmpty ? "" : "is made around \(inner.joined(separator: ", ")) and "
      return RunError(
        .usage,
        "\(component.culprit) cannot be isolated yet: it \(around)may see rows of the data while it is made; leave "
          + "what belongs to it out of --isolate")
    case .target:
      return RunError(
        .usage,
        "\(component.culprit) cannot be isolated yet: optimizers, their solvers, datasets and models can; leave it "
          + "out of --isolate")
    }
  }
}
