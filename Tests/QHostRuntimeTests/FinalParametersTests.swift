import QHostRuntime
import QHostRuntimeTesting
import Testing

@Suite("What a run ends with")
struct FinalParametersTests {
  private func outcome(
    _ words: [String], batchRows: Int
  ) throws -> (TrainingRun.Outcome, [LossEvents.Event]) {
    var budget = Budget()
    budget.maxEvaluations = 300
    var run = try TestRun("drawer", set: words, batchRows: batchRows, budget: budget)
    run.specification.model = "identity"
    run.specification.dataset = "bowl"
    let training = TrainingRun(try run.assembly(), folder: nil)
    return (try training.run(), training.events.events)
  }

  @Test("With minibatches it is what the optimizer recommends, never the luckiest point")
  func minibatches() throws {
    let (outcome, events) = try outcome(
      ["dataset.rows=5", "optimizer.recommends=true"], batchRows: 1)
    #expect(outcome.parameters == [0, 0, 0])
    // Rows 0 to 4 at the origin: Σᵢ (i + row)², on average over rows.
    #expect(events.map(\.loss) == [35])
    #expect(events.map(\.evaluations) == [0])
  }

  @Test("Where losses are those of all rows it is the best point, if that is better")
  func allRows() throws {
    let (outcome, events) = try outcome(
      ["dataset.rows=5", "optimizer.recommends=true"], batchRows: 0)
    #expect(outcome.parameters != [0, 0, 0])
    #expect(try #require(events.last).loss < 35)
  }
}
