import QHostReport
import QHostRuntime
import Testing

@Suite("Events of runs")
struct RunTraceTests {
  /// One optimizer to a loss of 0.1: the seeds up to `successes` reach it at 100 evaluations of the 150
  /// that they are charged with, the others spend 400.
  private static func row(successes: Int, seeds: Int) throws -> CombinationReport {
    let journal = try GeneratedJournal(optimizers: ["one"], seeds: seeds) { $0.untilLoss = 0.1 }
    for seed in 1...seeds {
      let isSuccess = seed <= successes
      var run = GeneratedRun(losses: isSuccess ? [2, 1, 0.1] : [2, 1, 0.5])
      run.evaluations = [1, 10, 100]
      run.spent = isSuccess ? 150 : 400
      run.stopReason = isSuccess ? "targetReached" : "budgetSpent"
      try journal.add("one", seed: seed, run)
    }
    try journal.write()
    return try #require(
      try ComparisonReportTests.report(journal).problems.first?.combinations.first)
  }

  @Test("A success costs what was spent at its last event, by every measure")
  func successes() throws {
    let row = try Self.row(successes: 3, seeds: 4)
    #expect(row.success?.count == 3)
    let time = try #require(row.expectedTime)
    // Three at 100 and one miss of 400 evaluations: 700 of them for three successes.
    #expect(time.evaluations.value == 700 / 3.0)
    #expect(abs(try #require(time.passes.value) - 350 / 3.0) < 1e-9)
    #expect(abs(try #require(time.seconds.value) - 0.7 / 3) < 1e-12)
    #expect(abs(try #require(time.processorSeconds.value) - 0.35 / 3) < 1e-12)
  }

  @Test("The last target is reached where the success is dated")
  func distribution() throws {
    let row = try Self.row(successes: 4, seeds: 4)
    #expect(row.expectedTime?.evaluations.value == 100)
    #expect(row.reached.evaluations.x.last == 100)
    #expect(row.reached.evaluations.fraction.last == 1)
    #expect(row.convergence.evaluations?.median.last == 0.1)
    // Processor seconds of an event are in proportion to its seconds.
    #expect(row.reached.processorSeconds.x.last == 0.05)
  }

  @Test("Steps that are left out of a curve are dated later, never earlier")
  func thinning() throws {
    let journal = try GeneratedJournal(optimizers: ["one"], seeds: 1)
    var run = GeneratedRun(losses: (0..<200).map { 1 / Double(1 + $0) })
    run.evaluations = (0..<200).map { 3 * $0 + 1 }
    try journal.add("one", seed: 1, run)
    try journal.write()
    let problem = try #require(try ComparisonReportTests.report(journal).problems.first)
    let curve = try #require(problem.combinations.first?.reached.evaluations)
    #expect(curve.x.count <= 61)
    for (place, fraction) in zip(curve.x, curve.fraction) {
      let loss = 1 / Double(1 + Int(place) / 3)
      let reached = problem.targets.count { loss <= $0 }
      #expect(fraction == Double(reached) / Double(problem.targets.count))
    }
  }
}
