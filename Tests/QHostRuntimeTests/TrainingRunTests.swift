import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import QHostTesting
import Testing

@Suite("TrainingRun")
struct TrainingRunTests {
  private func budget(_ change: (inout Budget) -> Void) -> Budget {
    var budget = Budget()
    change(&budget)
    return budget
  }

  @Test(
    "A budget of evaluations is spent to the last one and never exceeded",
    arguments: [1, 7, 8, 9, 100])
  func evaluations(limit: Int) throws {
    let outcome = try TestRun("walker", budget: budget { $0.maxEvaluations = limit }).outcome()
    #expect(outcome.reason == .budgetSpent)
    #expect(outcome.cost.lossEvaluations == limit)
  }

  @Test("Cuts are made to the last loss of the budget", arguments: [2, 3, 5, 100])
  func evaluationsOfCuts(limit: Int) throws {
    let outcome = try TestRun("sweeper", budget: budget { $0.maxEvaluations = limit }).outcome()
    #expect(outcome.reason == .budgetSpent)
    #expect(outcome.cost.lossEvaluations == limit)
    #expect(outcome.parameters.count == 6)
  }

  @Test("A budget of passes is spent to the last point, within a query too")
  func passes() throws {
    let outcome = try TestRun("walker", budget: budget { $0.maxForwardEquivalents = 60 }).outcome()
    #expect(outcome.reason == .budgetSpent)
    #expect(outcome.cost.forwardEquivalents == 60)
    let large = try TestRun(
      "walker", set: ["optimizer.points=1000"], budget: budget { $0.maxForwardEquivalents = 7.5 }
    ).outcome()
    #expect(large.cost.forwardEquivalents == 8)
    #expect(large.cost.lossEvaluations == 8)
  }

  @Test("A budget of time ends a run")
  func time() throws {
    let outcome = try TestRun("walker", budget: budget { $0.maxSeconds = 0.05 }).outcome()
    #expect(outcome.reason == .budgetSpent)
    #expect(outcome.seconds >= 0.05)
  }

  @Test("A run ends at the loss that was asked for, with a point that has it")
  func untilLoss() throws {
    let run = try TestRun(
      "walker",
      budget: budget {
        $0.untilLoss = 0.4
        $0.maxEvaluations = 100_000
      })
    let outcome = try run.outcome()
    #expect(outcome.reason == .targetReached)
    let assembly = try run.assembly()
    let loss = try #require(
      try Evaluation(
        of: outcome.parameters, on: .train, table: assembly.parts.table, parts: assembly.parts
      ).metrics["loss"])
    #expect(loss <= 0.4 + 1e-12)
  }

  @Test(
    "With minibatches the loss of the whole split is what counts, also of what the run ends with",
    arguments: [
      ("walker", 4, []), ("sweeper", 20, ["optimizer.minibatches=true"]), ("follower", 4, []),
    ])
  func untilLossOnMinibatches(optimizer: String, batchRows: Int, words: [String]) throws {
    let run = try TestRun(
      optimizer, set: words, batchRows: batchRows,
      budget: budget {
        $0.untilLoss = 0.5
        $0.maxEvaluations = 50_000
      })
    let outcome = try run.outcome()
    #expect(outcome.reason == .targetReached)
    let assembly = try run.assembly()
    let loss = try #require(
      try Evaluation(
        of: outcome.parameters, on: .train, table: assembly.parts.table, parts: assembly.parts
      ).metrics["loss"])
    #expect(loss <= 0.5)
  }

  @Test("A target that is reached before the first look at the split is reached in the end")
  func untilAccuracyInTheEnd() throws {
    let outcome = try TestRun(
      "walker",
      budget: budget {
        $0.untilAccuracy = 0
        $0.maxEvaluations = 3
      }
    ).outcome()
    #expect(outcome.reason == .targetReached)
  }

  @Test("A run ends at the accuracy that was asked for")
  func untilAccuracy() throws {
    let run = try TestRun(
      "sweeper",
      budget: budget {
        $0.untilAccuracy = 0.95
        $0.maxEvaluations = 100_000
      })
    let outcome = try run.outcome()
    #expect(outcome.reason == .targetReached)
    let assembly = try run.assembly()
    let accuracy = try #require(
      try Evaluation(
        of: outcome.parameters, on: .train, table: assembly.parts.table, parts: assembly.parts
      ).metrics["accuracy"])
    #expect(accuracy >= 0.95)
  }

  @Test("A target that the last points of a budget reach is reached")
  func untilLossAtTheEnd() throws {
    let outcome = try TestRun(
      "walker",
      budget: budget {
        $0.untilLoss = 1e6
        $0.maxEvaluations = 3
      }
    ).outcome()
    #expect(outcome.reason == .targetReached)
  }

  @Test("An optimizer that is done says why", arguments: [0, 1, 3])
  func done(turns: Int) throws {
    let outcome = try TestRun(
      "walker", set: ["optimizer.turns=\(turns)"], budget: budget { $0.maxEvaluations = 1_000 }
    ).outcome()
    #expect(outcome.reason == .stalled)
    #expect(outcome.cost.lossEvaluations == turns * 8)
    #expect(outcome.parameters.count == 6)
  }

  @Test("An optimizer that cannot save its state leaves no checkpoint")
  func noCheckpoint() throws {
    let folder = try TemporaryFolder()
    let run = try TestRun("walker", budget: budget { $0.maxSeconds = 30 })
    let common = InProcessPlugin.common()
    common.cancellation.request()
    let assembly = try RunAssembly(run.specification, catalogue: run.catalogue, common: common)
    let training = TrainingRun(assembly, folder: folder.path)
    let outcome = try training.run()
    #expect(outcome.reason == .cancelled)
    #expect(!outcome.canResume)
    #expect(!training.hasCheckpoint)
  }

  @Test("Threads change no bit of an outcome", arguments: ["walker", "sweeper"])
  func threads(optimizer: String) throws {
    var run = try TestRun(
      optimizer, set: ["dataset.rows=3000"], budget: budget { $0.maxEvaluations = 300 })
    let one = OutcomeBits(try run.outcome())
    run.threads = 3
    #expect(OutcomeBits(try run.outcome()) == one)
  }
}
