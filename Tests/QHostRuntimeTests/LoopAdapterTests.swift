import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import Synchronization
import Testing

@Suite("An optimizer that owns its loop")
struct LoopAdapterTests {
  private func budget(_ limit: Int) -> Budget {
    var budget = Budget()
    budget.maxEvaluations = limit
    return budget
  }

  @Test("Its queries are answered until it returns")
  func untilItReturns() throws {
    let outcome = try TestRun("looper", budget: budget(100)).outcome()
    #expect(outcome.reason == .toleranceReached)
    #expect(outcome.cost.lossEvaluations == 5)
    #expect(outcome.parameters.count == 6)
  }

  @Test("A spent budget ends it in its midst")
  func untilTheBudgetIsSpent() throws {
    let outcome = try TestRun(
      "looper", set: ["optimizer.turns=1000000"], budget: budget(50)
    ).outcome()
    #expect(outcome.reason == .budgetSpent)
    #expect(outcome.cost.lossEvaluations == 50)
  }

  @Test(
    "What it recommends is what the run ends with, whether it has returned or is made to",
    arguments: [100, 3])
  func recommendation(evaluations: Int) throws {
    let plain = try TestRun("looper", budget: budget(evaluations)).outcome()
    let outcome = try TestRun(
      "looper", set: ["optimizer.recommends=true"], budget: budget(evaluations)
    ).outcome()
    #expect(outcome.cost.lossEvaluations == plain.cost.lossEvaluations)
    let start = try #require(try? TestRun("looper", budget: budget(1)).outcome().parameters)
    #expect(outcome.parameters == start.map { $0 + 0.5 })
  }

  @Test("A loop that asks nothing is done")
  func nothingAsked() throws {
    let outcome = try TestRun("looper", set: ["optimizer.turns=0"], budget: budget(5)).outcome()
    #expect(outcome.reason == .toleranceReached)
    #expect(outcome.cost.lossEvaluations == 0)
  }

  @Test(
    "It may say why it ends",
    arguments: [("stalled", StopReason.stalled), ("schedule", .scheduleEnded)])
  func lastWords(word: String, reason: StopReason) throws {
    let outcome = try TestRun(
      "looper", set: ["optimizer.says=\(word)"], budget: budget(100)
    ).outcome()
    #expect(outcome.reason == reason)
    #expect(outcome.cost.lossEvaluations == 5)
  }

  @Test("Its failure is the run's failure")
  func failure() throws {
    let error = #expect(throws: RunError.self) {
      _ = try TestRun("looper", set: ["optimizer.fails=true"], budget: budget(100)).outcome()
    }
    #expect(error?.kind == .plugin)
    #expect(error?.message == "optimizer 'looper': it lost its way; give it a map")
  }

  /// A loop that counts what it is told and notices when it is told to stop.
  private final class Probe: LoopOptimizer, Sendable {
    let answers = Atomic<Int>(0)
    let hasEnded = Atomic<Bool>(false)

    func run(_ objective: any ObjectiveFunction) throws(ComponentError) {
      defer { hasEnded.store(true, ordering: .releasing) }
      var query = Query()
      query.points = [0]
      while true {
        _ = try objective.evaluate(query)
        answers.add(1, ordering: .relaxed)
      }
    }
  }

  @Test(
    "Ended, the loop has returned, whether it waits for an answer or is at work",
    arguments: [0, 1, 2])
  func ending(turns: Int) throws {
    for _ in 0..<200 {
      let probe = Probe()
      let adapter = LoopAdapter(probe)
      var query = Query()
      for _ in 0..<turns {
        query.clear()
        try adapter.ask(&query)
        try adapter.tell(Answer())
      }
      // After a tell the loop is at work; after an ask it waits.
      if turns == 1 { try adapter.ask(&query) }
      adapter.end()
      #expect(probe.hasEnded.load(ordering: .acquiring) == (turns > 0))
      #expect(probe.answers.load(ordering: .relaxed) <= turns)
    }
  }
}
