import Foundation
import QHostComparing
import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import QHostTesting
import Testing

@Suite("A comparison by a metric")
struct MetricComparisonTests {
  private func read(_ text: String) throws -> ComparisonPlan {
    let folder = try TemporaryFolder()
    let path = folder.path + "/plan.yaml"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return try PlanFile(reading: path).plan
  }

  private let axes = """
    optimizers: [walker]
    models: [linear]
    datasets: [measured]

    """

  @Test("is planned by keys of its file")
  func keys() throws {
    let plan = try read(
      axes + "metric: test margin\nbudget: {max_evals: 9, until_metric: margin=0.5}\n")
    #expect(plan.metric == "test margin")
    #expect(plan.budget.untilMetric == MetricTarget("margin", 0.5))
    #expect(plan.budget.hasTarget)
    #expect(plan.budget.targetWords { "\($0)" } == "margin of 0.5")
    let error = try #require(throws: RunError.self) {
      try read(axes + "budget: {until_metric: margin}\n")
    }
    #expect(error.message.contains("until_metric cannot be 'margin': write NAME=VALUE"))
    #expect(error.message.contains("plan.yaml', line 4"), "\(error.message)")
  }

  @Test(
    "is of another plan with another metric or target, which is told; without, plans are as they were"
  )
  func differences() throws {
    let plain = try read(axes)
    #expect(!(try plain.json()).contains("metric"))
    var other = plain
    other.metric = "margin"
    #expect(
      plain.difference(from: other, here: "here", there: "there")
        == "the compared metric is not set here, margin there")
    other = plain
    other.budget.untilMetric = MetricTarget("margin", 0.5)
    #expect(
      plain.difference(from: other, here: "here", there: "there")
        == "until-metric is not set here, margin=0.5 there")
    #expect(try JSONText.value(ComparisonPlan.self, of: other.json().utf8) == other)
  }

  /// The runs of a plan, made in this process.
  private func results(_ change: (inout ComparisonPlan) throws -> Void) throws -> [CellResult] {
    let catalogue = try InProcessPlugin.catalogue()
    var plan = try read(axes)
    plan.optimizers = []
    try plan.add("walker,sweeper", to: \.optimizers)
    try plan.setSeeds("2")
    plan.budget.maxEvaluations = 300
    plan.budget.maxForwardEquivalents = nil
    try change(&plan)
    let grid = try Grid(plan, catalogue: catalogue)
    let worker = CellWorker(catalogue: catalogue, common: InProcessPlugin.common())
    return try (1...grid.cellCount).map { number in
      try #require(JournalContents.result(of: try worker.line(of: grid.cell(number))))
    }
  }

  @Test("has the metric in the journal, with what it is, its error and its target")
  func journal() throws {
    let results = try results { $0.budget.untilMetric = MetricTarget("margin", -100) }
    for result in results {
      #expect(result.run.stopReason == .targetReached)
      let figure = try #require(result.run.comparedFigure(by: "margin"))
      #expect(figure.name == "test margin" && figure.title == "test margin (V)")
      #expect(figure.facts == MetricFacts(.higher, unit: "V", component: "dataset"))
      #expect(result.run.errors?["test"]?["margin"] ?? 0 > 0)
      #expect(result.run.comparedFigure(by: "train margin")?.split == "train")
      #expect(result.run.comparedFigure(by: "validation margin") == nil)
      #expect(result.run.comparedFigure(by: "nothing") == nil)
      #expect(result.run.comparedFigure()?.name == "test accuracy")
      #expect(result.run.facts(of: "loss").direction == .lower)
      #expect(result.run.facts(of: "r2").direction == .higher)
    }
  }

  @Test("Criteria of experiments measure metrics by split and name")
  func criteria() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/claim.yaml"
    let text = """
      claim: Sweeps have a wider margin.
      source: nobody
      optimizers: [walker, sweeper]
      models: [linear]
      datasets: [measured]
      expect:
        - {of: {optimizer: sweeper}, metric: test margin, aggregate: mean, at_least: -1e9}
        - {of: {optimizer: sweeper}, against: {optimizer: walker}, metric: train worst,
           aggregate: max, above: -1e9}
        - {of: {optimizer: walker}, metric: test margn, aggregate: mean, above: 0}
      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let criteria = try Experiment(reading: path).criteria
    let results = try results { _ in }
    let margins = results.filter { $0.labels.optimizer == "sweeper" }
      .compactMap { $0.run.metrics["test"]?["margin"] }
    let found = try criteria[0].measure(results)
    #expect(margins.count == 2 && abs(found.value - margins.reduce(0, +) / 2) < 1e-12)
    #expect(try criteria[1].measure(results).count == 2)
    let error = try #require(throws: RunError.self) { try criteria[2].measure(results) }
    #expect(error.message.contains("did you mean 'test margin'?"), "\(error.message)")
  }
}
