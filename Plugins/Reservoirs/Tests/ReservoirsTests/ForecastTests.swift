import QHostBridging
import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import Testing

@Suite("Reservoirs that forecast, through their library")
struct ForecastTests {
  private func freeError(_ words: [String], threads: Int = 1) throws -> Double {
    var specification = RunSpecification(
      optimizer: "least-squares", model: "reservoir", dataset: "mackey-glass",
      settings: try Settings(
        ["model.feedback=true", "dataset.train_rows=1000", "dataset.trials=4"] + words))
    specification.budget = Budget()
    specification.budget.maxEvaluations = 1000
    let assembly = try Bench.built.assembly(specification, threads: threads)
    let outcome = try TrainingRun(assembly, folder: nil).run()
    #expect(outcome.reason == .toleranceReached)
    let table = try #require(assembly.data.table(.test))
    let evaluation = try Evaluation(
      of: outcome.parameters, on: .test, table: table, parts: assembly.parts)
    return try #require(evaluation.metrics["nrmse_free"])
  }

  @Test("Fitted neurons run freely for 84 steps, where their last value would be of no use")
  func spiking() throws {
    let error = try freeError(["model.units=40"])
    // The last given value as forecast has 1.78, the mean 1; 40 neurons had 0.02 to 0.08 with ten seeds.
    #expect(error < 0.15)
    #expect(try freeError(["model.units=40"], threads: 2) == error)
  }

  @Test("So do tangents, and neurons that see no delayed value do worse")
  func others() throws {
    #expect(try freeError(["model.units=40", "model.unit=tanh"]) < 0.02)
    let blind = try freeError([
      "model.units=40", "model.max_delay=0", "model.time_constants=0.1,0.2", "model.traces=0.1",
    ])
    #expect(blind > 0.3)
  }
}
