internal import Logging
internal import QHostInterfaces

extension TrainedModel {
  /// Puts the model on a target.
  ///
  /// - Parameters:
  ///   - target: its name.
  ///   - settings: what the user set, `target.` and `dataset.` keys.
  ///   - folder: where the files go.
  ///   - catalogue: the plugins.
  /// - Returns: what it does and costs there.
  /// - Throws: kind `usage` for a target that does not exist, keys that it does not have, or a model that
  ///   it has no code for.
  public func deploy(
    to target: String, settings: Settings, folder: String, catalogue: PluginCatalogue
  ) throws(RunError) -> Deployment {
    let plan = try ComponentPlan(
      .target, named: target, at: "target", settings: settings, catalogue: catalogue)
    try ComponentPlan.check(settings.under("target"), against: [plan])
    return try Deployer(
      plan: plan, network: TrainedNetwork(parts: parts, parameters: parameters), data: data,
      common: common, rowsAreWhole: rows.areWhole
    ).deploy(to: folder)
  }
}

extension RunAssembly {
  /// Tells before the training what the target has no code for.
  ///
  /// - Throws: kind `usage`.
  public func rehearseDeployment() throws(RunError) {
    guard let target = plans.target else { return }
    var quiet = common
    quiet.logger.logLevel = .error
    try Deployer(
      plan: target, network: TrainedNetwork(parts: parts, parameters: problem.initial), data: data,
      common: quiet
    ).rehearse()
  }

  /// Puts the trained model on the target of the run; `nil` without one.
  ///
  /// - Parameters:
  ///   - parameters: [n].
  ///   - folder: where the files go; `nil`: none are written, and the target's remarks are not shown.
  /// - Returns: what it does and costs there.
  /// - Throws: what the target throws.
  public func deploy(_ parameters: [Double], to folder: String?) throws(RunError) -> Deployment? {
    guard let target = plans.target else { return nil }
    var common = common
    if folder == nil { common.logger.logLevel = .warning }
    return try Deployer(
      plan: target, network: TrainedNetwork(parts: parts, parameters: parameters), data: data,
      common: common
    ).deploy(to: folder)
  }
}
