internal import QHostBridging
internal import QHostInterfaces
internal import QHostRuntime

/// What can be isolated so far.
enum IsolatedKind {
  /// Whether components of a kind can, alone or with what depends on them.
  static func isPossible(_ kind: ComponentKind) -> Bool {
    switch kind {
    case .optimizer, .solver, .dataset: true
    case .model, .target: false
    }
  }

  /// Why a plan cannot be made in another process; `nil`: it can.
  static func obstacle(to plan: ComponentPlan) -> RunError? {
    let component = plan.component
    switch component.kind {
    case .optimizer, .solver, .dataset: return nil
    case .model, .target:
      let inner = plan.allDependencies.filter(\.isIsolated).map(\.component.culprit)
      let because = inner.isEmpty ? "" : " (it works with \(inner.joined(separator: ", ")))"
      return RunError(
        .usage,
        "\(component.culprit) cannot be isolated yet\(because): models and targets work in this process, "
          + "optimizers, their solvers and datasets can be isolated; leave it out of --isolate")
    }
  }
}
