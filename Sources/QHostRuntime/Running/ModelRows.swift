internal import Logging
internal import QHostBridging
internal import QHostInterfaces

/// The rows that a trained model is run on: those of its training, or others.
struct ModelRows {
  /// The rows.
  let data: DataAssembly
  /// Whether they are those that the model was trained and tested on.
  let areOfTraining: Bool
  /// Whether they are one table, in the training split's place, rather than the splits of a training.
  let areWhole: Bool

  /// Reads them.
  ///
  /// - Parameters:
  ///   - file: the trained model.
  ///   - dataset: another dataset; `nil`: the one of its training.
  ///   - settings: of the dataset; they replace those of its training.
  ///   - use: what they are read for.
  ///   - catalogue: the plugins.
  ///   - common: what components have in common.
  /// - Throws: kind `data` when they do not fit the model.
  init(
    _ file: ModelFile, dataset: String?, settings: Settings, for use: RowUse,
    catalogue: PluginCatalogue, common: RunServices.Common
  ) throws(RunError) {
    let specification = file.description.specification
    let trained = specification.settings.under("dataset")
    let name = dataset ?? specification.dataset
    var merged = name == specification.dataset ? trained : Settings()
    for (key, value) in settings.values { merged.set(key, to: value) }
    let plan = try ComponentPlan(
      .dataset, named: name, at: "dataset", settings: merged, catalogue: catalogue)
    try ComponentPlan.check(settings, against: [plan])
    let columns = ModelColumns(file.description)
    func read(_ plan: ComponentPlan) throws(RunError) -> DataAssembly {
      try DataAssembly(
        plan, scaling: nil, targetScaling: nil, preprocessing: file.description.preprocessing,
        matching: columns.map { ($0, use) }, common: common)
    }
    let descriptor = plan.component.descriptor
    let canBeWhole =
      columns.map { $0.task != .scenario } ?? false && RowConvention.holds(for: descriptor)
    var isOwn = false
    if name == specification.dataset {
      let before = try ComponentPlan(
        .dataset, named: name, at: "dataset", settings: trained, catalogue: catalogue)
      isOwn = plan.isConfigured(as: before)
    }
    if use == .evaluation, isOwn || !canBeWhole {
      let own = try read(plan)
      let isSame = own.sha256 == file.description.datasetSHA256
      if isSame || !canBeWhole {
        if isOwn, !isSame {
          common.logger.warning(
            "the rows of dataset '\(name)' have changed since the model was trained on it")
        }
        (data, areOfTraining, areWhole) = (own, isSame, false)
        return
      }
      common.logger.warning(
        "the rows of dataset '\(name)' have changed since the model was trained on it; all are evaluated"
      )
    }
    guard canBeWhole, let columns else {
      (data, areOfTraining, areWhole) = (try read(plan), false, false)
      return
    }
    for (key, value) in try RowConvention.settings(for: descriptor, columns, use) {
      merged.set(key, to: value)
    }
    let whole = try ComponentPlan(
      .dataset, named: name, at: "dataset", settings: merged, catalogue: catalogue)
    (data, areOfTraining, areWhole) = (try read(whole), false, true)
  }
}

extension ComponentPlan {
  /// Whether another plan of the component has the same values; a path is the same from any folder.
  fileprivate func isConfigured(as other: ComponentPlan) -> Bool {
    component.descriptor.parameters.allSatisfy { parameter in
      guard let one = configuration.values[parameter.name],
        let another = other.configuration.values[parameter.name]
      else { return false }
      if one == another { return true }
      guard parameter.type == .path, case .text(let here) = one, case .text(let there) = another
      else { return false }
      return FileAccess.absolute(here) == FileAccess.absolute(there)
    }
  }
}
