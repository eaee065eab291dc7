internal import QHostBridging
internal import QHostInterfaces

/// Collects the combinations of a plan.
struct CombinationBuilder {
  private let plan: ComparisonPlan
  private let catalogue: PluginCatalogue
  private(set) var combinations: [Combination] = []
  /// The plan's common settings that some component has.
  private var used: Set<String> = []
  private var known: Set<String> = []
  private var takesSolver = false
  private var paths: Set<String> = []

  init(plan: ComparisonPlan, catalogue: PluginCatalogue) {
    self.plan = plan
    self.catalogue = catalogue
  }

  mutating func add(
    _ optimizer: ComponentChoice, _ model: ComponentChoice, _ dataset: ComponentChoice
  ) throws(RunError) {
    let component = try catalogue.component(
      try catalogue.listing(.optimizer, named: optimizer.name))
    let slot = component.descriptor.dependencies.first { $0.kind == .solver }?.name
    guard let slot, !plan.solvers.isEmpty else {
      try add(optimizer, solver: nil, at: "", model, dataset)
      return
    }
    takesSolver = true
    guard optimizer.settings[slot] == nil else {
      throw RunError(
        .usage,
        "'\(optimizer.label)' sets its solver, and the plan has solvers too; leave one out")
    }
    for solver in plan.solvers { try add(optimizer, solver: solver, at: slot, model, dataset) }
  }

  private mutating func add(
    _ optimizer: ComponentChoice, solver: ComponentChoice?, at slot: String,
    _ model: ComponentChoice, _ dataset: ComponentChoice
  ) throws(RunError) {
    var own = optimizer.settings(at: "optimizer")
    if let solver {
      own["optimizer.\(slot)"] = solver.name
      own.merge(solver.settings(at: "optimizer.\(slot)")) { $1 }
    }
    own.merge(model.settings(at: "model")) { $1 }
    own.merge(dataset.settings(at: "dataset")) { $1 }
    for key in own.keys.sorted() where plan.settings[key] != nil {
      throw RunError(
        .usage, "\(key) is set for all and for one component of the plan; leave one out")
    }
    let all = Settings(own.merging(plan.settings) { $1 })
    let plans = [
      try ComponentPlan(
        .optimizer, named: optimizer.name, at: "optimizer", settings: all, catalogue: catalogue),
      try ComponentPlan(
        .model, named: model.name, at: "model", settings: all, catalogue: catalogue),
      try ComponentPlan(
        .dataset, named: dataset.name, at: "dataset", settings: all, catalogue: catalogue),
    ]
    try ComponentPlan.check(Settings(own), against: plans)
    for plan in plans { try note(plan) }
    let keys = Set(plans.flatMap(\.keys))
    known.formUnion(keys)
    let common = plan.settings.filter { keys.contains($0.key) }
    used.formUnion(common.keys)
    var specification = RunSpecification(
      optimizer: optimizer.name, model: model.name, dataset: dataset.name,
      settings: Settings(own.merging(common) { $1 }))
    specification.loss = plan.loss
    specification.scaling = plan.scaling
    specification.batchRows = plan.batchRows
    specification.budget = plan.budget
    let taken = plans[0].dependencies.values.first { $0.component.kind == .solver }
    let labels = CellLabels(
      optimizer: optimizer.label, solver: solver?.label ?? taken?.component.descriptor.name,
      model: model.label, dataset: dataset.label)
    combinations.append(Combination(labels: labels, specification: specification))
  }

  private mutating func note(_ plan: ComponentPlan) throws(RunError) {
    let component = plan.component
    paths.insert(try catalogue.listing(component.kind, named: component.descriptor.name).path)
    for dependency in plan.dependencies.values { try note(dependency) }
  }

  /// The plugins that the combinations use, by path.
  func plugins() throws(RunError) -> [PluginFile] {
    var files: [PluginFile] = []
    for path in paths.sorted() {
      guard let entry = catalogue.entries.first(where: { $0.path == path }),
        case .plugin(let summary) = entry.result
      else { continue }
      files.append(try PluginFile(summary, path: path))
    }
    return files
  }

  /// Refuses what no combination uses.
  func checkUse() throws(RunError) {
    if let key = plan.settings.keys.sorted().first(where: { !used.contains($0) }) {
      throw RunError(
        .usage,
        "no component of the plan has a parameter '\(key)'"
          + Suggestion.sentence(for: key, among: known.sorted()))
    }
    guard plan.solvers.isEmpty || takesSolver else {
      throw RunError(.usage, "no optimizer of the plan takes a solver; leave the solvers out")
    }
  }
}
