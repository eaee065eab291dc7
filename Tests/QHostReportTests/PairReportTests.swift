import QHostReport
import QHostComparing
import QHostRuntime
import Testing

@Suite("Pairs of a report")
struct PairReportTests {
  @Test("A run that failed is worse than any other in tests of pairs, which are read in words")
  func failures() throws {
    let report = try ComparisonReportTests.report(ComparisonReportTests.journal())
    let pair = try #require(report.problems.first?.pairs.first)
    #expect(pair.pairCount == 8)
    #expect(pair.betterCount == 8)
    #expect(pair.effect == 1)
    // Both choices of signs that are as extreme, of 2⁸.
    #expect(abs(try #require(pair.probability) - 2 / 256.0) < 1e-12)
    #expect(pair.reading == "one is better than two: a large effect, better on 8 of 8 seeds")
  }

  @Test("Better on 19 of 20 seeds by a tenth of a point, and failed on one, is better")
  func oneFailure() throws {
    let journal = try GeneratedJournal(optimizers: ["random", "ga"], seeds: 20)
    for seed in 1...20 {
      let accuracy = 0.9 + 0.003 * Double(seed)
      try journal.add("random", seed: seed, losses: [1, 0.5], accuracy: accuracy)
      if seed == 20 {
        try journal.addFailure("ga", seed: seed, message: "it crashed; ask its author")
      } else {
        try journal.add("ga", seed: seed, losses: [1, 0.5], accuracy: accuracy + 0.001)
      }
    }
    try journal.write()
    let pair = try #require(
      try ComparisonReportTests.report(journal).problems.first?.pairs.first)
    #expect(pair.favoured == "ga")
    #expect(abs(try #require(pair.effect) - 0.05) < 1e-12)
    #expect(try #require(pair.adjustedProbability) < 0.001)
    #expect(
      pair.reading == "ga is better than random: a large effect, better on 19 of 20 seeds")
  }

  @Test("When ranks and numbers point different ways, it is said")
  func conflict() {
    // Worse on 27 of 50 seeds by little, better on 23 by much: ranks 28 to 50 are 897 of 1,275.
    let values = (1...50).map { $0 <= 27 ? Double($0) / 1000 : -Double($0) }
    #expect(
      Self.pair(values).reading
        == "one is better than two by the size of the differences, not by their number: better on "
        + "23, worse on 27 of 50 seeds")
    // Fewer of them show nothing.
    let few = (1...10).map { $0 <= 6 ? Double($0) / 1000 : -Double($0) }
    #expect(
      Self.pair(few).reading
        == "no difference is shown (two better on 6 of 10 seeds, but one by more where it is better)"
    )
    #expect(
      Self.pair([1, -1, 2, -2, 0]).reading
        == "no difference is shown (each better on 2 of 5 seeds, 1 the same)")
    #expect(Self.pair([0, 0]).reading == "the same on all 2 seeds")
  }

  @Test("A figure that is not a number is worse than any")
  func notANumber() throws {
    let journal = try GeneratedJournal(optimizers: ["one", "two"], seeds: 6)
    for seed in 1...6 {
      try journal.add("one", seed: seed, losses: [1, 0.5], accuracy: 0.5)
      var run = GeneratedRun(losses: [1, 0.5])
      run.metrics["accuracy"] = "NaN"
      try journal.add("two", seed: seed, run)
    }
    try journal.write()
    let problem = try #require(try ComparisonReportTests.report(journal).problems.first)
    #expect(problem.pairs.first?.favoured == "one")
    #expect(problem.pairs.first?.pairCount == 6)
    #expect(problem.combinations.last?.unmeasuredCount == 6)
  }

  @Test("A run that ends where not all constraints hold is worse than any feasible one")
  func infeasible() throws {
    let journal = try GeneratedJournal(optimizers: ["one", "two", "three"], seeds: 6)
    for seed in 1...6 {
      for (name, loss, violation) in [("one", 9.0, 0.0), ("two", 0.5, 0.1), ("three", 0.1, 0.2)] {
        var run = GeneratedRun(losses: [10, loss], accuracy: nil)
        run.loss = "score"
        run.metrics["violation"] = violation + Double(seed) * 0.001 * (violation > 0 ? 1 : 0)
        try journal.add(name, seed: seed, run)
      }
    }
    try journal.write()
    let report = try ComparisonReportTests.report(journal)
    let problem = try #require(report.problems.first)
    #expect(problem.combinations.map(\.feasibleCount) == [6, 0, 0])
    #expect(problem.combinations.map { $0.metric?.count } == [6, nil, nil])
    func favoured(_ first: String, _ second: String) -> String? {
      problem.pairs.first { [$0.first, $0.second] == [first, second] }?.favoured
    }
    #expect(favoured("one", "two") == "one")
    #expect(favoured("one", "three") == "one")
    #expect(favoured("two", "three") == "two")
    #expect(
      report.warnings.contains { $0.text.contains("12 runs ended where not all constraints") })
  }

  @Test("With a reference only its pairs are compared, and corrected for these alone")
  func baseline() throws {
    let names = ["one", "two", "three", "four"]
    let journal = try GeneratedJournal(optimizers: names, seeds: 6)
    for (place, name) in names.enumerated() {
      for seed in 1...6 {
        let accuracy = 0.9 - 0.1 * Double(place) - 0.01 * Double(seed)
        try journal.add(name, seed: seed, losses: [1, 0.5], accuracy: accuracy)
      }
    }
    try journal.write()
    let merge = try JournalMerge([journal.path])
    let all = try #require(try ComparisonReport(merge).problems.first?.pairs)
    #expect(all.count == 6)
    #expect(all.allSatisfy { $0.adjustedProbability == 6 * 2 / 64.0 })
    let report = try ComparisonReport(merge, baseline: "two")
    let pairs = try #require(report.problems.first?.pairs)
    #expect(report.baseline == "two")
    #expect(pairs.map(\.first) == ["one", "three", "four"])
    #expect(pairs.allSatisfy { $0.second == "two" && $0.adjustedProbability == 3 * 2 / 64.0 })
    let error = #expect(throws: RunError.self) { try ComparisonReport(merge, baseline: "adam") }
    #expect(error?.kind == .usage)
    #expect(error?.message.contains("'adam'") == true)
    #expect(error?.message.contains("'one', 'two', 'three', 'four'") == true)
  }

  /// Two combinations whose outcomes differ by values, less being better.
  static func pair(_ differences: [Double]) -> PairReport {
    let first = OutcomesBySeed(
      name: "one",
      values: Dictionary(
        uniqueKeysWithValues: differences.enumerated().map { (UInt64($0), $1) }))
    let second = OutcomesBySeed(name: "two", values: first.values.mapValues { _ in 0 })
    return PairReport.all([first, second], isMoreBetter: false)[0]
  }
}
