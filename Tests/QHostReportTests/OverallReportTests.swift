import QHostReport
import QHostRuntime
import Testing

@Suite("All problems together")
struct OverallReportTests {
  @Test("Ranks are tested from ten problems on, else it is said why not")
  func ranks() throws {
    for count in [9, 10] {
      let names = (1...count).map { "d\($0)" }
      let journal = try GeneratedJournal(
        optimizers: ["one", "two", "three"], datasets: names, seeds: 1)
      for name in names {
        try journal.add("one", on: name, seed: 1, losses: [1, 0.1], accuracy: 0.9)
        try journal.add("two", on: name, seed: 1, losses: [1, 0.2], accuracy: 0.8)
        try journal.add("three", on: name, seed: 1, losses: [1, 0.3], accuracy: 0.7)
      }
      try journal.write()
      let overall = try #require(try ComparisonReportTests.report(journal).overall)
      if count < 10 {
        #expect(overall.rankTest == nil)
        #expect(overall.rankRefusal?.contains("9 problems are too few") == true)
      } else {
        #expect(overall.entries.map(\.meanRank) == [1, 2, 3])
        #expect(overall.rankTest?.groups == [["one", "two"], ["two", "three"]])
      }
      // The first solves all problems with the least effort.
      #expect(overall.entries[0].profile.evaluations.fraction == [1])
    }
  }

  @Test("Problems that a combination is not used on count among all problems")
  func skipped() throws {
    let journal = try GeneratedJournal(
      optimizers: ["one", "two"], datasets: ["a", "b"], seeds: 2, skipping: [("one", "b")])
    for seed in 1...2 {
      try journal.add("one", on: "a", seed: seed, losses: [1, 0.1])
      try journal.add("two", on: "a", seed: seed, losses: [1, 0.5, 0.1])
      try journal.add("two", on: "b", seed: seed, losses: [1, 0.1])
    }
    try journal.write()
    let report = try ComparisonReportTests.report(journal)
    let entries = try #require(report.overall?.entries)
    #expect(entries.map(\.absentFrom) == [["mlp on b"], []])
    #expect(entries.map(\.reached.evaluations.fraction.last) == [0.5, 1])
    #expect(entries.map(\.profile.evaluations.fraction.last) == [0.5, 1])
    let text = try #require(report.warnings.first { $0.kind == .skipped }?.text)
    #expect(text.contains("one (1 problem)"))
  }

  @Test("Runs that failed reach no target and solve no problem")
  func failures() throws {
    let journal = try GeneratedJournal(optimizers: ["one", "two"], datasets: ["a", "b"], seeds: 2)
    for dataset in ["a", "b"] {
      try journal.add("one", on: dataset, seed: 1, losses: [1, 0.1])
      try journal.addFailure("one", on: dataset, seed: 2, message: "it crashed; ask its author")
      for seed in 1...2 { try journal.add("two", on: dataset, seed: seed, losses: [1, 0.5, 0.1]) }
    }
    try journal.write()
    let entries = try #require(try ComparisonReportTests.report(journal).overall?.entries)
    #expect(entries.map(\.failureCount) == [2, 0])
    #expect(entries.map(\.reached.evaluations.fraction.last) == [0.5, 1])
    #expect(entries[0].profile.evaluations.fraction.isEmpty)
    #expect(entries[1].profile.evaluations.fraction == [1])
  }

  @Test("Eight crashes of ten do not make a combination faster than one without")
  func crashes() throws {
    let journal = try GeneratedJournal(optimizers: ["one", "two"], seeds: 10) {
      $0.untilLoss = 0.1
    }
    for seed in 1...10 {
      var run = GeneratedRun(losses: [1, 0.1])
      run.stopReason = "targetReached"
      run.evaluations = [1, seed <= 2 ? 74 : 83]
      try journal.add("two", seed: seed, run)
      if seed <= 2 {
        try journal.add("one", seed: seed, run)
      } else {
        try journal.addFailure("one", seed: seed, message: "it crashed; ask its author")
      }
    }
    try journal.write()
    let report = try ComparisonReportTests.report(journal)
    let rows = try #require(report.problems.first?.combinations)
    #expect(rows[0].expectedTime?.evaluations.value == nil)
    #expect(rows[0].success?.rate == 0.2)
    #expect(rows[1].expectedTime?.evaluations.value == 81.2)
    #expect(MarkdownPage(report).text.contains("| none: 8 failed |"))
  }

  @Test("Ranks are of the medians, and problems that not all are used on are named")
  func medians() throws {
    let names = (1...11).map { "d\($0)" }
    let journal = try GeneratedJournal(
      optimizers: ["one", "two", "three"], datasets: names, seeds: 3, skipping: [("three", "d11")])
    for name in names {
      for seed in 1...3 {
        // The mean of the first is the worst, its median the best.
        try journal.add(
          "one", on: name, seed: seed, losses: [1, 0.1], accuracy: seed == 1 ? 0 : 0.9)
        try journal.add("two", on: name, seed: seed, losses: [1, 0.2], accuracy: 0.8)
        if name == "d11" { continue }
        try journal.add("three", on: name, seed: seed, losses: [1, 0.3], accuracy: 0.7)
      }
    }
    try journal.write()
    let report = try ComparisonReportTests.report(journal)
    let overall = try #require(report.overall)
    #expect(overall.entries.map(\.meanRank) == [1, 2, 3])
    #expect(overall.rankTest?.problemCount == 10)
    #expect(overall.rankTest?.leftOut == ["mlp on d11"])
    let text = MarkdownPage(report).text
    #expect(text.contains("10 problems (1 more is not of all optimizers) by the median"))
  }
}
