internal import CQHost
internal import QHostInterfaces

/// What an instance of a scenario has beside losses, behind C tables.
struct ScenarioTables {
  /// Scores all that it has in one call; `nil`: it has losses only.
  let score: qhost_score_function?
  /// Its cuts with violations, if there are any.
  let cut: Cut?
  /// The gradient of its loss; `nil`: it knows none.
  let gradient: Gradient?

  typealias Gradient =
    @convention(c) (
      UnsafeMutableRawPointer?, UInt32, UInt64, UnsafePointer<Double>?,
      UnsafeMutablePointer<Double>?, UnsafeMutablePointer<Double>?,
      UnsafeMutablePointer<qhost_error>?
    ) -> qhost_status

  typealias Cut =
    @convention(c) (
      UnsafeMutableRawPointer?, UInt64, UnsafePointer<Double>?, UInt64,
      UnsafeMutablePointer<Double>?, UnsafeMutablePointer<Double>?,
      UnsafeMutablePointer<qhost_error>?
    ) -> qhost_status

  /// Asks an instance what it has, and adds it to its description.
  ///
  /// - Throws: when what it says does not fit together.
  init(
    _ component: ForeignComponent, _ instance: UnsafeMutableRawPointer,
    describing description: inout DatasetDescription
  ) throws(ComponentError) {
    var score: qhost_score_function?
    var cut: Cut?
    if let table = component.capability(.constraints, as: qhost_constraints.self) {
      let count = description.output.count
      description.outputKinds = try guarded(
        component.label, "output_kinds",
        throwing: { () throws(ComponentError) in
          try kindArray(table.output_kinds(instance), count, component.culprit)
        })
      description.hasViolations =
        guarded(component.label, "has_violations") { table.has_violations(instance) } != 0
      if description.hasViolations {
        score = table.score
        cut = table.cut
        description.hasCuts = description.hasCuts && cut != nil
      }
    }
    if let table = component.capability(.objectives, as: qhost_objectives.self) {
      description.objectives = try guarded(
        component.label, "list",
        throwing: { () throws(ComponentError) in
          try Self.objectives(table, instance, component.culprit)
        })
      if !description.objectives.isEmpty { score = table.score }
    }
    if let table = component.capability(.scenarioStreams, as: qhost_scenario_streams.self) {
      description.isStochastic =
        guarded(component.label, "is_stochastic") { table.is_stochastic(instance) } != 0
      if description.isStochastic { score = table.score }
    }
    let slopes = component.capability(.slopes, as: qhost_slopes.self)
    description.hasGradient =
      guarded(component.label, "has_gradient") { slopes?.has_gradient(instance) ?? 0 } != 0
    gradient = description.hasGradient ? slopes?.gradient : nil
    // Objectives and draws are scored as wholes.
    if !description.objectives.isEmpty || description.isStochastic { description.hasCuts = false }
    self.score = score
    self.cut = cut
    try description.checkScenario(component.culprit)
  }

  private static func objectives(
    _ table: qhost_objectives, _ instance: UnsafeMutableRawPointer, _ culprit: String
  ) throws(ComponentError) -> [ObjectiveDescription] {
    var list: UnsafePointer<UnsafePointer<qhost_scenario_objective>?>?
    var count: UInt64 = 0
    table.list(instance, &list, &count)
    guard count <= UInt64(ScenarioLimits.objectives) else {
      throw ComponentError(
        "\(culprit) has \(count) objectives; the host takes up to \(ScenarioLimits.objectives)")
    }
    var objectives: [ObjectiveDescription] = []
    for index in 0..<Int(count) {
      guard let pointer = list?[index], let raw = qhost_scenario_objective.reading(pointer),
        let name = raw.name
      else {
        throw ComponentError(
          "\(culprit): objective \(index) is NULL, too small or without a name; set its struct_size and name"
        )
      }
      objectives.append(
        ObjectiveDescription(
          name: String(cString: name), unit: raw.unit.map { String(cString: $0) },
          ideal: raw.ideal, reference: raw.reference))
    }
    return objectives
  }
}

extension DatasetDescription {
  /// Figures of a scenario that the host names itself.
  private static let hostFigures: Set<String> = ["hypervolume", "loss", "violation"]

  /// Checks that kinds, constraints and objectives fit together.
  fileprivate func checkScenario(_ culprit: String) throws(ComponentError) {
    guard task == .scenario else {
      guard outputKinds.isEmpty, !hasViolations, objectives.isEmpty, !isStochastic, !hasGradient
      else {
        throw ComponentError(
          "\(culprit) has kinds of outputs, constraints, objectives, random draws or a gradient, which only scenarios have; "
            + "make its task QHOST_TASK_SCENARIO")
      }
      return
    }
    for (index, kind) in outputKinds.enumerated() where kind != .real {
      guard !outputLower.isEmpty, !outputUpper.isEmpty, outputLower[index].isFinite,
        outputUpper[index].isFinite, kind == .integer || outputLower[index] == 0
      else {
        throw ComponentError(
          "\(culprit): output \(index) is an integer or a category without finite bounds, those of "
            + "categories from 0; set output_lower and output_upper")
      }
    }
    var names: Set<String> = []
    for objective in objectives {
      guard objective.name.wholeMatch(of: /[a-z][a-z0-9-]*/) != nil,
        !Self.hostFigures.contains(objective.name), names.insert(objective.name).inserted
      else {
        throw ComponentError(
          "\(culprit) names an objective '\(objective.name)'; use each name once, of small letters, digits and -, and "
            + "none that the host has: \(Self.hostFigures.sorted().joined(separator: ", "))"
        )
      }
      guard objective.ideal.isFinite, objective.reference.isFinite,
        objective.ideal != objective.reference
      else {
        throw ComponentError(
          "\(culprit): objective '\(objective.name)' has the ideal \(objective.ideal) and the reference "
            + "\(objective.reference); give two different finite numbers")
      }
    }
  }
}

extension Scoring {
  /// Calls `body` with a C struct that borrows its buffers.
  func withRaw<R>(_ body: (UnsafePointer<qhost_scoring>) -> R) -> R {
    // Row numbers have the same bits as Int and as UInt64.
    rows.withUnsafeBytes { bytes in
      var raw = qhost_scoring.sized()
      raw.split = split.rawValue
      raw.row_count = UInt64(rows.count)
      raw.rows = bytes.baseAddress?.assumingMemoryBound(to: UInt64.self)
      raw.point_count = UInt64(pointCount)
      raw.outputs = outputs.baseAddress
      raw.draws = draws.isEmpty ? nil : draws.baseAddress
      raw.losses = losses.isEmpty ? nil : losses.baseAddress
      raw.violations = violations.isEmpty ? nil : violations.baseAddress
      raw.objectives = objectives.isEmpty ? nil : objectives.baseAddress
      return withUnsafePointer(to: raw, body)
    }
  }
}
