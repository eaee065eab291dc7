import QHostInterfaces
import QHostRuntime
import Testing

@Suite("Every scenario with constraints, objectives or random draws")
struct ScenarioConformanceTests {
  /// The scores of points [P][C] at rows, each [P × B] or [P × M × B].
  private struct Scores: Equatable {
    var losses: [Double] = []
    var violations: [Double] = []
    var objectives: [Double] = []
  }

  private func scores(
    _ dataset: any Dataset, _ points: [[Double]], rows: [Int] = [0], draws: [UInt64] = []
  ) throws -> Scores {
    let description = dataset.datasetDescription
    let (p, b, m) = (points.count, rows.count, description.objectives.count)
    var scores = Scores()
    scores.losses = [Double](repeating: .nan, count: m == 0 ? p * b : 0)
    scores.violations = [Double](repeating: .nan, count: description.hasViolations ? p * b : 0)
    scores.objectives = [Double](repeating: .nan, count: p * m * b)
    let outputs = points.flatMap { $0.flatMap { Array(repeating: $0, count: b) } }
    let numbers = draws.isEmpty ? Array(1...UInt64(p)) : draws
    try outputs.withUnsafeBufferPointer { outputs in
      try numbers.withUnsafeBufferPointer { numbers in
        var scoring = Scoring(.train, rows: rows, outputs: outputs, pointCount: p)
        if description.isStochastic { scoring.draws = numbers }
        try scores.losses.withUnsafeMutableBufferPointer { losses in
          try scores.violations.withUnsafeMutableBufferPointer { violations in
            try scores.objectives.withUnsafeMutableBufferPointer { objectives in
              scoring.losses = losses
              scoring.violations = violations
              scoring.objectives = objectives
              try dataset.score(scoring)
            }
          }
        }
      }
    }
    return scores
  }

  /// Outputs within the domain and of the kinds, different for each number.
  private func outputs(_ description: DatasetDescription, _ number: Int) -> [Double] {
    (0..<description.output.count).map { index in
      let (lower, upper) = (description.outputLower[index], description.outputUpper[index])
      let value = lower + Double((number * 71 + index * 29 + 7) % 101) / 101 * (upper - lower)
      let isReal = description.outputKinds.isEmpty || description.outputKinds[index] == .real
      return isReal ? value : value.rounded()
    }
  }

  @Test(
    "scores the same again, and alone as among others", arguments: CapabilityCase.scenarios)
  func repeats(_ capability: CapabilityCase) throws {
    let dataset = try capability.assembly().data.dataset
    let points = (0..<60).map { outputs(dataset.datasetDescription, $0) }
    let all = try scores(dataset, points)
    #expect(try scores(dataset, points) == all)
    var alone = Scores()
    for (place, point) in points.enumerated() {
      let one = try scores(dataset, [point], draws: [UInt64(place) + 1])
      alone.losses += one.losses
      alone.violations += one.violations
      alone.objectives += one.objectives
    }
    #expect(alone == all)
    #expect((all.losses + all.violations + all.objectives).allSatisfy { !$0.isNaN })
    #expect(all.violations.allSatisfy { $0 >= 0 })
    if dataset.datasetDescription.hasViolations {
      #expect(all.violations.contains(0) && all.violations.contains { $0 > 0 })
    }
  }

  @Test("scores several rows as each of them alone", arguments: CapabilityCase.scenarios)
  func rows(_ capability: CapabilityCase) throws {
    let dataset = try capability.assembly().data.dataset
    let count = dataset.datasetDescription.rowCount(.train)
    let rows = Array(0..<count)
    let points = (0..<3).map { outputs(dataset.datasetDescription, $0) }
    let together = try scores(dataset, points, rows: rows)
    for row in rows {
      let alone = try scores(dataset, points, rows: [row])
      #expect(alone.losses == each(count, row, of: together.losses))
      #expect(alone.violations == each(count, row, of: together.violations))
      #expect(alone.objectives == each(count, row, of: together.objectives))
    }
  }

  private func each(_ stride: Int, _ place: Int, of values: [Double]) -> [Double] {
    Swift.stride(from: place, to: values.count, by: stride).map { values[$0] }
  }

  @Test(
    "scores other draws otherwise, the same ones alike",
    arguments: CapabilityCase.scenarios)
  func draws(_ capability: CapabilityCase) throws {
    let dataset = try capability.assembly().data.dataset
    guard dataset.datasetDescription.isStochastic else { return }
    let point = outputs(dataset.datasetDescription, 4)
    let found = try scores(dataset, [point, point, point], rows: [0, 1], draws: [5, 6, 5])
    #expect(found.losses[0] == found.losses[4] && found.losses[1] == found.losses[5])
    #expect(Set(found.losses[..<4]).count == 4)
  }

  @Test("cuts as it scores, violations too", arguments: CapabilityCase.scenarios)
  func cuts(_ capability: CapabilityCase) throws {
    let dataset = try capability.assembly().data.dataset
    let description = dataset.datasetDescription
    guard description.hasCuts else { return }
    var base = outputs(description, 3)
    let cuts = try base.withUnsafeBufferPointer {
      try dataset.makeCuts(.train, row: 0, outputs: $0)
    }
    let offsets = [-0.25, 0, 0.125, 0.5]
    for round in 0..<2 {
      for output in base.indices {
        var found = Scores()
        found.losses = [Double](repeating: .nan, count: offsets.count)
        found.violations = found.losses
        try offsets.withUnsafeBufferPointer { offsets in
          try found.losses.withUnsafeMutableBufferPointer { losses in
            try found.violations.withUnsafeMutableBufferPointer { violations in
              try cuts.cut(
                output: output, offsets: offsets, losses: losses, violations: violations)
            }
          }
        }
        let whole = try scores(
          dataset,
          offsets.map { offset in
            var point = base
            point[output] += offset
            return point
          })
        for (cut, score) in zip(
          found.losses + found.violations, whole.losses + whole.violations)
        { #expect(abs(cut - score) <= 1e-9 * max(1, abs(score))) }
      }
      try cuts.move(output: round, delta: 0.0625)
      base[round] += 0.0625
    }
  }
}
