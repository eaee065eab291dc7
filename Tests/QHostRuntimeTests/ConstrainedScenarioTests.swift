import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import QHostTesting
import Testing

@Suite("A scenario with constraints")
struct ConstrainedScenarioTests {
  private func run(
    _ optimizer: String, _ words: [String] = [], evaluations: Int = 2_000
  ) throws -> TestRun {
    var budget = Budget()
    budget.maxEvaluations = evaluations
    var run = try TestRun(optimizer, set: words, budget: budget)
    run.specification.model = "identity"
    run.specification.dataset = "fenced"
    return run
  }

  private func answers(_ objective: Objective, _ points: [[Double]]) throws -> Answer {
    var query = Query()
    query.points = points.flatMap { $0 }
    var answer = Answer()
    try objective.answer(query, into: &answer)
    return answer
  }

  private static let feasible = [0.5, 0.5, 0.5, 0.5]
  private static let infeasible = [1.0, 1, 1, 1]

  @Test(
    "answers how far from feasible points are, and ranks those that are not behind the others",
    arguments: [1, 3])
  func ranks(rows: Int) throws {
    let objective = try run("walker", ["dataset.rows=\(rows)"]).assembly().objective
    let first = try answers(objective, [Self.infeasible])
    #expect(first.violations == [2])
    #expect(first.losses == [2], "no feasible loss is known yet")
    #expect(first.plainLosses == [0])
    let second = try answers(objective, [Self.feasible, [0, 0, 0, 0], Self.infeasible])
    #expect(second.violations == [0, 0, 2])
    #expect(second.losses == [1, 4, 6])
    #expect(second.plainLosses == [1, 4, 0])
    #expect(objective.cost.discarded == 2)
  }

  @Test("tells how what is remembered of infeasible points changes")
  func renews() throws {
    let objective = try run("walker").assembly().objective
    var remembered = try answers(objective, [Self.infeasible, [1, 1, 0.5, 0]]).losses
    #expect(remembered == [2, 0.5])
    let next = try answers(objective, [Self.feasible])
    #expect(next.infeasibleAbove == -.infinity)
    next.renew(&remembered)
    #expect(remembered == [3, 1.5])
    remembered += next.losses
    let last = try answers(objective, [[0, 0, 0, 0], Self.infeasible])
    last.renew(&remembered)
    #expect(remembered == [6, 4.5, 1])
    #expect(last.losses == [4, 6])
    var loss = 6.0
    try answers(objective, [Self.feasible]).renew(&loss)
    #expect(loss == 6, "nothing has risen")
  }

  @Test("gives the same losses and violations by cuts as at points", arguments: [true, false])
  func cuts(areFast: Bool) throws {
    let objective = try run("walker", ["dataset.cuts=\(areFast)", "dataset.rows=2"]).assembly()
      .objective
    #expect(objective.hasFastCuts == areFast)
    var query = Query()
    query.kind = .cuts
    query.base = Self.feasible
    query.cutIndices = [2, 0]
    query.offsetCount = 3
    query.offsets = [-0.5, 0, 1, 0, 0.25, 0.5]
    var cuts = Answer()
    try objective.answer(query, into: &cuts)
    #expect(cuts.violations == [0, 0, 1, 0, 0.25, 0.5])
    let base = Self.feasible
    let points = zip([2, 2, 2, 0, 0, 0], query.offsets).map { index, offset in
      var point = base
      point[index] += offset
      return point
    }
    #expect(try answers(objective, points).losses == cuts.losses)
  }

  @Test("is trained to its best feasible point, which is not its lowest loss")
  func best() throws {
    let run = try run("walker", evaluations: 20_000)
    let assembly = try run.assembly()
    let training = TrainingRun(assembly, folder: nil)
    let outcome = try training.run()
    let record = try RunRecord(outcome, of: assembly, artifacts: [])
    #expect(record.isFeasible == true)
    #expect(record.metrics["train"]?["violation"] == 0)
    let loss = try #require(record.metrics["train"]?["loss"])
    #expect(loss >= 1 && loss < 1.1)
    #expect(training.events.events.allSatisfy { $0.loss >= 1 })
    #expect(record.cost.infeasiblePoints > 0)
  }

  @Test("reaches a loss by feasible points only")
  func target() throws {
    var run = try run("walker", evaluations: 500)
    run.specification.budget.untilLoss = 0.9
    #expect(try run.outcome().reason == .budgetSpent)
    run.specification.budget.untilLoss = 1.5
    run.specification.budget.maxEvaluations = 20_000
    #expect(try run.outcome().reason == .targetReached)
  }

  @Test("is the same run after an interruption")
  func resuming() throws {
    let run = try run("sweeper", evaluations: 60_000)
    let unbroken = OutcomeBits(try run.outcome())
    let folder = try TemporaryFolder()
    #expect(try run.part(in: folder.path, isResumed: false, until: 3_000).reason == .cancelled)
    #expect(OutcomeBits(try run.part(in: folder.path, isResumed: true)) == unbroken)
  }

  @Test("has outputs of kinds that a model is told of")
  func kinds() throws {
    let assembly = try run("walker", ["dataset.outputs=mixed"]).assembly()
    #expect(assembly.problem.kinds == [.integer, .integer, .categorical, .real])
    #expect(assembly.problem.hasViolations)
  }

  @Test("whose violations are not numbers above 0 is refused")
  func fault() throws {
    let run = try run("walker", ["dataset.fault=negative"])
    let error = #expect(throws: RunError.self) { try run.outcome() }
    #expect(error?.message.contains("dataset 'fenced' gave the violation -1.0") == true)
  }
}
