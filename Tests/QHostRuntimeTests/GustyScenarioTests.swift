import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import QHostTesting
import Testing

@Suite("A scenario whose scores are random draws")
struct GustyScenarioTests {
  private func run(
    _ optimizer: String, _ words: [String] = [], evaluations: Int = 2_000
  ) throws -> TestRun {
    var budget = Budget()
    budget.maxEvaluations = evaluations
    var run = try TestRun(optimizer, set: words, budget: budget)
    run.specification.model = "identity"
    run.specification.dataset = "gusty"
    return run
  }

  @Test("gives each candidate a draw of its own, or all of them one")
  func draws() throws {
    let objective = try run("walker").assembly().objective
    func losses(_ draws: Query.Draws) throws -> [Double] {
      var query = Query()
      query.draws = draws
      query.points = [0.3, 0.3, 0.3]
      var answer = Answer()
      try objective.answer(query, into: &answer)
      return answer.losses
    }
    #expect(Set(try losses(.new) + losses(.new)).count == 6)
    #expect(Set(try losses(.common) + losses(.common)).count == 1)
  }

  @Test("gives the same run after an interruption")
  func resuming() throws {
    let run = try run("sweeper", evaluations: 60_000)
    let unbroken = OutcomeBits(try run.outcome())
    let folder = try TemporaryFolder()
    #expect(try run.part(in: folder.path, isResumed: false, until: 3_000).reason == .cancelled)
    #expect(OutcomeBits(try run.part(in: folder.path, isResumed: true)) == unbroken)
  }

  @Test("has a mean loss with a standard error that is that of its noise")
  func errors() throws {
    let run = try run("walker", ["dataset.noise=2", "dataset.rows=25"], evaluations: 400)
    let assembly = try run.assembly()
    let record = try RunRecord(
      try TrainingRun(assembly, folder: nil).run(), of: assembly, artifacts: [])
    // 16 draws of the mean of 25 rows.
    let expected = 2 / (16.0 * 25).squareRoot()
    let error = try #require(record.errors?["train"]?["loss"])
    #expect(error > expected / 2 && error < expected * 2)
    #expect(record.monitoredRows == 25)
  }

  @Test("is asked like any other where an instance says that it does not draw")
  func silent() throws {
    let run = try run("walker", ["dataset.noise=0"])
    let assembly = try run.assembly()
    let record = try RunRecord(
      try TrainingRun(assembly, folder: nil).run(), of: assembly, artifacts: [])
    #expect(record.errors == nil && record.monitoredRows == nil)
  }
}
