import Foundation
import QHostReport
import QHostComparing
import QHostRuntime
import QHostStatistics
import Testing

@Suite("Figures of a report")
struct ComparisonReportTests {
  /// Two optimizers on eight seeds; the second is worse on each, and failed on the last.
  static func journal() throws -> GeneratedJournal {
    let journal = try GeneratedJournal(optimizers: ["one", "two"], seeds: 8) {
      $0.untilLoss = 0.1
    }
    for seed in 1...8 {
      try journal.add(
        "one", seed: seed, losses: [2, 1, 0.5, 0.1], accuracy: 0.9 + 0.01 * Double(seed),
        isSuccess: seed <= 4)
      if seed == 8 {
        try journal.addFailure("two", seed: 8, message: "the plugin crashed; ask its author")
      } else {
        try journal.add(
          "two", seed: seed, losses: [2, 1.5, 1, 0.5, 0.2], accuracy: 0.8 - 0.01 * Double(seed))
      }
    }
    try journal.write()
    return journal
  }

  static func report(_ journal: GeneratedJournal) throws -> ComparisonReport {
    try ComparisonReport(JournalMerge([journal.path]))
  }

  @Test("A failed run is counted, listed, and no success")
  func failures() throws {
    let report = try Self.report(Self.journal())
    let two = try #require(report.problems.first?.combinations.last)
    #expect(two.runCount == 7)
    #expect(two.failureCount == 1)
    #expect(two.missingCount == 0)
    #expect(two.success?.outOf == 8)
    #expect(two.success?.count == 0)
    #expect(two.expectedTime?.evaluations.value == nil)
    #expect(two.expectedTime?.evaluations.absence == "1 failed")
    #expect(report.failures.map(\.message) == ["the plugin crashed; ask its author"])
    #expect(report.warnings.contains { $0.kind == .failures })
    #expect(report.extent.failed == 1)
  }

  @Test("Means, medians, rates and expected times are those of the runs")
  func figures() throws {
    let one = try #require(try Self.report(Self.journal()).problems.first?.combinations.first)
    #expect(abs(try #require(one.metric?.mean) - 0.945) < 1e-12)
    #expect(abs(try #require(one.metric?.median) - 0.945) < 1e-12)
    #expect(one.evaluations?.median == 8)
    #expect(one.passes?.median == 4)
    #expect(one.seconds?.median == 0.008)
    #expect(one.objectiveSeconds?.median == 0.006)
    #expect(one.success?.rate == 0.5)
    // Eight runs of 8 evaluations, four of which reach the target.
    #expect(one.expectedTime?.evaluations.value == 16)
    #expect(one.expectedTime?.passes.value == 8)
  }

  @Test("Each problem of a plan has its own budget, target and success")
  func ownBudgets() throws {
    var (one, other) = (Budget(), Budget())
    one.maxEvaluations = 16
    one.untilLoss = 0.1
    other.maxForwardEquivalents = 200
    let journal = try GeneratedJournal(
      optimizers: ["one", "two"], datasets: ["a", "b"], seeds: 2, budgets: [one, other])
    for seed in 1...2 {
      try journal.add("one", on: "a", seed: seed, losses: [2, 0.1], isSuccess: true)
      try journal.add("two", on: "a", seed: seed, losses: [2, 1.5, 1])
      for name in ["one", "two"] { try journal.add(name, on: "b", seed: seed, losses: [2, 1]) }
    }
    try journal.write()
    let report = try Self.report(journal)
    #expect(report.problems.map(\.budget) == [one, other])
    #expect(report.problems[0].combinations.map { $0.success?.count } == [2, 0])
    #expect(report.problems[0].combinations[0].expectedTime?.evaluations.value == 2)
    #expect(report.problems[1].combinations.allSatisfy { $0.success == nil })
    #expect(report.problems[1].combinations.allSatisfy { $0.expectedTime == nil })
    #expect(report.overall?.profileRule.contains("or where there is none the best") == true)
    let page = MarkdownPage(report).text
    #expect(page.contains("Each run ends at the budget of its problem."))
    #expect(page.contains("budget: 16 evaluations, or a training loss of 0.1."))
    #expect(page.contains("budget: 200 passes of the training split."))
    #expect(page.contains("expected running time to a training loss of 0.1"))
  }

  @Test("Journals of several plans make one report of all their problems")
  func severalPlans() throws {
    let first = try GeneratedJournal(optimizers: ["one"], datasets: ["a", "b"], seeds: 3)
    let second = try GeneratedJournal(optimizers: ["two"], datasets: ["b"], seeds: 2)
    for seed in 1...3 {
      for name in ["a", "b"] { try first.add("one", on: name, seed: seed, losses: [2, 1]) }
    }
    try second.add("two", on: "b", seed: 1, losses: [2, 0.5])
    try first.write()
    try second.write()
    let report = try ComparisonReport(
      JournalUnion([NamedJournal(path: first.path), NamedJournal(path: second.path)]))
    #expect(report.problems.map(\.dataset) == ["a", "b"])
    #expect(report.problems[1].combinations.map(\.name) == ["one", "two"])
    #expect(report.problems[1].combinations.map(\.runCount) == [3, 1])
    #expect(report.problems[1].combinations.map(\.missingCount) == [0, 1])
    #expect(report.problems.map(\.seedCount) == [3, 3])
    #expect(report.extent.cells == 8)
    #expect(report.extent.missing == 1)
    let page = MarkdownPage(report).text
    #expect(page.hasPrefix("# one on a, b; two on b"))
    for journal in [first, second] { #expect(page.contains(try journal.plan.hash())) }
  }

  @Test("Curves begin when half of the runs have a loss, and end at the best")
  func convergence() throws {
    let one = try #require(try Self.report(Self.journal()).problems.first?.combinations.first)
    let band = try #require(one.convergence.evaluations)
    #expect(band.effort.first == 1)
    #expect(band.effort.last == 8)
    #expect(band.median.first == 2)
    #expect(band.median.last == 0.1)
    #expect(one.reached.evaluations.fraction.last == 1)
  }

  @Test("Seeds that cannot show anything, busy machines and unpaired starts are warned of")
  func warnings() throws {
    let journal = try GeneratedJournal(optimizers: ["one", "two"], seeds: 3, load: 7) {
      $0.maxSeconds = 2
    }
    for seed in 1...3 {
      try journal.add("one", seed: seed, losses: [1, 0.5])
      try journal.add("two", seed: seed, losses: [1, 0.4], start: "another")
    }
    try journal.write()
    let report = try Self.report(journal)
    #expect(Set(report.warnings.map(\.kind)) == [.seeds, .load, .starts, .time])
    #expect(report.warnings.contains { $0.text.contains("needs at least 6 seeds") })
    #expect(report.problems.first?.unpairedSeeds == [1, 2, 3])
  }

  @Test("A journal that is cut has the runs before, and says so")
  func cut() throws {
    let journal = try GeneratedJournal(optimizers: ["one"], seeds: 2)
    try journal.add("one", seed: 1, losses: [1, 0.5])
    try journal.write(ending: "\n{\"record\":\"cell\",\"cell\":2,")
    let report = try Self.report(journal)
    #expect(report.extent.finished == 1)
    #expect(report.extent.missing == 1)
    let texts = report.warnings.filter { $0.kind == .incomplete }.map(\.text)
    #expect(texts.count == 2)
    #expect(texts.contains { $0.contains("is cut off") })
  }

  @Test("A journal without a run makes a report of none")
  func empty() throws {
    let journal = try GeneratedJournal(optimizers: ["one", "two"], seeds: 2)
    try journal.write()
    let report = try Self.report(journal)
    #expect(report.extent.missing == 4)
    for format in ReportFormat.allCases { #expect(!format.text(of: report).isEmpty) }
    #expect(HTMLPage(report).text.contains("There are no runs yet."))
  }

  @Test("An empty file and another version are refused in one sentence")
  func refusals() throws {
    let journal = try GeneratedJournal(optimizers: ["one"], seeds: 1)
    try "".write(toFile: journal.path, atomically: true, encoding: .utf8)
    #expect(throws: RunError.self) { try Self.report(journal) }
    try "{\"record\":\"header\",\"schema\":\"qhost.journal/9\"}\n".write(
      toFile: journal.path, atomically: true, encoding: .utf8)
    let error = #expect(throws: RunError.self) { try Self.report(journal) }
    #expect(error?.message.contains("qhost.journal/9") == true)
    #expect(error?.kind == .data)
  }

  @Test("Losses that are not above 0 are compared on a linear scale, equal ones not at all")
  func lossScales() throws {
    let journal = try GeneratedJournal(optimizers: ["one"], datasets: ["a", "b"], seeds: 2)
    for seed in 1...2 {
      try journal.add("one", on: "a", seed: seed, losses: [0.5, 0.25, 0])
      try journal.add("one", on: "b", seed: seed, losses: [0.5])
    }
    try journal.write()
    let problems = try Self.report(journal).problems
    #expect(problems[0].lossScale?.isLogarithmic == false)
    // Half of the way after 2 of 4 evaluations, all of it after the last: (0 + ½ + ½ + 1) / 4.
    let area = try #require(problems[0].combinations.first?.anytime.evaluations?.mean)
    #expect(abs(area - 0.5) < 1e-12)
    #expect(problems[1].lossScale == nil)
    #expect(problems[1].combinations.first?.anytime.evaluations == nil)
  }

  @Test("Intervals of areas and accuracies stay within 0 and 1, those of amounts above 0")
  func ranges() throws {
    let journal = try GeneratedJournal(optimizers: ["one"], seeds: 2)
    try journal.add("one", seed: 1, losses: [2, 1.9, 1.9, 1.9, 0.1], accuracy: 0.99)
    try journal.add("one", seed: 2, losses: [2, 0.1], accuracy: 0.8)
    try journal.write()
    let row = try #require(try Self.report(journal).problems.first?.combinations.first)
    for figure in [row.metric, row.anytime.evaluations, row.anytime.passes, row.anytime.seconds] {
      let interval = try #require(figure?.meanInterval)
      #expect(0 <= interval.lower && interval.upper <= 1, "\(interval)")
    }
    #expect(row.metric?.meanInterval?.upper == 1)
    #expect(row.anytime.passes?.meanInterval?.lower == 0)
    #expect(row.evaluations?.meanInterval?.lower == 0)
    #expect(row.bestLoss?.meanInterval?.lower == 0.1)
  }
}
