import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import QHostTesting
import Testing

@Suite("A model whose outputs are random draws")
struct StochasticModelTests {
  private func run(
    _ optimizer: String, _ words: [String] = [], rows: Int = 40, evaluations: Int = 3_000
  ) throws -> TestRun {
    var budget = Budget()
    budget.maxEvaluations = evaluations
    var run = try TestRun(
      optimizer, set: words + ["dataset.rows=\(rows)"], budget: budget)
    run.specification.model = "drawing"
    return run
  }

  @Test(
    "gives the same run on any number of threads", arguments: ["walker", "sweeper", "follower"])
  func threads(optimizer: String) throws {
    var run = try run(optimizer, rows: 2_500, evaluations: 300)
    let alone = OutcomeBits(try run.outcome())
    run.threads = 2
    #expect(OutcomeBits(try run.outcome()) == alone)
  }

  @Test("gives the same run after an interruption")
  func resuming() throws {
    let run = try run("sweeper", evaluations: 60_000)
    let unbroken = OutcomeBits(try run.outcome())
    let folder = try TemporaryFolder()
    #expect(
      try run.part(in: folder.path, isResumed: false, until: 5_000).reason == .cancelled)
    #expect(OutcomeBits(try run.part(in: folder.path, isResumed: true)) == unbroken)
  }

  @Test("gives each candidate a draw of its own, or all of them one")
  func draws() throws {
    let objective = try run("walker").assembly().objective
    func losses(_ draws: Query.Draws) throws -> [Double] {
      var query = Query()
      query.draws = draws
      query.points = Array(repeating: [0.3, -0.2, 0.5, 0.1, 0.05, -0.4], count: 3).flatMap { $0 }
      var answer = Answer()
      try objective.answer(query, into: &answer)
      return answer.losses
    }
    let (first, second) = (try losses(.new), try losses(.new))
    #expect(Set(first + second).count == 6)
    let (common, again) = (try losses(.common), try losses(.common))
    #expect(Set(common + again).count == 1)
    #expect(!first.contains(common[0]))
  }

  @Test("has figures that are means over draws, with standard errors that shrink with the rows")
  func errors() throws {
    func evaluation(rows: Int) throws -> Evaluation {
      let assembly = try run("walker", rows: rows).assembly()
      return try Evaluation(
        of: assembly.problem.initial, on: .train, table: assembly.parts.table,
        parts: assembly.parts)
    }
    let (few, many) = (try evaluation(rows: 40), try evaluation(rows: 4_000))
    for evaluation in [few, many] {
      #expect(Set(evaluation.errors.keys) == ["loss", "accuracy"])
      #expect(evaluation.errors.values.allSatisfy { $0 > 0 })
    }
    // A hundred times the rows: a tenth of the error, give or take what 16 draws can tell of it.
    let ratio = try #require(few.errors["loss"]) / #require(many.errors["loss"])
    #expect(ratio > 4 && ratio < 25)
  }

  @Test("does not end with its luckiest draw")
  func luck() throws {
    // At the start noise makes losses of 0.6 to 0.9; walking about it finds some by luck alone.
    var lucky = try run("drawer", ["model.noise=5", "optimizer.points=1"], evaluations: 400)
    lucky.specification.seed = 3
    let assembly = try lucky.assembly()
    let run = TrainingRun(assembly, folder: nil)
    let outcome = try run.run()
    let final = try Evaluation(
      of: outcome.parameters, on: .train, table: assembly.parts.table, parts: assembly.parts)
    // Every loss that was noted is a mean over draws: within its error of what is reported.
    let noted = try #require(run.events.events.map(\.loss).min())
    let (loss, error) = (try #require(final.metrics["loss"]), try #require(final.errors["loss"]))
    #expect(abs(noted - loss) < 8 * error)
    #expect(outcome.monitoredRows != nil)
  }

  @Test("is asked like any other where an instance says that it does not draw")
  func silent() throws {
    let run = try run("walker", ["model.noise=0"])
    let assembly = try run.assembly()
    #expect(!assembly.model.modelDescription.isStochastic)
    let evaluation = try Evaluation(
      of: assembly.problem.initial, on: .train, table: assembly.parts.table, parts: assembly.parts)
    #expect(evaluation.errors.isEmpty)
    #expect(try run.outcome().monitoredRows == nil)
  }
}
