import Foundation
import Testing

@Suite("qhost reproduce")
struct ReproduceCommandTests {
  private static let experiment = """
    claim: Some training is better than none.
    source: common sense
    figure: '0.7'
    optimizers: [ga]
    models: [logistic]
    datasets: [iris]
    seeds: 3
    budget: {max_evals: 500}
    expect:
      - {of: {optimizer: ga}, metric: test accuracy, aggregate: median, at_least: THRESHOLD}
    """

  /// A program whose experiments are in the folder `some`.
  private func program(_ threshold: String) throws -> Program {
    let program = try Program(["QHOST_EXPERIMENTS": "some"])
    let text = Self.experiment.replacing("THRESHOLD", with: threshold)
    _ = try program.write(text, to: "some/training.yaml")
    return program
  }

  @Test("prints a claim beside what was measured")
  func claimBesideMeasurement() throws {
    let program = try program("0.7")
    let result = try program.run("reproduce", "training", "--quiet", "--output", "out")
    #expect(result.code == 0, "\(result.error)")
    for word in [
      "training: Some training is better than none.", "source    common sense", "claimed   0.7",
      "ga: median of test accuracy = 0.", "(n = 3), to be at least 0.7: yes",
      "verdict   reproduced",
    ] {
      #expect(result.output.contains(word), "'\(word)' in: \(result.output)")
    }
    #expect(try JournalFile(program, "out/training").cells().count == 3)
  }

  @Test("says what is not reproduced, which is an error with --require only")
  func notReproduced() throws {
    let program = try program("1.1")
    let result = try program.run("reproduce", "all", "--quiet", "--json", "--output", "out")
    #expect(result.code == 0, "\(result.error)")
    let record = try result.json()
    #expect(record["schema"] as? String == "qhost.reproduce/1")
    let experiments = try #require(record["experiments"] as? [[String: Any]])
    #expect(experiments.map { $0["is_reproduced"] as? Bool } == [false])
    let again = try program.run(
      "reproduce", "all", "--quiet", "--require", "--resume", "--output", "out")
    #expect(again.code == 3)
    #expect(again.error.contains("not reproduced: training"))
    #expect(try JournalFile(program, "out/training").records("resumed").count == 1)
  }

  private static let online = """
    claim: A model that learns on the way follows a drift.
    source: common sense
    online: {row_passes: 100, baselines: true, learning_rows: 500, memory_rows: 300}
    optimizers: [adam, sa]
    models: [logistic]
    datasets: ["drifting[generator=sea,drifts=1,train_rows=4000,data_seed=1,2]"]
    batch_size: 50
    expect:
      - of: {optimizer: adam, learning: continual}
        against: {optimizer: adam, learning: once}
        metric: error after drift
        aggregate: mean
        below: 0
      - of: {optimizer: adam, learning: continual}
        against: {optimizer: sa}
        metric: passes
        aggregate: mean
        paired: false
        at_most: 1e9
      - {of: {learning: continual}, metric: rows until back, aggregate: max, at_most: 2000}
    """

  @Test("runs experiments on streams, each row predicted and then learned from, and resumes them")
  func onlineExperiment() throws {
    let program = try Program(["QHOST_EXPERIMENTS": "some"])
    _ = try program.write(Self.online, to: "some/drift.yaml")
    let words = ["reproduce", "drift", "--quiet", "--output", "out"]
    let result = try program.run(words)
    #expect(result.code == 0, "\(result.error)")
    for word in [
      "adam, continual less adam, once: mean of error after drift of pairs = -0.",
      "(n = 2), to be below 0.0: yes", "continual: max of rows until back", "(n = 4)",
      "verdict   reproduced", "out/drift/online.jsonl",
    ] { #expect(result.output.contains(word), "'\(word)' in: \(result.output)") }
    let journal = try String(
      contentsOfFile: program.folder + "/out/drift/online.jsonl", encoding: .utf8)
    var lines = journal.split(separator: "\n")
    #expect(lines.count == 5)
    // The last run is done again, the others are taken: without them the figures are not theirs.
    lines.removeLast()
    lines[1].replace(
      "\"error after drift\":0.", with: "\"error after drift\":9.", maxReplacements: 1)
    _ = try program.write(lines.joined(separator: "\n"), to: "out/drift/online.jsonl")
    let again = try program.run(words + ["--resume", "--json"])
    let record = try again.json()
    let experiments = try #require(record["experiments"] as? [[String: Any]])
    #expect(experiments.map { $0["is_reproduced"] as? Bool } == [false])
    _ = try program.write(
      Self.online.replacing("100", with: "50"), to: "some/drift.yaml")
    expectRefusal(try program.run(words + ["--resume"]), code: 2, "leave out --resume")
    // Without it the runs are made again, and those of before are kept.
    #expect(try program.run(words).code == 0)
    #expect(program.has("out/drift/online.previous-1.jsonl"))
  }

  @Test(
    "says where the section of streams is wrong",
    arguments: [
      ("row_passes: 100", "row_pases: 100", "has no key 'row_pases'"),
      ("row_passes: 100", "row_passes: 100, row_losses: 3", "a row has one budget"),
      ("row_passes: 100", "detector: adwn", "there is no detector 'adwn'; did you mean 'adwin'"),
      ("row_passes: 100", "plateau: 2", "--plateau cannot be 2"),
      ("batch_size: 50", "budget: {max_evals: 3}", "budget does not go with online"),
      ("learning: once", "learning: never", "there are no runs of"),
    ])
  func onlineMistakes(_ old: String, _ new: String, _ words: String) throws {
    let program = try Program(["QHOST_EXPERIMENTS": "some"])
    let text = Self.online.replacing(old, with: new).replacing("4000", with: "1000")
    _ = try program.write(text, to: "some/drift.yaml")
    let result = try program.run("reproduce", "drift", "--quiet", "--output", "out")
    expectRefusal(result, code: 2, words)
    #expect(result.error.contains("drift.yaml', line"))
  }

  @Test("has experiments of its own, which can all be done as far as names and values go")
  func ownExperiments() throws {
    let data = ProcessInfo.processInfo.environment["QHOST_DATA"]
    let program = try Program(data.map { ["QHOST_DATA": $0] } ?? [:])
    let listed = try program.run("reproduce", "--list")
    #expect(listed.code == 0, "\(listed.error)")
    let names = listed.output.split(separator: "\n").compactMap {
      $0.split(separator: ":").first.map(String.init)
    }
    #expect(Set(names).isSuperset(of: ["step-activation", "initial-guess", "simple-convex-work"]))
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    for name in names {
      let path = root.appending(path: "Experiments/\(name).yaml").path()
      let text = try String(contentsOfFile: path, encoding: .utf8)
      // The plan alone: what belongs to the claim stands before and after it.
      let plan = text.split(separator: "\n", omittingEmptySubsequences: false)
        .drop { !$0.hasPrefix("optimizers:") }.prefix { !$0.hasPrefix("expect:") }
      let file = try program.write(plan.joined(separator: "\n"), to: "\(name).yaml")
      let result = try program.run(
        "compare", file, "--dry-run", "--no-estimate", "--strict", "--quiet")
      // Rows of some are in no checkout, and found missing last.
      let isWithoutData =
        result.code == 5
        && (result.error.contains("does not exist") || result.error.contains("is in none of"))
      #expect(result.code == 0 || isWithoutData, "\(name): \(result.error)")
    }
  }

  @Test("refuses names that are none")
  func refusals() throws {
    let program = try program("0.7")
    expectRefusal(try program.run("reproduce"), code: 2, "--list")
    expectRefusal(
      try program.run("reproduce", "trainin"), code: 2, "did you mean 'training'?")
    let other = try Program(["QHOST_EXPERIMENTS": "/nowhere"])
    expectRefusal(try other.run("reproduce", "--list"), code: 2, "QHOST_EXPERIMENTS")
  }
}
