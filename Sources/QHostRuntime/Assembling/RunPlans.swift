internal import QHostInterfaces

/// The components of a run, picked and configured, before anything is made.
public struct RunPlans: Sendable {
  /// Proposes parameters.
  public let optimizer: ComponentPlan
  /// Is trained.
  public let model: ComponentPlan
  /// Is trained on.
  public let dataset: ComponentPlan
  /// Takes the trained model, if one is asked for.
  public let target: ComponentPlan?

  /// Picks the components and checks every setting.
  ///
  /// - Throws: kind `usage`.
  public init(
    _ specification: RunSpecification, catalogue: PluginCatalogue
  ) throws(RunError) {
    let settings = specification.settings
    optimizer = try ComponentPlan(
      .optimizer, named: specification.optimizer, at: "optimizer", settings: settings,
      catalogue: catalogue)
    model = try ComponentPlan(
      .model, named: specification.model, at: "model", settings: settings, catalogue: catalogue)
    dataset = try ComponentPlan(
      .dataset, named: specification.dataset, at: "dataset", settings: settings,
      catalogue: catalogue)
    target = try specification.target.map { (name) throws(RunError) in
      try ComponentPlan(
        .target, named: name, at: "target", settings: settings, catalogue: catalogue)
    }
    try ComponentPlan.check(settings, against: all)
  }

  /// All of them.
  public var all: [ComponentPlan] { [optimizer, model, dataset] + (target.map { [$0] } ?? []) }

  /// The specification with the paths of existing files from the root, and the SHA-256 of those that inner models
  /// start from.
  ///
  /// So that a run is resumed, and its model evaluated, from any folder and with the same files.
  func anchored(
    _ specification: RunSpecification, _ startHashes: [String: String]
  ) -> RunSpecification {
    var anchored = specification
    anchored.startHashes = startHashes.isEmpty ? nil : startHashes
    anchored.start = specification.start.map { FileAccess.absolute($0) }
    for plan in all {
      for (key, path) in plan.paths where FileAccess.exists(path) {
        anchored.settings.set(key, to: FileAccess.absolute(path))
      }
    }
    return anchored
  }
}
