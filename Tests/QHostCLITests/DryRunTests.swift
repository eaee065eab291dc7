import Testing

@Suite("qhost compare --dry-run")
struct DryRunTests {
  @Test("shows problems, combinations, the minibatch and a time, and leaves no folder")
  func text() throws {
    let program = try Program()
    let result = try program.run(CompareCommandTests.grid + ["--dry-run", "--output", "a/b"])
    #expect(result.code == 0, "\(result.error)")
    #expect(
      result.output.contains(
        "logistic on iris: 60 passes of the training split; all 100 rows at once\n"
          + "  tunneling[hbar_start=0.05] with finite-difference\n"), "\(result.output)")
    #expect(result.output.contains("24 cells: 8 combinations x 3 seeds"))
    #expect(result.output.contains("\nabout "))
    #expect(!program.has("a"))
    #expect(program.files(in: ".").allSatisfy { !$0.contains("trial") })
  }

  @Test("tries no cell with --no-estimate, which says nothing of times")
  func noEstimate() throws {
    let program = try Program()
    let command = CompareCommandTests.grid + ["--dry-run", "--no-estimate"]
    let result = try program.run(command)
    #expect(result.code == 0, "\(result.error)")
    #expect(result.output.hasSuffix("24 cells: 8 combinations x 3 seeds\n"), "\(result.output)")
    let json = try program.run(command + ["--json"]).json()
    #expect(json["cells"] as? Int == 24 && json["probed_combinations"] as? Int == 0)
    #expect(json["seconds"] == nil && json["work_seconds"] == nil)
    expectRefusal(
      try program.run(CompareCommandTests.grid + ["--no-estimate"]), code: 2, "--dry-run")
  }

  @Test("says which minibatch each optimizer takes where they differ")
  func minibatches() throws {
    let program = try Program()
    let command = [
      "compare", "-o", "adam,random", "-d", "digits", "--max-evals", "5", "--quiet", "--dry-run",
      "--no-estimate",
    ]
    let common = try program.run(command).output
    #expect(common.contains("; minibatches of 1024 of 1438 rows\n  adam\n  random\n"), "\(common)")
    let preferred = try program.run(command + ["--batch-size", "preferred"]).output
    #expect(preferred.contains("  adam: minibatches of 128 of 1438 rows\n"), "\(preferred)")
    #expect(preferred.contains("  random: all 1438 rows at once\n"), "\(preferred)")
    let all = try program.run(command + ["--batch-size", "0"]).output
    #expect(all.contains("; all 1438 rows at once\n  adam\n"), "\(all)")
  }

  @Test("prints one JSON object with --json")
  func json() throws {
    let program = try Program()
    let result = try program.run(
      CompareCommandTests.grid + ["--shard", "1/2", "--dry-run", "--json"])
    #expect(result.error.isEmpty)
    let json = try result.json()
    #expect(json["schema"] as? String == "qhost.dry-run/1")
    #expect((json["plan_hash"] as? String)?.count == 64)
    #expect(json["cells"] as? Int == 24)
    #expect(json["shard_cells"] as? Int == 12)
    #expect(json["seconds"] as? Double ?? 0 > 0)
    #expect(json["work_seconds"] as? Double ?? 0 > 0)
    #expect(json["probed_combinations"] as? Int == 8)
    let problems = try #require(json["problems"] as? [[String: Any]])
    #expect(problems.map { $0["model"] as? String } == ["mlp[hidden=4]", "logistic"])
    for problem in problems {
      let combinations = try #require(problem["combinations"] as? [[String: Any]])
      #expect(combinations.count == 4)
      for combination in combinations {
        #expect(combination["batch_rows"] as? Int == 100)
        #expect(combination["seconds"] as? Double ?? 0 > 0)
      }
    }
  }

  @Test("is of what is still to do when it continues with a journal")
  func resuming() throws {
    let program = try Program()
    let command = [
      "compare", "-o", "random,ga", "--max-evals", "9", "--seeds", "2", "--quiet", "--output",
    ]
    #expect(try program.run(command + ["one", "--shard", "1/2"]).code == 0)
    #expect(try program.run("merge", "one", "--output", "out", "--quiet").code == 0)
    let result = try program.run(command + ["out", "--resume", "--dry-run"])
    #expect(result.output.contains("4 cells: 2 combinations x 2 seeds; 2 are still to do"))
    #expect(try JournalFile(program, "out").records("cell").count == 2)
  }

  @Test("counts what cells cost beside their runs")
  func tinyCells() throws {
    let program = try Program()
    let command = [
      "compare", "-o", "random", "-m", "direct", "-d", "functions", "--max-evals", "1", "--quiet",
      "--jobs", "1",
    ]
    let json = try program.run(command + ["--seeds", "2000", "--dry-run", "--json"]).json()
    // A run takes some microseconds; its parts, the line and the disk at least a tenth of a millisecond.
    #expect(try #require(json["work_seconds"] as? Double) > 0.2)
  }
}
