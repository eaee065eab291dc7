internal import QHostBridging
internal import QHostInterfaces

/// What a user left open of a run.
public struct OpenChoices: OptionSet, Sendable {
  /// One bit for each.
  public let rawValue: Int

  /// Makes a set.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// The dataset.
  public static let dataset = OpenChoices(rawValue: 1)
  /// The optimizer, and with it the budget.
  public static let optimizer = OpenChoices(rawValue: 2)
}

extension RunSpecification {
  /// Takes what its model says goes with it, where the user left it open (decision 25).
  ///
  /// - Parameters:
  ///   - open: what the user did not name; the specification has the host's defaults there.
  ///   - catalogue: where the model is.
  /// - Throws: kind `usage` for a model that there is not; `plugin` for one that cannot be loaded.
  public mutating func takeCompanions(
    _ open: OpenChoices, from catalogue: PluginCatalogue
  ) throws(RunError) {
    guard !open.isEmpty else { return }
    let component = try catalogue.component(try catalogue.listing(.model, named: model))
    guard let companions = component.companions else { return }
    if open.contains(.dataset), let name = companions.dataset {
      dataset = name
      for parameter in component.descriptor.parameters
      where companions.shared.contains(parameter.name) {
        let (from, to) = ("model.\(parameter.name)", "dataset.\(parameter.name)")
        guard settings[to] == nil, let value = settings[from] ?? parameter.defaultValue else {
          continue
        }
        settings.set(to, to: value)
      }
    }
    if open.contains(.optimizer), let name = companions.optimizer {
      optimizer = name
      guard companions.evaluationLimit > 0 else { return }
      budget.maxEvaluations = companions.evaluationLimit
      budget.maxForwardEquivalents = nil
    }
  }
}
