import QHostReport
import QHostRuntime
import Testing

@Suite("Warnings of a report")
struct ReportWarningTests {
  private static func texts(
    _ kind: ReportWarning.Kind, optimizers: [String] = ["one", "two"],
    budget: (inout Budget) -> Void = { _ in }, _ change: (String, inout GeneratedRun) -> Void
  ) throws -> [String] {
    let journal = try GeneratedJournal(optimizers: optimizers, seeds: 2, budget: budget)
    for name in optimizers {
      for seed in 1...2 {
        var run = GeneratedRun(losses: [1, 0.5])
        change(name, &run)
        try journal.add(name, seed: seed, run)
      }
    }
    try journal.write()
    return try ComparisonReportTests.report(journal).warnings.filter { $0.kind == kind }
      .map(\.text)
  }

  @Test("A prior of some and not of others is another loss")
  func objectives() throws {
    let texts = try Self.texts(.objectives, optimizers: ["one", "two", "three"]) { name, run in
      if name == "one" { run.prior = 5 }
    }
    #expect(
      texts == [
        "on mlp on iris optimizers minimise different losses: a Gaussian prior of width 5 for one, no "
          + "prior for two and three; their training losses cannot be compared, nor what depends on them"
      ])
    #expect(try Self.texts(.objectives) { $1.prior = 5 }.isEmpty)
    #expect(try Self.texts(.objectives) { $1.prior = $0 == "one" ? 0 : nil }.isEmpty)
  }

  @Test("Minibatches that differ are named, and a sample that curves are of")
  func batches() throws {
    let texts = try Self.texts(.batches) { name, run in run.batchRows = name == "one" ? 32 : 1 }
    #expect(texts.count == 1)
    #expect(texts.first?.contains("32 rows for one, 1 row for two") == true)
    #expect(try Self.texts(.batches) { $1.batchRows = 32 }.isEmpty)
    let sample = try Self.texts(.sample) { $1.monitoredRows = 4_096 }
    #expect(sample.count == 1)
    #expect(sample.first?.contains("a fixed sample of 4096 rows") == true)
  }

  @Test("Runs that spent more than the budget by more than a point are named")
  func budget() throws {
    let limits: (inout Budget) -> Void = { $0.maxForwardEquivalents = 30 }
    let texts = try Self.texts(.budget, budget: limits) { name, run in
      run.passesPerEvaluation = 1
      run.spent = name == "one" ? 1_211 : 31
    }
    #expect(texts.count == 1)
    #expect(texts.first?.contains("one up to 1211 passes of 30 passes (2 of 2 runs)") == true)
    #expect(texts.first?.contains("two") == false)
    // A gradient is one point, too.
    let gradients = try Self.texts(.budget, budget: limits) { _, run in
      run.passesPerEvaluation = 3
      run.spent = 11
      run.gradients = 11
    }
    #expect(gradients.isEmpty)
    let evaluations = try Self.texts(.budget, budget: { $0.maxEvaluations = 100 }) { name, run in
      run.spent = name == "one" ? 102 : 101
    }
    #expect(evaluations.first?.contains("one up to 102 evaluations of 100 evaluations") == true)
    let seconds = try Self.texts(.budget, budget: { $0.maxSeconds = 0.3 }) { name, run in
      run.secondsPerEvaluation = 0.01
      run.spent = name == "one" ? 205 : 40
    }
    #expect(seconds.first?.contains("one up to 2.05 s of 300 ms") == true)
    #expect(seconds.first?.contains("two") == false)
  }

  @Test("What must be said of many problems is said of some and counted for the others")
  func limit() throws {
    let datasets = (1...9).map { "d\($0)" }
    let journal = try GeneratedJournal(optimizers: ["one", "two"], datasets: datasets, seeds: 1)
    for dataset in datasets {
      for name in ["one", "two"] {
        var run = GeneratedRun(losses: [1, 0.5])
        run.batchRows = name == "one" ? 32 : 64
        try journal.add(name, on: dataset, seed: 1, run)
      }
    }
    try journal.write()
    let texts = try ComparisonReportTests.report(journal).warnings.filter { $0.kind == .batches }
      .map(\.text)
    #expect(texts.count == 5)
    #expect(texts.last == "the same must be said of 5 more problems")
  }
}
