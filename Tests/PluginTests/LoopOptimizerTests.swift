import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import Testing

@Suite(
  "An optimizer that owns its loop", .enabled(if: CCompiler.isPresent, "there is no gcc"))
struct LoopOptimizerTests {
  private func outcome(
    evaluations: Int, threads: Int = 1, settings: [String] = []
  ) throws -> TrainingRun.Outcome {
    let bench = try #require(Bench.fixtures)
    var specification = RunSpecification(
      optimizer: "fixture-compass", model: "direct", dataset: "functions",
      settings: try Settings(["dataset.function=sphere", "dataset.dimension=3"] + settings))
    specification.budget = Budget()
    specification.budget.maxEvaluations = evaluations
    let assembly = try bench.assembly(specification, threads: threads)
    return try TrainingRun(assembly, folder: nil).run()
  }

  @Test("It runs to its own end, at the minimum")
  func converges() throws {
    let end = try outcome(evaluations: 100_000)
    #expect(end.reason == .toleranceReached)
    let tighter = try outcome(evaluations: 100_000, settings: ["optimizer.tolerance=1e-9"])
    // Halving steps come within one last step of the minimum of a sphere, along each coordinate.
    for (a, b) in zip(end.parameters, tighter.parameters) { #expect(abs(a - b) <= 2e-6) }
    #expect(tighter.cost.lossEvaluations > end.cost.lossEvaluations)
  }

  @Test("A spent budget stops it in the middle, at exactly the budget")
  func budget() throws {
    let end = try outcome(evaluations: 100)
    #expect(end.reason == .budgetSpent)
    #expect(end.cost.lossEvaluations == 100)
  }

  @Test("It gives the same result each time, on any number of threads")
  func repeats() throws {
    let first = try outcome(evaluations: 500)
    for threads in [1, 2] {
      let again = try outcome(evaluations: 500, threads: threads)
      #expect(again.parameters == first.parameters)
      #expect(again.cost == first.cost)
    }
  }

  @Test("Its runs cannot be resumed, which is said and not a failure of the run")
  func resumption() throws {
    let bench = try #require(Bench.fixtures)
    let assembly = try bench.assembly(
      RunSpecification(optimizer: "fixture-compass", model: "direct", dataset: "functions"))
    let error = #expect(throws: ComponentError.self) { try assembly.optimizer.save() }
    #expect(error?.severity == .unsupported)
  }
}
