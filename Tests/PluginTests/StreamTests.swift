import QHostBridging
import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

@Suite("A model in C whose outputs are random draws", .enabled(if: CCompiler.isPresent))
struct StreamTests {
  private func run(noise: String, threads: Int) throws -> (TrainingRun.Outcome, Evaluation) {
    let folder = try TemporaryFolder()
    try CCompiler.fixture("linear_model", in: folder, definitions: ["NOISE=" + noise])
    let bench = try Bench([folder.path, BuiltProducts.folder])
    var specification = RunSpecification(
      optimizer: "ga", model: "fixture-linear", dataset: "digits")
    specification.batchRows = 0
    specification.budget = Budget()
    specification.budget.maxEvaluations = 300
    let assembly = try bench.assembly(specification, threads: threads)
    let outcome = try TrainingRun(assembly, folder: nil).run()
    let evaluation = try Evaluation(
      of: outcome.parameters, on: .train, table: assembly.parts.table, parts: assembly.parts)
    return (outcome, evaluation)
  }

  @Test("It gives the same run and the same figures on one thread and on two")
  func threads() throws {
    let (one, two) = (try run(noise: "2.0", threads: 1), try run(noise: "2.0", threads: 2))
    #expect(one.0.parameters == two.0.parameters)
    #expect(one.0.cost == two.0.cost)
    #expect(one.1 == two.1)
    #expect(one.1.errors["accuracy"] ?? 0 > 0)
  }

  @Test("Without noise it is a model like any other")
  func silent() throws {
    let (outcome, evaluation) = try run(noise: "0.0", threads: 1)
    #expect(evaluation.errors.isEmpty)
    #expect(outcome.monitoredRows == nil)
  }
}
