internal import QHostBridging
internal import QHostInterfaces
internal import QHostRuntime

/// Collects the combinations of a plan.
struct CombinationBuilder {
  private let plan: ComparisonPlan
  private let catalogue: PluginCatalogue
  private let origins: PlanOrigins
  private(set) var combinations: [Combination] = []
  /// The plan's common settings that some component has.
  private var used: Set<String> = []
  private var known: Set<String> = []
  private var takesSolver = false
  private var paths: Set<String> = []
  /// The values on the axes of parameters that are lists.
  private var lists: [String: [String]] = [:]

  init(plan: ComparisonPlan, catalogue: PluginCatalogue, origins: PlanOrigins) {
    self.plan = plan
    self.catalogue = catalogue
    self.origins = origins
  }

  /// Adds an optimizer to a problem: once, or with each solver of the plan.
  ///
  /// - Parameters:
  ///   - optimizer: the optimizer.
  ///   - problem: what it is compared on.
  ///   - place: the problem's place in the plan.
  /// - Throws: kind `usage`.
  mutating func add(
    _ optimizer: ComponentChoice, to problem: PlannedProblem, at place: Int
  ) throws(RunError) {
    let slot = try origins.locating(optimizer.label, of: "optimizer") { () throws(RunError) in
      try solverSlot(of: optimizer)
    }
    guard let slot, !plan.solvers.isEmpty else {
      try add(optimizer, nil, problem, place)
      return
    }
    takesSolver = true
    guard optimizer.settings[slot] == nil else {
      throw RunError(
        .usage,
        "'\(optimizer.label)' sets its solver, and the plan has solvers too; leave one out")
    }
    for solver in plan.solvers { try add(optimizer, (slot, solver), problem, place) }
  }

  /// The name of the dependency that a solver goes to.
  private func solverSlot(of optimizer: ComponentChoice) throws(RunError) -> String? {
    let listing = try catalogue.listing(.optimizer, named: optimizer.name)
    return try catalogue.component(listing).descriptor.dependencies.first { $0.kind == .solver }?
      .name
  }

  private mutating func add(
    _ optimizer: ComponentChoice, _ solver: (slot: String, choice: ComponentChoice)?,
    _ problem: PlannedProblem, _ place: Int
  ) throws(RunError) {
    guard !plan.targets.isEmpty else {
      try add(optimizer, solver, problem, place, nil)
      return
    }
    for target in plan.targets { try add(optimizer, solver, problem, place, target) }
  }

  private mutating func add(
    _ optimizer: ComponentChoice, _ solver: (slot: String, choice: ComponentChoice)?,
    _ problem: PlannedProblem, _ place: Int, _ target: ComponentChoice?
  ) throws(RunError) {
    let (model, dataset) = (problem.model, problem.dataset)
    var ofOptimizer = optimizer.settings(at: "optimizer")
    if let solver {
      ofOptimizer["optimizer.\(solver.slot)"] = solver.choice.name
      ofOptimizer.merge(solver.choice.settings(at: "optimizer.\(solver.slot)")) { $1 }
    }
    var parts = [
      try part(.dataset, dataset, dataset.settings(at: "dataset")),
      try part(.model, model, model.settings(at: "model")),
      try part(.optimizer, optimizer, ofOptimizer),
    ]
    if let target { parts.append(try part(.target, target, target.settings(at: "target"))) }
    let keys = Set(parts.flatMap(\.plan.keys))
    known.formUnion(keys)
    let common = plan.settings.filter { keys.contains($0.key) }
    used.formUnion(common.keys)
    var specification = RunSpecification(
      optimizer: optimizer.name, model: model.name, dataset: dataset.name,
      settings: Settings(parts.reduce(into: common) { $0.merge($1.own) { $1 } }))
    specification.target = target?.name
    specification.loss = problem.loss
    specification.scaling = problem.scaling
    specification.prior = problem.prior
    specification.batchRows = problem.batchRows
    specification.budget = problem.budget
    let taken = parts[2].plan.dependencies.values.first { $0.component.kind == .solver }
    let labels = CellLabels(
      optimizer: optimizer.label,
      solver: solver?.choice.label ?? taken?.component.descriptor.name, model: model.label,
      dataset: dataset.label, target: target?.label)
    combinations.append(Combination(labels: labels, problem: place, specification: specification))
  }

  /// Looks up one component, and checks what the plan sets for it.
  private mutating func part(
    _ kind: ComponentKind, _ choice: ComponentChoice, _ own: [String: String]
  ) throws(RunError) -> (plan: ComponentPlan, own: [String: String]) {
    if let key = own.keys.sorted().first(where: { plan.settings[$0] != nil }) {
      throw RunError(
        .usage, "\(key) is set for all and for '\(choice.label)' alone; leave one out")
    }
    let all = Settings(own.merging(plan.settings) { $1 })
    let made = try origins.locating(choice.label, of: kind.rawValue) { () throws(RunError) in
      let made = try ComponentPlan(
        kind, named: choice.name, at: kind.rawValue, settings: all, catalogue: catalogue)
      try ComponentPlan.check(Settings(own), against: [made])
      return made
    }
    try note(made)
    for parameter in made.component.descriptor.parameters
    where parameter.type == .integers || parameter.type == .reals {
      let key = "\(kind.rawValue).\(parameter.name)"
      guard let value = own[key], !(lists[key]?.contains(value) ?? false) else { continue }
      lists[key, default: []].append(value)
    }
    return (made, own)
  }

  private mutating func note(_ plan: ComponentPlan) throws(RunError) {
    let component = plan.component
    paths.insert(try catalogue.listing(component.kind, named: component.descriptor.name).path)
    for dependency in plan.dependencies.values { try note(dependency) }
  }

  /// Alternatives that may have been meant as one list.
  var notes: [String] {
    lists.sorted { $0.key < $1.key }.compactMap { key, values in
      guard values.count > 1, values.allSatisfy({ !$0.contains(",") }) else { return nil }
      return
        "\(key) is a list, and \(values.sorted().joined(separator: " and ")) are alternatives; "
        + "for one list write \(key.split(separator: ".").last ?? "")=(\(values.joined(separator: ",")))"
    }
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
      try origins.locating(key, of: "set") { () throws(RunError) in
        throw RunError(
          .usage,
          "no component of the plan has a parameter '\(key)'"
            + Suggestion.sentence(for: key, among: known.sorted()))
      }
    }
    guard plan.solvers.isEmpty || takesSolver else {
      throw RunError(.usage, "no optimizer of the plan takes a solver; leave the solvers out")
    }
  }
}
