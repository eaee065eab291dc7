import QHostReport
import QHostRuntime
import Testing

@Suite("Instances of a function")
struct InstanceFamilyTests {
  private static func report(
    instances: Int, seeds: Int, isListed: Bool = false
  ) throws -> ComparisonReport {
    let names = (1...instances).map { "plane[instance=\($0),width=3]" }
    let journal = try GeneratedJournal(
      optimizers: ["one", "two"], datasets: names, seeds: seeds,
      budgets: isListed ? names.map { _ in Budget() } : [])
    for (place, name) in names.enumerated() {
      for seed in 1...seeds {
        // The first is better on every second instance only, and there by less.
        let one = place % 2 == 0 ? 0.1 : 0.4
        var run = GeneratedRun(losses: [1, one + 0.001 * Double(seed + place)], accuracy: nil)
        run.loss = "score"
        try journal.add("one", on: name, seed: seed, run)
        run = GeneratedRun(losses: [1, 0.2 + 0.001 * Double(seed)], accuracy: nil)
        run.loss = "score"
        try journal.add("two", on: name, seed: seed, run)
      }
    }
    try journal.write()
    return try ComparisonReportTests.report(journal)
  }

  @Test("Of one instance the report says that seeds vary the start")
  func single() throws {
    let report = try Self.report(instances: 1, seeds: 10)
    let problem = try #require(report.problems.first)
    #expect(problem.isScenario)
    #expect(problem.pairs.first?.reading.contains("better on 10 of 10 seeds") == true)
    let texts = report.warnings.filter { $0.kind == .instances }.map(\.text)
    #expect(texts.count == 1)
    #expect(
      texts.first?.contains("10 seeds of one instance say nothing of other instances") == true)
  }

  @Test(
    "Several instances are compared instance by instance, also where the plan lists its problems",
    arguments: [false, true])
  func several(isListed: Bool) throws {
    let report = try Self.report(instances: 6, seeds: 4, isListed: isListed)
    let family = try #require(report.overall?.families.first)
    #expect(family.title == "mlp on plane[width=3]")
    #expect(family.problems.count == 6)
    let pair = try #require(family.pairs.first)
    #expect(pair.pairCount == 6)
    #expect(pair.betterCount == 3)
    #expect(pair.reading == "no difference is shown (each better on 3 of 6 instances)")
    #expect(report.warnings.count { $0.kind == .instances } == 2)
  }

  @Test("Rows are not a function, and have no such sentence")
  func rows() throws {
    let report = try ComparisonReportTests.report(ComparisonReportTests.journal())
    #expect(report.problems.first?.isScenario == false)
    #expect(!report.warnings.contains { $0.kind == .instances })
  }
}
