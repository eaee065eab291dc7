internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

/// The functions of every scenario in Swift whose outputs are of kinds, or must hold to constraints.
func constraintsTable(in arena: Arena) -> UnsafeRawPointer {
  var table = qhost_constraints.sized()
  table.output_kinds = { ExportedDataset.at($0).outputKinds }
  table.has_violations = { ExportedDataset.at($0).dataset.datasetDescription.hasViolations ? 1 : 0 }
  table.score = score
  table.cut = { session, output, offsets, offsetCount, losses, violations, error in
    reporting(to: error) { () throws(ComponentError) in
      let count = Int(offsetCount)
      try ExportedCuts.at(session).cuts.cut(
        output: Int(output), offsets: UnsafeBufferPointer(start: offsets, count: count),
        losses: UnsafeMutableBufferPointer(start: losses, count: count),
        violations: UnsafeMutableBufferPointer(start: violations, count: count))
    }
  }
  return UnsafeRawPointer(arena.value(table))
}

/// The functions of every scenario in Swift with several objectives.
func objectivesTable(in arena: Arena) -> UnsafeRawPointer {
  var table = qhost_objectives.sized()
  table.list = { instance, objectives, count in
    let exported = ExportedDataset.at(instance)
    objectives?.pointee = exported.objectives
    count?.pointee = UInt64(exported.dataset.datasetDescription.objectives.count)
  }
  table.score = score
  return UnsafeRawPointer(arena.value(table))
}

/// The functions of every scenario in Swift whose scores may be random draws.
func scenarioStreamsTable(in arena: Arena) -> UnsafeRawPointer {
  var table = qhost_scenario_streams.sized()
  table.is_stochastic = { ExportedDataset.at($0).dataset.datasetDescription.isStochastic ? 1 : 0 }
  table.score = score
  return UnsafeRawPointer(arena.value(table))
}

private let score: qhost_score_function = { instance, scoring, error in
  reporting(to: error) { () throws(ComponentError) in
    guard let scoring, let raw = qhost_scoring.reading(scoring) else {
      throw ComponentError("the host asked for no scores")
    }
    let exported = ExportedDataset.at(instance)
    try exported.dataset.score(
      Scoring(
        reading: raw, outputCount: exported.outputCount,
        objectiveCount: exported.objectiveCount))
  }
}

extension Scoring {
  /// Reads what the host asks for; the buffers stay its own.
  fileprivate init(
    reading raw: qhost_scoring, outputCount: Int, objectiveCount: Int
  ) throws(ComponentError) {
    let points = Int(raw.point_count)
    let count = points * Int(raw.row_count)
    self.init(
      try Split(checking: raw.split),
      rows: raw.row_count == 1 && raw.rows?.pointee == 0
        ? [0] : rowNumbers(raw.rows, raw.row_count),
      outputs: UnsafeBufferPointer(start: raw.outputs, count: count * outputCount),
      pointCount: points)
    if let start = raw.draws { draws = UnsafeBufferPointer(start: start, count: points) }
    if let start = raw.losses { losses = UnsafeMutableBufferPointer(start: start, count: count) }
    if let start = raw.violations {
      violations = UnsafeMutableBufferPointer(start: start, count: count)
    }
    if let start = raw.objectives {
      objectives = UnsafeMutableBufferPointer(start: start, count: count * objectiveCount)
    }
  }
}

extension ObjectiveDescription {
  /// The description as C has it.
  func stored(in arena: Arena) -> qhost_scenario_objective {
    var raw = qhost_scenario_objective.sized()
    raw.name = arena.text(name)
    raw.unit = arena.text(unit)
    raw.ideal = ideal
    raw.reference = reference
    return raw
  }
}
