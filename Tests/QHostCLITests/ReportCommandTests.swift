import Foundation
import Testing

@Suite("qhost report")
struct ReportCommandTests {
  static let comparison = [
    "compare", "-o", "adam,ga,tunneling", "-m", "mlp[hidden=4]", "--seeds", "3",
    "--max-forward-equivalents", "60", "--quiet", "--jobs", "1",
  ]

  @Test("A comparison ends with a page in its folder; a shard of one does not")
  func automatic() throws {
    let program = try Program()
    let result = try program.run(Self.comparison.filter { $0 != "--quiet" } + ["--output", "out"])
    #expect(result.code == 0, "\(result.error)")
    #expect(result.error.contains("report: \(program.folder)/out/report.html"))
    let written = try page(program, "out/report.html")
    #expect(written.contains("tunneling"))
    // The page is made of what is in memory; from the journal it is the same.
    _ = try program.run("report", program.folder + "/out")
    #expect(try page(program, "out/report.html") == written)
    _ = try program.run(Self.comparison + ["--shard", "1/2", "--output", "part"])
    #expect(!program.has("part/report.html"))
  }

  @Test("A page, tables and JSON have the figures of the comparison's own summary")
  func formats() throws {
    let program = try Program()
    let summary = try program.run(Self.comparison + ["--output", "out", "--json"]).json()
    let rows = try #require(summary["rows"] as? [[String: Any]])
    let report = try program.run("report", "out", "--json").json()
    #expect(report["schema"] as? String == "qhost.report/1")
    let problem = try #require((report["problems"] as? [[String: Any]])?.first)
    let combinations = try #require(problem["combinations"] as? [[String: Any]])
    #expect(combinations.count == 3)
    for (row, combination) in zip(rows, combinations) {
      for (own, other) in [
        ("value", "metric"), ("evaluations", "evaluations"), ("training_passes", "passes"),
        ("seconds", "seconds"), ("cpu_seconds", "cpu_seconds"),
      ] {
        let wanted = (row[own] as? [String: Any])?["median"] as? Double
        #expect((combination[other] as? [String: Any])?["median"] as? Double == wanted)
      }
    }
    let made = try program.run("report", "out", "--output", "page.html")
    #expect(made.code == 0 && made.output == "page.html\n")
    #expect(try page(program, "page.html").contains("Wilcoxon"))
    let table = try program.run("report", "out", "--format", "markdown")
    #expect(table.output.hasPrefix("# adam, ga, tunneling on iris"))
    _ = try program.run("report", "out", "--output", "table.tex")
    #expect(try page(program, "table.tex").contains("\\toprule"))
    let lines = try program.run("report", "out", "--format", "csv").output.split(separator: "\n")
    #expect(lines.count == 4)
  }

  @Test("Shards are put together, and what no shard has is said to be missing")
  func shards() throws {
    let program = try Program()
    for shard in 1...2 {
      _ = try program.run(Self.comparison + ["--shard", "\(shard)/2", "--output", "s\(shard)"])
    }
    let done = try JournalFile(program, "s1").records("cell").count
    #expect((3...6).contains(done))
    let part = try program.run("report", "s1", "--json").json()["extent"] as? [String: Any]
    #expect(part?["missing"] as? Int == 9 - done)
    let whole = try program.run("report", "s1", "s2", "--json").json()["extent"] as? [String: Any]
    #expect(whole?["missing"] as? Int == 0)
    #expect(whole?["finished"] as? Int == 9)
  }

  @Test("Targets are problems of their own, with what the models do there")
  func targets() throws {
    let program = try Program()
    let made = try program.run(
      "compare", "-o", "ga,sa", "-m", "mlp[hidden=4]", "-t", "6502[weight_bits=4,8]", "--seeds",
      "2",
      "--max-forward-equivalents", "60", "--quiet", "--output", "out")
    #expect(made.code == 0, "\(made.error)")
    let problems = try #require(
      try program.run("report", "out", "--json").json()["problems"] as? [[String: Any]])
    #expect(
      problems.map { $0["target"] as? String } == ["6502[weight_bits=4]", "6502[weight_bits=8]"])
    for problem in problems {
      for row in try #require(problem["combinations"] as? [[String: Any]]) {
        #expect(row["run_count"] as? Int == 2)
        let bytes = (row["deployment"] as? [String: Any])?["bytes"] as? [String: Any]
        #expect(bytes?["count"] as? Int == 2)
      }
    }
    let table = try program.run("report", "out", "--format", "markdown").output
    #expect(table.contains("cycles a row"))
  }

  @Test("A watched page follows the journal, and stops loading itself when that is complete")
  func watching() throws {
    let program = try Program()
    let comparison = try program.start([
      "compare", "-o", "ga,sa", "--seeds", "3", "--max-time", "0.7", "--jobs", "1", "--quiet",
      "--output", "out",
    ])
    let deadline = Date().addingTimeInterval(60)
    while (try? JournalFile(program, "out").records.isEmpty) ?? true, Date() < deadline {
      usleep(20_000)
    }
    let watcher = try program.start(["report", "out", "--watch", "--output", "watched.html"])
    var seen = ""
    while !seen.contains("http-equiv"), Date() < deadline {
      seen = (try? page(program, "watched.html")) ?? ""
      usleep(20_000)
    }
    #expect(seen.contains("The comparison is running"))
    #expect(try comparison.wait().code == 0)
    let result = try watcher.wait()
    #expect(result.code == 0, "\(result.error)")
    let last = try page(program, "watched.html")
    #expect(!last.contains("http-equiv"))
    #expect(last.contains("6 of 6 runs"))
  }

  @Test("Ctrl-C ends watching with a page that no longer loads itself")
  func interrupt() throws {
    let program = try Program()
    let comparison = try program.start([
      "compare", "-o", "ga", "--seeds", "2", "--max-time", "20", "--jobs", "1", "--quiet",
      "--output", "out",
    ])
    let deadline = Date().addingTimeInterval(60)
    while (try? JournalFile(program, "out").records.isEmpty) ?? true, Date() < deadline {
      usleep(20_000)
    }
    let watcher = try program.start(["report", "out", "--watch"])
    while !program.has("out/report.html"), Date() < deadline { usleep(20_000) }
    watcher.send(SIGINT)
    #expect(try watcher.wait().code == 0)
    #expect(try !page(program, "out/report.html").contains("http-equiv"))
    comparison.send(SIGKILL)
    _ = try comparison.wait()
  }

  static let mistakes: [(words: String, code: Int32, says: String)] = [
    ("nowhere", 5, "nowhere/journal.jsonl"),
    ("out --output page.xls", 2, "does not tell its form by its end"),
    ("out --format xls", 2, "xls"),
    ("out --format pdf", 2, "a PDF is a file"),
    ("out --baseline sa", 2, "the reference can be one of 'ga'"),
    ("out --output figure.svg", 2, "name one with --figure (mlp-on-iris-convergence-evaluations, "),
    ("out --figure nothing", 2, "there is no figure 'nothing'; name one of mlp-on-iris-"),
    ("out --figure passes", 2, "'passes' is the end of 2 figures; name one of mlp-on-iris-"),
    ("out --figure aocc --output page.html", 2, "end the file's name with .svg or .pdf"),
    ("out --figure aocc --list-figures", 2, "exclude each other"),
    ("out --figures here --output x.svg", 2, "leave --output 'x.svg' out"),
    ("out --figures here --format csv", 2, "figures are not made as csv"),
    ("out --figure aocc --watch", 2, "--watch does not go with --figure"),
    ("out --output x.svg --json", 2, "--json does not go with a figure"),
    ("out --titles", 2, "--titles is for figures"),
    ("out --watch --json", 2, "leave one of them out"),
    ("out --watch --format csv", 2, "name one with --output"),
    ("out --output nowhere/page.html", 5, "cannot write 'nowhere/page.html'"),
    ("", 2, "journals"),
  ]

  @Test("Mistakes are refused in one sentence", arguments: mistakes)
  func refusals(words: String, code: Int32, says: String) throws {
    let program = try Program()
    _ = try program.run(
      "compare", "-o", "ga", "--max-evals", "200", "--quiet", "--output", "out")
    let result = try program.run(["report"] + words.split(separator: " ").map(String.init))
    expectRefusal(result, code: code, says)
  }

  private func page(_ program: Program, _ name: String) throws -> String {
    String(
      decoding: try Data(contentsOf: URL(fileURLWithPath: program.folder + "/" + name)),
      as: UTF8.self)
  }
}
