import QHostBridging
import QHostInterfaces
import QHostPluginTesting
import Testing

@Suite("Every scenario, through its library")
struct ScenarioTests {
  static let scenarios = DatasetCase.present.filter {
    (try? DatasetCase($0).description.task) == .scenario
  }

  @Test(
    "Scores are finite or infeasible, repeat, and none is below the best known",
    arguments: scenarios)
  func scores(_ component: BenchComponent) throws {
    for scenario in try DatasetCase.all(component) {
      let points = (0..<20).map { scenario.outputs($0) }
      let losses = try scenario.score(points)
      #expect(losses.allSatisfy { !$0.isNaN && $0 > -.infinity }, "\(scenario.settings)")
      #expect(losses.contains { $0.isFinite }, "\(scenario.settings)")
      #expect(try scenario.score(points) == losses, "\(scenario.settings)")
      let alone = try points.flatMap { try scenario.score([$0]) }
      #expect(alone == losses, "\(scenario.settings)")
      // What is infeasible may be lower.
      if let best = scenario.description.bestKnownLoss, !scenario.description.hasViolations {
        #expect(losses.allSatisfy { $0 >= best }, "\(scenario.settings)")
      }
    }
  }

  @Test("Metrics are one number for each of their names", arguments: scenarios)
  func metrics(_ component: BenchComponent) throws {
    for scenario in try DatasetCase.all(component) {
      let rows = Array(0..<scenario.description.rowCount(.train))
      let outputs = scenario.outputs(3).flatMap { Array(repeating: $0, count: rows.count) }
      let values = try outputs.withUnsafeBufferPointer {
        try scenario.dataset.metrics(.train, rows: rows, outputs: $0)
      }
      #expect(values.count == scenario.description.metricNames.count)
      #expect(values.allSatisfy { !$0.isNaN })
    }
  }

  @Test("A cut scores what whole scores do, before and after moves", arguments: scenarios)
  func cuts(_ component: BenchComponent) throws {
    for scenario in try DatasetCase.all(component) where scenario.description.hasCuts {
      #expect(scenario.dataset.cutCost > 0 && scenario.dataset.cutCost <= 1.5)
      var base = scenario.outputs(5)
      let cuts = try base.withUnsafeBufferPointer {
        try scenario.dataset.makeCuts(.train, row: 0, outputs: $0)
      }
      for round in 0..<3 {
        for output in base.indices {
          let offsets = scenario.offsets(output, from: base[output])
          let points = offsets.map { offset in
            var point = base
            point[output] += offset
            return point
          }
          let whole = try scenario.score(points)
          let cut = try losses(cuts, output, offsets)
          // A sum of as many parts as there are outputs, in another order.
          for (a, b) in zip(cut, whole) {
            #expect(abs(a - b) <= 1e-9 * max(1, abs(b)), "\(scenario.settings), output \(output)")
          }
        }
        let output = round % base.count
        let delta =
          scenario.isWhole(output)
          ? scenario.offsets(output, from: base[output])[round] : 0.0625
        try cuts.move(output: output, delta: delta)
        base[output] += delta
      }
    }
  }

  private func losses(
    _ cuts: any ScenarioCuts, _ output: Int, _ offsets: [Double]
  ) throws -> [Double] {
    var losses = [Double](repeating: .nan, count: offsets.count)
    try offsets.withUnsafeBufferPointer { offsets in
      try losses.withUnsafeMutableBufferPointer {
        try cuts.cut(output: output, offsets: offsets, losses: $0)
      }
    }
    return losses
  }
}
