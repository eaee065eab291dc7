import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import Testing

/// What a run does with its budget and its clock while a query is answered.
@Suite("A query that is answered in pieces")
struct BudgetKeepingTests {
  private func budget(_ change: (inout Budget) -> Void) -> Budget {
    var budget = Budget()
    change(&budget)
    return budget
  }

  private func events(
    points: Int, _ change: (inout Budget) -> Void
  ) throws -> (events: [LossEvents.Event], outcome: TrainingRun.Outcome) {
    let run = try TestRun("drawer", set: ["optimizer.points=\(points)"], budget: budget(change))
    let training = TrainingRun(try run.assembly(), folder: nil)
    let outcome = try training.run()
    let events = training.events.events.map {
      LossEvents.Event(
        evaluations: $0.evaluations, forwardEquivalents: $0.forwardEquivalents, seconds: 0,
        loss: $0.loss)
    }
    return (events, outcome)
  }

  @Test("The same points one by one and by the thousand have the same events")
  func sameEvents() throws {
    let single = try events(points: 1) { $0.maxEvaluations = 1_000 }
    for points in [8, 64, 1_000] {
      let many = try events(points: points) { $0.maxEvaluations = 1_000 }
      #expect(many.events == single.events)
      #expect(OutcomeBits(many.outcome) == OutcomeBits(single.outcome))
    }
  }

  @Test("A target within a query ends the run's cost where it was reached")
  func targetWithinAQuery() throws {
    let single = try events(points: 1) {
      $0.untilLoss = 0.5
      $0.maxEvaluations = 10_000
    }
    #expect(single.outcome.reason == .targetReached)
    #expect(single.outcome.cost.evaluations == single.events.last?.evaluations)
    #expect(single.outcome.cost.forwardEquivalents == single.events.last?.forwardEquivalents)
    for points in [7, 512] {
      let many = try events(points: points) {
        $0.untilLoss = 0.5
        $0.maxEvaluations = 10_000
      }
      #expect(many.events == single.events)
      #expect(OutcomeBits(many.outcome) == OutcomeBits(single.outcome))
    }
  }

  @Test("Passes are kept to the last point, by every kind of query", arguments: [3, 10.5, 77])
  func passes(limit: Double) throws {
    for (optimizer, most) in [("walker", 1.0), ("sweeper", 1.0), ("follower", 2.5)] {
      let outcome = try TestRun(
        optimizer, budget: budget { $0.maxForwardEquivalents = limit }
      ).outcome()
      #expect(outcome.reason == .budgetSpent)
      #expect(outcome.cost.forwardEquivalents >= limit)
      #expect(outcome.cost.forwardEquivalents < limit + most, "\(optimizer)")
    }
  }

  @Test("A loss of the whole split counts as the minibatches that make it")
  func wholeSplits() throws {
    // 40 rows; "walker" asks for the current batch, "drawer" for the whole split.
    let run = try TestRun(
      "drawer", set: ["optimizer.points=3", "optimizer.full=true"], batchRows: 16,
      budget: budget { $0.maxEvaluations = 100 })
    let outcome = try run.outcome()
    #expect(outcome.cost.lossEvaluations >= 100)
    #expect(outcome.cost.lossEvaluations <= 103)
    #expect(outcome.cost.lossRows == 40 * 40)
  }

  @Test("A budget that is less than one query is refused with what is needed")
  func leastBudget() throws {
    // A minibatch of 10 of 40 rows costs more than a quarter: each block of rows has work of its own.
    for (optimizer, batchRows, least) in [
      ("walker", nil, "1.0 passes"), ("walker", 10, "0.882 passes"),
    ] as [(String, Int?, String)] {
      let run = try TestRun(
        optimizer, batchRows: batchRows, budget: budget { $0.maxForwardEquivalents = 0.2 })
      let error = #expect(throws: RunError.self) { try run.outcome() }
      #expect(error?.kind == .usage)
      #expect(error?.message.contains(least) == true)
    }
  }
}
