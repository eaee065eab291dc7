import Foundation
import Testing

@Suite("A plan with a model and a budget for each dataset")
struct ComparePlanTests {
  static let plan = """
    optimizers: [ga, random]
    problems:
      - dataset: iris
        model: 'mlp[hidden=4]'
        budget: {max_forward_equivalents: 20}
      - dataset: 'functions[function=sphere,dimension=2]'
        model: direct
        budget: {max_evals: 300, until_loss: 1e9}
    seeds: 2
    """

  @Test("is done problem by problem, and each has the success of its own target")
  func problems() throws {
    let program = try Program()
    let path = try program.write(Self.plan, to: "plan.yaml")
    let result = try program.run("compare", path, "--quiet", "--json", "--output", "out")
    #expect(result.code == 0, "\(result.error)")
    let rows = try #require(try result.json()["rows"] as? [[String: Any]])
    #expect(rows.map { $0["successes"] as? Int } == [nil, nil, 2, 2])
    let journal = try JournalFile(program, "out")
    let listed = (journal.header["plan"] as? [String: Any])?["problems"] as? [[String: Any]]
    #expect(listed?.count == 2)
    for cell in journal.records("cell") {
      let isFunction = (cell["model"] as? String) == "direct"
      let cost = (cell["run"] as? [String: Any])?["cost"] as? [String: Any]
      if isFunction {
        #expect(cost?["loss_evaluations"] as? Int ?? 301 <= 300)
      } else {
        #expect(try #require(cell["training_passes"] as? Double) >= 20)
      }
    }
    let report = try program.run("report", "out", "--format", "markdown").output
    #expect(report.contains("budget: 20 passes of the training split"))
    #expect(report.contains("budget: 300 evaluations, or a training loss of"))
    let csv = try program.run("report", "out", "--format", "csv").output
    #expect(csv.split(separator: "\n").count == 5)
  }

  @Test("is the same in shards that are merged, after --resume, and exported")
  func shards() throws {
    let program = try Program()
    let path = try program.write(Self.plan, to: "plan.yaml")
    _ = try program.run("compare", path, "--quiet", "--output", "whole")
    for shard in 1...2 {
      let made = try program.run(
        "compare", path, "--quiet", "--shard", "\(shard)/2", "--output", "s\(shard)")
      #expect(made.code == 0, "\(made.error)")
    }
    #expect(try program.run("merge", "s1", "--output", "half", "--quiet").code == 0)
    // With the plan of the journal, and with the same file again.
    let resumed = try program.run("compare", "--resume", "--output", "half", "--quiet")
    #expect(resumed.code == 0, "\(resumed.error)")
    let again = try program.run("compare", path, "--resume", "--output", "half", "--quiet")
    #expect(again.code == 0, "\(again.error)")
    #expect(try program.run("merge", "s1", "s2", "--output", "both", "--quiet").code == 0)
    let whole = try JournalFile(program, "whole").cells()
    #expect(whole.count == 8)
    #expect(try JournalFile(program, "half").cells() == whole)
    #expect(try JournalFile(program, "both").cells() == whole)
    for format in ["coco", "ioh", "csv"] {
      let exported = try program.run(
        "export", "whole", "--format", format, "--output", "exported/\(format)")
      #expect(exported.code == 0, "\(exported.error)")
    }
    let other = try program.write(
      Self.plan.replacing("max_evals: 300", with: "max_evals: 400"), to: "other.yaml")
    expectRefusal(
      try program.run("compare", other, "--resume", "--output", "half"), code: 2,
      "direct on functions[dimension=2,function=sphere]: max-evals is 300 in the journal, 400 now")
  }

  @Test("is refused with file, line and key when a problem works with no optimizer")
  func misfits() throws {
    let program = try Program()
    let path = try program.write(
      """
      optimizers: [ga, random]
      problems:
        - {dataset: iris, model: mlp}
        - {dataset: functions, model: mlp}
      """, to: "plan.yaml")
    expectRefusal(
      try program.run("compare", path, "--output", "out"), code: 2,
      "plan.yaml', line 4: problems: mlp on functions: it works with no optimizer: model 'mlp'",
      "use model 'direct'")
    #expect(!program.has("out"))
    let journal = try program.write(
      "optimizers: [adam]\nproblems: [{dataset: functions, model: direct}]\n", to: "one.yaml")
    expectRefusal(
      try program.run("compare", journal, "--output", "out"), code: 2,
      "one.yaml', line 2: problems",
      "needs a gradient")
  }

  @Test("is refused when its budget is below the least work of all optimizers, with the least")
  func budgets() throws {
    let program = try Program()
    let path = try program.write(
      """
      optimizers: [adam, random]
      problems:
        - {dataset: iris, model: mlp}
        - {dataset: iris, model: logistic, budget: {max_forward_equivalents: 0.25}}
      """, to: "plan.yaml")
    expectRefusal(
      try program.run("compare", path, "--output", "out"), code: 2,
      "plan.yaml', line 4: problems: logistic on iris: the budget of 0.25 passes is too small",
      "the least is 1.0, which 'random' needs")
    let command = ["compare", "-o", "adam,random", "--output", "out", "--max-forward-equivalents"]
    expectRefusal(
      try program.run(command + ["0.5"]), code: 2, "mlp on iris: the budget of 0.5 passes",
      "the least is 1.0, which 'random' needs")
    #expect(!program.has("out"))
    // What one optimizer can do is done, and the other skipped with its reason.
    let result = try program.run(command + ["1.5"])
    #expect(result.code == 0, "\(result.error)")
    #expect(result.error.contains("note: skipped adam, mlp on iris: --max-forward-equivalents 1.5"))
  }

  @Test("is what axes whose models do not fit their datasets are told of, once for each model")
  func axes() throws {
    let program = try Program()
    let result = try program.run(
      "compare", "-o", "ga,sa,random", "-m", "mlp,direct", "-d",
      "iris,functions[function=sphere,ackley]", "--max-evals", "5", "--output", "out", "--jobs", "1"
    )
    #expect(result.code == 0, "\(result.error)")
    let notes = result.errorLines.filter { $0.hasPrefix("note: ") }
    #expect(notes.count == 2, "\(result.error)")
    #expect(
      result.error.contains(
        "note: skipped mlp on functions[function=sphere], functions[function=ackley], with every "
          + "optimizer: model 'mlp': it needs inputs"))
    #expect(
      result.error.contains("note: direct takes no account of inputs, and gives all rows of iris"))
    #expect(result.error.contains("list them under 'problems' in a plan file"))
    #expect((try JournalFile(program, "out").header["skipped"] as? [Any])?.count == 6)
  }

  @Test("may be an experiment")
  func experiment() throws {
    let program = try Program()
    _ = try program.write(
      """
      claim: It works.
      source: these tests
      """ + "\n" + Self.plan + """

        expect:
          - of: {optimizer: ga, dataset: functions}
            metric: reached
            aggregate: min
            at_least: 1
        """, to: "experiments/own.yaml")
    let child = try program.shell(
      "QHOST_EXPERIMENTS=experiments $0 reproduce own --quiet --json --output out")
    #expect(child.code == 0, "\(child.error)")
    let results = try child.json()["experiments"] as? [[String: Any]]
    #expect(results?.first?["is_reproduced"] as? Bool == true)
  }

  @Test("of the version before lists of problems is read, and keeps its hash and its batches")
  func oldJournals() throws {
    let program = try Program()
    let command = [
      "compare", "-o", "adam", "-d", "digits", "--max-evals", "20", "--batch-size", "preferred",
      "--quiet", "--output", "out",
    ]
    #expect(try program.run(command).code == 0)
    let path = program.folder + "/out/journal.jsonl"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(!text.prefix(2_000).contains("batch_rows\":null"))
    let plan = try JournalFile(program, "out").header["plan"] as? [String: Any]
    #expect(plan?.keys.contains("batch_rows") == false)
    #expect(plan?.keys.contains("problems") == false)
    _ = try program.write(
      text.replacing("qhost.journal/2", with: "qhost.journal/1"), to: "old/journal.jsonl")
    #expect(try program.run("report", "old", "--format", "csv").code == 0)
    let resumed = try program.run("compare", "--resume", "--output", "old", "--quiet")
    #expect(resumed.code == 0, "\(resumed.error)")
    expectRefusal(
      try program.run(
        "compare", "-o", "adam", "-d", "digits", "--max-evals", "20", "--resume", "--output", "old"),
      code: 2, "batch size is preferred in the journal, 1024 now")
  }

  @Test("gives all optimizers the same minibatch, unless each is to have its own")
  func batches() throws {
    let program = try Program()
    func rows(_ words: String...) throws -> Set<Int> {
      let result = try program.run(
        [
          "compare", "-o", "adam,random,ga", "-d", "digits", "--max-evals", "5", "--quiet",
          "--output",
        ]
          + words)
      #expect(result.code == 0, "\(result.error)")
      return Set(
        try JournalFile(program, words[0]).records("cell").compactMap { cell in
          let cost = (cell["run"] as? [String: Any])?["cost"] as? [String: Any]
          return cost?["batch_rows"] as? Int
        })
    }
    #expect(try rows("common") == [1_024])
    #expect(try rows("all", "--batch-size", "0") == [1_438])
    #expect(try rows("own", "--batch-size", "preferred") == [128, 1_024, 1_438])
    let header = try JournalFile(program, "common").header["plan"] as? [String: Any]
    #expect(header?["batch_rows"] as? Int == 1_024)
  }
}
