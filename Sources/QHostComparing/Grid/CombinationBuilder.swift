internal import QHostBridging
internal import QHostInterfaces
internal import QHostRuntime

/// Collects the combinations of a plan: the product of its axes.
struct CombinationBuilder {
  /// A component at a place of the run: `optimizer`, `model`, `dataset`, `target`, or that of a dependency.
  private struct Pick {
    let place: String
    let choice: ComponentChoice
  }

  private let plan: ComparisonPlan
  private let catalogue: PluginCatalogue
  private let origins: PlanOrigins
  private(set) var combinations: [Combination] = []
  /// The plan's common settings that some component has.
  private var used: Set<String> = []
  private var known: Set<String> = []
  /// The places of dependencies that some combination has.
  private var knownPlaces: Set<String> = []
  private var takesSolver = false
  private var paths: Set<String> = []
  /// The values on the axes of parameters that are lists.
  private var lists: [String: [String]] = [:]

  init(plan: ComparisonPlan, catalogue: PluginCatalogue, origins: PlanOrigins) {
    self.plan = plan
    self.catalogue = catalogue
    self.origins = origins
  }

  /// Adds an optimizer to a problem: once, or with each of the plan's alternatives for what it and the problem's
  /// parts depend on, and for each target.
  ///
  /// - Parameters:
  ///   - optimizer: the optimizer.
  ///   - problem: what it is compared on.
  ///   - place: the problem's place in the plan.
  /// - Throws: kind `usage`.
  mutating func add(
    _ optimizer: ComponentChoice, to problem: PlannedProblem, at place: Int
  ) throws(RunError) {
    var product = [
      [
        Pick(place: "dataset", choice: problem.dataset),
        Pick(place: "model", choice: problem.model),
        Pick(place: "optimizer", choice: optimizer),
      ]
    ]
    for axis in try dependencyAxes(of: optimizer) {
      var further: [[Pick]] = []
      for picks in product {
        let isTaken = try takes(picks, at: axis.place)
        further +=
          isTaken ? axis.choices.map { picks + [Pick(place: axis.place, choice: $0)] } : [picks]
      }
      product = further
    }
    if !plan.targets.isEmpty {
      product = product.flatMap { picks in
        plan.targets.map { picks + [Pick(place: "target", choice: $0)] }
      }
    }
    for picks in product { try add(picks, to: problem, at: place) }
  }

  /// The alternatives for dependencies by place, those of a dependency before those of what it depends on.
  private mutating func dependencyAxes(
    of optimizer: ComponentChoice
  ) throws(RunError) -> [(place: String, choices: [ComponentChoice])] {
    var axes = plan.dependencies
    let solver = try origins.locating(optimizer.label, of: "optimizer") { () throws(RunError) in
      try descriptor(.optimizer, optimizer.name).dependencies.first { $0.kind == .solver }
    }
    if let solver, !plan.solvers.isEmpty {
      takesSolver = true
      let place = "optimizer.\(solver.name)"
      guard axes.updateValue(plan.solvers, forKey: place) == nil else {
        throw RunError(
          .usage, "the plan has solvers, and alternatives for \(place) too; leave one out")
      }
    }
    return axes.sorted { $0.key < $1.key }.map { (place: $0.key, choices: $0.value) }
  }

  private func descriptor(
    _ kind: ComponentKind, _ name: String
  ) throws(RunError) -> ComponentDescriptor {
    try catalogue.component(try catalogue.listing(kind, named: name)).descriptor
  }

  /// Whether a component that is picked depends on something at a place.
  ///
  /// - Throws: kind `usage` when a pick has that settled already.
  private func takes(_ picks: [Pick], at place: String) throws(RunError) -> Bool {
    let words = place.split(separator: ".").map(String.init)
    guard let root = picks.first(where: { $0.place == words[0] }),
      var kind = ComponentKind(rawValue: root.place)
    else { return false }
    let own = settings(of: root.place, picks)
    var (name, at) = (root.choice.name, root.place)
    for word in words.dropFirst() {
      let dependency = try origins.locating(root.choice.label, of: root.place) {
        () throws(RunError) in
        try descriptor(kind, name).dependencies.first { $0.name == word }
      }
      guard let dependency else { return false }
      at += ".\(word)"
      kind = dependency.kind
      name = own[at] ?? plan.settings[at] ?? dependency.defaultComponent
    }
    guard own[place] == nil else {
      throw RunError(
        .usage,
        "'\(root.choice.label)' sets \(place), and the plan has alternatives for it too; leave one "
          + "out")
    }
    return true
  }

  /// What picks set for the component at a place and all that it depends on, by key.
  private func settings(of root: String, _ picks: [Pick]) -> [String: String] {
    var settings: [String: String] = [:]
    for pick in picks where pick.place == root || pick.place.hasPrefix(root + ".") {
      if pick.place != root { settings[pick.place] = pick.choice.name }
      settings.merge(pick.choice.settings(at: pick.place)) { $1 }
    }
    return settings
  }

  private mutating func add(
    _ picks: [Pick], to problem: PlannedProblem, at place: Int
  ) throws(RunError) {
    let labels = Dictionary(uniqueKeysWithValues: picks.map { ($0.place, $0.choice.label) })
    var settings: [String: String] = [:]
    var dependencies: [String: String] = [:]
    var keys: Set<String> = []
    var starts: [String: String] = [:]
    for pick in picks {
      guard let kind = ComponentKind(rawValue: pick.place) else { continue }
      let own = self.settings(of: pick.place, picks)
      let part = try part(kind, pick.choice, own)
      settings.merge(own) { $1 }
      keys.formUnion(part.keys)
      starts.merge(part.starts) { $1 }
      for dependency in part.allDependencies {
        dependencies[dependency.place] =
          labels[dependency.place] ?? dependency.component.descriptor.name
      }
    }
    known.formUnion(keys)
    knownPlaces.formUnion(dependencies.keys)
    let common = plan.settings.filter { keys.contains($0.key) }
    used.formUnion(common.keys)
    combinations.append(
      Combination(
        labels: CellLabels(
          optimizer: labels["optimizer"] ?? "", model: problem.model.label,
          dataset: problem.dataset.label, target: labels["target"], dependencies: dependencies),
        problem: place,
        specification: Self.specification(
          picks, of: problem, settings: Settings(common.merging(settings) { $1 })),
        starts: starts))
  }

  private static func specification(
    _ picks: [Pick], of problem: PlannedProblem, settings: Settings
  ) -> RunSpecification {
    let names = Dictionary(uniqueKeysWithValues: picks.map { ($0.place, $0.choice.name) })
    var specification = RunSpecification(
      optimizer: names["optimizer"] ?? "", model: problem.model.name,
      dataset: problem.dataset.name, settings: settings)
    specification.target = names["target"]
    specification.loss = problem.loss
    specification.scaling = problem.scaling
    specification.targetScaling = problem.targetScaling
    specification.prior = problem.prior
    specification.scalarisation = problem.scalarisation
    specification.batchRows = problem.batchRows
    specification.budget = problem.budget
    return specification
  }

  /// Looks up one component, and checks what the plan sets for it.
  private mutating func part(
    _ kind: ComponentKind, _ choice: ComponentChoice, _ own: [String: String]
  ) throws(RunError) -> ComponentPlan {
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
    for part in [made] + made.allDependencies {
      let component = part.component
      paths.insert(try catalogue.listing(component.kind, named: component.descriptor.name).path)
    }
    for parameter in made.component.descriptor.parameters
    where parameter.type == .integers || parameter.type == .reals {
      let key = "\(kind.rawValue).\(parameter.name)"
      guard let value = own[key], !(lists[key]?.contains(value) ?? false) else { continue }
      lists[key, default: []].append(value)
    }
    return made
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
  func plugins() -> [PluginFile] {
    var files: [PluginFile] = []
    for path in paths.sorted() {
      guard let entry = catalogue.entries.first(where: { $0.path == path }),
        case .plugin(let summary) = entry.result
      else { continue }
      files.append(PluginFile(summary, sha256: entry.sha256))
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
    for place in plan.dependencies.keys.sorted() where !knownPlaces.contains(place) {
      throw RunError(
        .usage,
        "no component of the plan depends on anything at '\(place)'"
          + Suggestion.sentence(for: place, among: knownPlaces.sorted()))
    }
  }
}
