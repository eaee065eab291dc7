import QHostReport
import QHostRuntime
import Testing

@Suite("Ranks by effort")
struct EffortRankingTests {
  /// The first asks for few dear losses, the second for many cheap ones; both spend 100 passes.
  private static func report(isToTarget: Bool = false) throws -> ComparisonReport {
    let journal = try GeneratedJournal(optimizers: ["one", "two"], seeds: 3) {
      $0.maxForwardEquivalents = 100
      if isToTarget { $0.untilLoss = 0.2 }
    }
    for seed in 1...3 {
      var one = GeneratedRun(losses: [1, 0.2])
      one.evaluations = [1, 50]
      one.spent = isToTarget ? 50 : 100
      one.passesPerEvaluation = 1
      one.processorSecondsPerEvaluation = 0.1
      var two = GeneratedRun(losses: [1, 0.5, 0.2, 0.1])
      two.evaluations = [1, 100, 1_000, 9_000]
      two.spent = 10_000
      two.passesPerEvaluation = 0.01
      two.processorSecondsPerEvaluation = 0.001
      if isToTarget {
        two.losses.removeLast()
        two.evaluations = [1, 100, 1_000]
        two.spent = 1_000
        one.stopReason = "targetReached"
        two.stopReason = "targetReached"
      }
      try journal.add("one", seed: seed, one)
      try journal.add("two", seed: seed, two)
    }
    try journal.write()
    return try ComparisonReportTests.report(journal)
  }

  @Test("Without a target losses are compared at equal effort, and it is said who changes places")
  func losses() throws {
    let report = try Self.report()
    let ranking = try #require(report.problems.first?.effortRanking)
    #expect(ranking.figure == .bestLoss)
    // At 100 evaluations 0.2 and 0.5, at 100 passes 0.2 and 0.1.
    #expect(ranking.orders.evaluations.spent == 100)
    #expect(ranking.orders.evaluations.names == ["one", "two"])
    #expect(ranking.orders.evaluations.values == [0.2, 0.5])
    #expect(ranking.orders.passes.names == ["two", "one"])
    #expect(ranking.orders.processorSeconds.names == ["two", "one"])
    #expect(ranking.changes.map(\.before) == [[.evaluations]])
    #expect(ranking.changes.map(\.behind) == [[.passes, .processorSeconds]])
    let text = try #require(report.warnings.first { $0.kind == .efforts }?.text)
    #expect(
      text
        == "on mlp on iris the order depends on what is counted, by the median best training loss after "
        + "100 evaluations, 100 passes and 10 s of processor time each: one is before two by "
        + "evaluations, and behind by passes and processor seconds")
  }

  @Test("With a target expected running times are compared")
  func times() throws {
    let ranking = try #require(try Self.report(isToTarget: true).problems.first?.effortRanking)
    #expect(ranking.figure == .expectedTime)
    #expect(ranking.orders.evaluations.names == ["one", "two"])
    #expect(ranking.orders.evaluations.values == [50, 1_000])
    #expect(ranking.orders.passes.names == ["two", "one"])
    #expect(ranking.orders.passes.spent == nil)
  }

  @Test("The same order by every measure is not remarked on")
  func agreement() throws {
    let report = try ComparisonReportTests.report(ComparisonReportTests.journal())
    #expect(report.problems.first?.effortRanking?.changes.isEmpty == true)
    #expect(!report.warnings.contains { $0.kind == .efforts })
  }
}
