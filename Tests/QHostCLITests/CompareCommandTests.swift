import Foundation
import Testing

@Suite("qhost compare")
struct CompareCommandTests {
  static let grid = [
    "compare", "-o", "tunneling[hbar_start=0.05,0.1],adam,ga", "-m", "mlp[hidden=4],logistic",
    "--seeds", "3", "--max-forward-equivalents", "60", "--quiet",
  ]

  @Test("makes every run of the grid, and sums up each combination")
  func grid() throws {
    let program = try Program()
    let result = try program.run(Self.grid + ["--output", "out", "--json"])
    #expect(result.code == 0, "\(result.error)")
    #expect(result.error.isEmpty)
    let summary = try result.json()
    #expect(summary["schema"] as? String == "qhost.compare/1")
    #expect(summary["cells"] as? Int == 24)
    #expect(summary["finished"] as? Int == 24)
    #expect(summary["unpaired"] as? Int == 0)
    let rows = try #require(summary["rows"] as? [[String: Any]])
    #expect(rows.count == 8)
    for row in rows {
      #expect(row["runs"] as? Int == 3)
      #expect(row["metric"] as? String == "test accuracy")
      let value = try #require(row["value"] as? [String: Double])
      #expect((0...1).contains(try #require(value["median"])))
      let passes = try #require(row["training_passes"] as? [String: Double])
      #expect(try #require(passes["median"]) >= 60)
    }
  }

  @Test("writes a journal with what is compared, with what and where")
  func journal() throws {
    let program = try Program()
    #expect(try program.run(Self.grid + ["--output", "out"]).code == 0)
    let journal = try JournalFile(program, "out")
    #expect(journal.header["record"] as? String == "header")
    #expect(journal.header["schema"] as? String == "qhost.journal/3")
    #expect((journal.header["plan_hash"] as? String)?.count == 64)
    #expect((journal.header["arguments"] as? [String])?.contains("compare") == true)
    #expect((journal.header["machine"] as? [String: Any])?["processors"] as? Int ?? 0 > 0)
    let plugins = try #require(journal.header["plugins"] as? [[String: Any]])
    #expect(plugins.count >= 4)
    #expect(plugins.allSatisfy { ($0["sha256"] as? String)?.count == 64 })
    let datasets = try #require(journal.header["datasets"] as? [[String: Any]])
    #expect(datasets.map { $0["dataset"] as? String } == ["iris"])
    #expect(try journal.cells().keys.sorted() == Array(1...24))
    for cell in journal.records("cell") {
      let run = try #require(cell["run"] as? [String: Any])
      #expect(run["schema"] as? String == "qhost.run/2")
      #expect(cell["seed"] as? Int == run["seed"] as? Int)
    }
  }

  @Test("starts all optimizers of a model and seed at the same point, other seeds elsewhere")
  func startingPoints() throws {
    let program = try Program()
    let optimizers = Catalogue.optimizers.joined(separator: ",")
    let result = try program.run(
      "compare", "-o", optimizers, "-m", "mlp,logistic", "--seeds", "3", "--max-evals", "200",
      "--quiet", "--output", "out")
    #expect(result.code == 0, "\(result.error)")
    var starts: [String: Set<String>] = [:]
    for cell in try JournalFile(program, "out").records("cell") {
      let place = "\(cell["model"] ?? "") \(cell["seed"] ?? "")"
      starts[place, default: []].insert(try #require(cell["start_hash"] as? String))
    }
    #expect(starts.count == 6)
    #expect(starts.values.allSatisfy { $0.count == 1 })
    #expect(Set(starts.values).count == 6)
  }

  @Test("is one run's figures, for each cell")
  func sameAsRun() throws {
    let program = try Program()
    _ = try program.run(
      "compare", "-o", "sa", "--seeds", "4-4", "--max-evals", "500", "--quiet", "--output", "out")
    let cell = try #require(try JournalFile(program, "out").records("cell").first)
    let compared = try #require(cell["run"] as? [String: Any])
    let run = try program.run(
      "run", "--optimizer", "sa", "--seed", "4", "--max-evals", "500", "--quiet", "--json"
    ).json()
    let figures = try [compared, run].map {
      try JSONSerialization.data(withJSONObject: $0["metrics"] ?? [:], options: .sortedKeys)
    }
    #expect(figures[0] == figures[1])
  }

  @Test("gives every optimizer the same prior")
  func prior() throws {
    let program = try Program()
    let result = try program.run(
      "compare", "-o", "adam,tunneling", "--prior", "2", "--max-evals", "60", "--quiet", "--output",
      "out")
    #expect(result.code == 0, "\(result.error)")
    let runs = try JournalFile(program, "out").records("cell").compactMap {
      $0["run"] as? [String: Any]
    }
    #expect(runs.map { $0["prior"] as? Double } == [2, 2])
  }

  @Test("takes a plan file, and means the same as the command line")
  func planFile() throws {
    let program = try Program()
    let path = try program.write(
      """
      optimizers: [{tunneling: {hbar_start: [0.05, 0.1]}}, adam, ga]
      models: ['mlp[hidden=4]', logistic]
      datasets: [iris]
      seeds: 3
      budget: {max_forward_equivalents: 60}
      """, to: "plan.yaml")
    #expect(try program.run("compare", path, "--quiet", "--output", "file").code == 0)
    #expect(try program.run(Self.grid + ["--output", "line"]).code == 0)
    let journals = try ["file", "line"].map { try JournalFile(program, $0) }
    #expect(try journals[0].plan() == journals[1].plan())
    #expect(try journals[0].cells() == journals[1].cells())
  }

  @Test("skips and lists combinations that cannot work, or refuses them with --strict")
  func impossible() throws {
    let program = try Program()
    let command = [
      "compare", "-o", "adam,ga", "--set", "model.activation=step", "--max-evals", "50",
    ]
    let result = try program.run(command + ["--output", "out", "--json"])
    #expect(result.code == 0, "\(result.error)")
    #expect(result.error.contains("note: skipped adam, mlp on iris"))
    #expect(result.error.contains("needs a gradient"))
    #expect(try result.json()["cells"] as? Int == 1)
    #expect((try JournalFile(program, "out").header["skipped"] as? [Any])?.count == 1)
    expectRefusal(
      try program.run(command + ["--output", "other", "--strict"]), code: 2, "adam, mlp on iris",
      "needs a gradient")
    #expect(!program.has("other"))
  }

  @Test("counts the runs that reach a target, and fails with --require when one does not")
  func targets() throws {
    let program = try Program()
    let command = [
      "compare", "-o", "ga,random", "--seeds", "2", "--max-evals", "3000", "--until-accuracy",
      "0.93", "--quiet", "--json",
    ]
    let result = try program.run(command + ["--output", "out"])
    #expect(result.code == 0, "\(result.error)")
    let rows = try #require(try result.json()["rows"] as? [[String: Any]])
    #expect(rows.map { $0["successes"] as? Int } == [2, 0])
    let required = try program.run(command + ["--output", "other", "--require"])
    #expect(required.code == 3)
    #expect(required.error.contains("2 runs did not reach the target"))
  }

  @Test("puts a solver to the optimizers that take one, and others into the grid once")
  func solvers() throws {
    let program = try Program()
    let result = try program.run(
      "compare", "-o", "tunneling,ga", "--solver", "finite-difference,split-operator",
      "--max-evals", "300", "--quiet", "--json", "--output", "out")
    #expect(result.code == 0, "\(result.error)")
    let rows = try #require(try result.json()["rows"] as? [[String: Any]])
    let labels = rows.compactMap { $0["labels"] as? [String: Any] }
    #expect(labels.map { $0["optimizer"] as? String } == ["tunneling", "tunneling", "ga"])
    let solvers = labels.map { ($0["dependencies"] as? [String: String])?["optimizer.solver"] }
    #expect(solvers == ["finite-difference", "split-operator", nil])
  }

  static let mistakes: [(words: String, says: String)] = [
    ("", "there is nothing to compare"),
    ("-o adma", "did you mean 'adam'?"),
    ("-o adam[lerning_rate=1]", "did you mean 'optimizer.learning_rate'?"),
    ("-o adam[learning_rate=0.1", "a '[' is not closed"),
    ("-o adam,adam", "'adam' is in the plan twice"),
    ("-o adam --seeds none", "seeds cannot be 'none'"),
    ("-o adam --solver split-operator", "no optimizer of the plan takes a solver"),
    ("-o adam --set model.hiden=3", "did you mean 'model.hidden'?"),
    ("-o adam --max-evals 0", "--max-evals cannot be 0"),
    ("-o adam --jobs 0", "--jobs cannot be 0"),
    ("-o adam --threads 0", "--threads cannot be 0"),
    ("-o adam --shard 3/2", "--shard cannot be '3/2'"),
    ("-o adam --call-timeout -1", "--call-timeout"),
    ("-o adam --batch-size=-1", "--batch-size cannot be '-1': it must be a number of rows"),
    ("-o adam --prior 0", "--prior cannot be 0.0: it must be a width above 0"),
    ("-o adam --retry-failures", "--retry-failures goes with --resume"),
    ("--resume", "holds no journal.jsonl"),
    ("plan.yaml -o adam", "leave them out of the command line"),
    ("nowhere.yaml", "cannot read 'nowhere.yaml'"),
  ]

  @Test("refuses what cannot be done in one sentence, and leaves no folder", arguments: mistakes)
  func refusals(words: String, says: String) throws {
    let program = try Program()
    let result = try program.run(
      ["compare", "--output", "out"] + words.split(separator: " ").map(String.init))
    expectRefusal(result, code: says.hasPrefix("cannot read") ? 5 : 2, says)
    #expect(!program.has("out"))
  }
}
