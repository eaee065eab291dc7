import Foundation
import Testing

@Suite("An interrupted comparison", .serialized)
struct CompareResumeTests {
  /// Some seconds of cells of a tenth of a second.
  static let slow = [
    "compare", "-o", "sa,random", "--seeds", "12", "--max-evals", "60000", "--quiet", "--jobs", "2",
  ]

  /// Waits until a journal has so many finished cells.
  private func wait(for count: Int, in program: Program, _ folder: String) throws {
    let deadline = Date(timeIntervalSinceNow: 30)
    while Date() < deadline {
      let journal = try? JournalFile(program, folder)
      if (journal?.records("cell").count ?? 0) >= count { return }
      usleep(5_000)
    }
    Issue.record("no cells were finished")
  }

  /// The processes that a process has started.
  private func children(of process: Int32) -> [Int32] {
    let text = try? String(
      contentsOfFile: "/proc/\(process)/task/\(process)/children", encoding: .utf8)
    return (text ?? "").split(separator: " ").compactMap { Int32($0) }
  }

  /// Whether a process is there and has not ended; one that nobody has waited for has ended.
  private func isWorking(_ process: Int32) -> Bool {
    let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    let state = text?.split(separator: ")").last?.split(separator: " ").first
    return state.map { $0 != "Z" } ?? false
  }

  @Test("that was killed loses only the cells in flight, and continues to the same journal")
  func killed() throws {
    let program = try Program()
    _ = try program.run(Self.slow + ["--output", "unbroken"])
    let child = try program.start(Self.slow + ["--output", "out"])
    try wait(for: 3, in: program, "out")
    let workers = children(of: child.identifier)
    #expect(!workers.isEmpty)
    child.send(SIGKILL)
    #expect(try child.wait().code == 128 + SIGKILL)
    let before = try JournalFile(program, "out").cells()
    #expect(before.count >= 3)
    #expect(before.count < 24)
    // Workers end with the comparison.
    usleep(300_000)
    for worker in workers { #expect(!isWorking(worker)) }

    let resumed = try program.run(Self.slow + ["--output", "out", "--resume"])
    #expect(resumed.code == 0, "\(resumed.error)")
    let journal = try JournalFile(program, "out")
    #expect(journal.records("resumed").count == 1)
    #expect(try journal.cells() == JournalFile(program, "unbroken").cells())
    let again = try program.run("compare", "--resume", "--output", "out", "--quiet", "--json")
    #expect(again.code == 0, "\(again.error)")
    #expect(try again.json()["finished"] as? Int == 24)
  }

  @Test("One killed worker loses nothing: its cell is done again")
  func killedWorker() throws {
    let program = try Program()
    let child = try program.start(Self.slow + ["--output", "out", "--json"])
    try wait(for: 2, in: program, "out")
    let worker = try #require(children(of: child.identifier).first)
    kill(worker, SIGKILL)
    let result = try child.wait()
    #expect(result.code == 0, "\(result.error)")
    #expect(try result.json()["finished"] as? Int == 24)
    #expect((try result.json()["failed"] as? [Any])?.isEmpty == true)
  }

  @Test("by Ctrl-C finishes the cells that have begun, and says how to continue")
  func interrupted() throws {
    let program = try Program()
    let command = Self.slow.filter { $0 != "--quiet" }
    let child = try program.start(command + ["--output", "out"])
    try wait(for: 2, in: program, "out")
    child.send(SIGINT)
    let result = try child.wait()
    #expect(result.code == 75, "\(result.error)")
    #expect(result.error.contains("resume with: qhost compare --resume --output"))
    let journal = try JournalFile(program, "out")
    #expect(journal.records("cell").count < 24)
    #expect(journal.records("ended").count == 1)
    let resumed = try program.run("compare", "--resume", "--output", "out", "--quiet", "--json")
    #expect(try resumed.json()["finished"] as? Int == 24)
  }

  @Test("with a last line that is cut off continues, and says so")
  func cutLine() throws {
    let program = try Program()
    _ = try program.run(CompareCommandTests.grid + ["--output", "out"])
    let whole = try JournalFile(program, "out")
    let before = try whole.cells()
    let data = try Data(contentsOf: URL(fileURLWithPath: whole.path))
    // Into the last cell's line: the line about the end goes, and a part of the cell's.
    let lines = data.split(separator: 0x0A)
    let kept = data.count - lines[lines.count - 1].count - 1 - lines[lines.count - 2].count / 2
    try data.prefix(kept).write(to: URL(fileURLWithPath: whole.path))
    #expect(try JournalFile(program, "out").cells().count == 23)
    let command = CompareCommandTests.grid.filter { $0 != "--quiet" }
    let resumed = try program.run(command + ["--output", "out", "--resume"])
    #expect(resumed.code == 0, "\(resumed.error)")
    #expect(resumed.error.contains("was cut off"))
    #expect(try JournalFile(program, "out").cells() == before)
  }

  @Test("refuses another plan, and names the differences")
  func anotherPlan() throws {
    let program = try Program()
    let command = ["compare", "-o", "ga", "--quiet", "--output", "out", "--max-evals", "50"]
    _ = try program.run(command)
    for (options, says) in [
      (["--seeds", "2"], "seeds are 1 in the journal, 1,2 now"),
      (["-m", "logistic"], "models are mlp in the journal, logistic now"),
      (["--max-time", "3"], "max-time is not set in the journal, 3.0 now"),
    ] {
      expectRefusal(try program.run(command + options + ["--resume"]), code: 2, says)
    }
    expectRefusal(try program.run(command), code: 2, "already holds journal.jsonl", "--resume")
    expectRefusal(
      try program.run(command + ["--resume", "--shard", "1/2"]), code: 2, "is of shard 1/1")
  }

  @Test("refuses a journal that is damaged, of another version, or changed by hand")
  func badJournals() throws {
    let program = try Program()
    let command = [
      "compare", "-o", "ga", "--quiet", "--output", "out", "--max-evals", "50", "--seeds", "3",
    ]
    _ = try program.run(command)
    let path = program.folder + "/out/journal.jsonl"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var lines = text.split(separator: "\n").map(String.init)
    let third = lines[2]
    lines[2] = String(third.prefix(100))
    let damages: [(String, String)] = [
      (lines.joined(separator: "\n") + "\n", "line 3 is damaged"),
      (text.replacing("qhost.journal/3", with: "qhost.journal/9"), "'qhost.journal/9'"),
      (text.replacing("\"seeds\":[1,2,3]", with: "\"seeds\":[1,2,4]"), "changed by hand"),
      ("", "is empty"),
      ("{\"a\":1}\n", "line 1 is not a header"),
      ("not json\n", "line 1 is not a header"),
    ]
    for (damaged, says) in damages {
      try damaged.write(toFile: path, atomically: true, encoding: .utf8)
      expectRefusal(try program.run(command + ["--resume"]), code: 5, "journal.jsonl'", says)
      expectRefusal(
        try program.run("merge", "out", "--output", "merged"), code: 5, "journal.jsonl'", says)
    }
  }

  @Test("refuses a journal of another version, build of a plugin, or data")
  func otherBuilds() throws {
    let program = try Program()
    let command = ["compare", "-o", "ga", "--quiet", "--output", "out", "--max-evals", "50"]
    _ = try program.run(command)
    let journal = try JournalFile(program, "out")
    let text = try String(contentsOfFile: journal.path, encoding: .utf8)
    let other = String(repeating: "0", count: 64)
    func hash(_ key: String) throws -> String {
      let list = try #require(journal.header[key] as? [[String: Any]])
      return try #require(list.first?["sha256"] as? String)
    }
    let version = try #require(journal.header["host_version"] as? String)
    for (before, after, says) in [
      (try hash("plugins"), other, "has changed since"),
      (try hash("datasets"), other, "dataset 'iris' has other rows"),
      (
        "\"host_version\":\"\(version)\"", "\"host_version\":\"0.0.0\"",
        "was written by qhost 0.0.0"
      ),
    ] {
      try text.replacing(before, with: after).write(
        toFile: journal.path, atomically: true, encoding: .utf8)
      expectRefusal(try program.run(command + ["--resume"]), code: 2, says)
    }
  }

  @Test("of an earlier form continues, and is summed up like one of today's")
  func earlierForm() throws {
    let program = try Program()
    let command = [
      "compare", "-o", "tunneling", "--solver", "finite-difference,split-operator", "--max-evals",
      "60", "--seeds", "2", "--quiet", "--json",
    ]
    let whole = try program.run(command + ["--output", "whole"]).json()
    let text = try String(contentsOfFile: program.folder + "/whole/journal.jsonl", encoding: .utf8)
    let lines = try text.split(separator: "\n").prefix(3).map { try Self.earlier(String($0)) }
    _ = try program.write(lines.joined(separator: "\n") + "\n", to: "old/journal.jsonl")
    let resumed = try program.run(command + ["--output", "old", "--resume"])
    #expect(resumed.code == 0, "\(resumed.error)")
    func figures(_ summary: [String: Any]) throws -> [String] {
      let rows = try #require(summary["rows"] as? [[String: Any]])
      return try rows.map { row in
        let labels = try #require(row["labels"] as? [String: Any])
        let value = try #require(row["value"] as? [String: Double])["mean"]
        return "\(labels["dependencies"] ?? "") \(row["runs"] ?? "") \(value ?? .nan)"
      }
    }
    let summary = try resumed.json()
    #expect(summary["finished"] as? Int == 4)
    #expect(try figures(summary) == figures(whole))
    #expect(try JournalFile(program, "old").records("cell").count == 4)
  }

  /// A line as the second form had it: solvers beside optimizers.
  private static func earlier(_ line: String) throws -> String {
    func renamed(_ labels: [String: Any]) -> [String: Any] {
      var labels = labels
      labels["solver"] = (labels["dependencies"] as? [String: String])?["optimizer.solver"]
      labels["dependencies"] = nil
      return labels
    }
    let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    var record = renamed(try #require(object))
    if let combinations = record["combinations"] as? [[String: Any]] {
      record["combinations"] = combinations.map(renamed)
      record["schema"] = "qhost.journal/2"
    }
    if var run = record["run"] as? [String: Any] {
      var optimizer = try #require(run["optimizer"] as? [String: Any])
      run["solver"] = (optimizer["dependencies"] as? [String: Any])?["solver"]
      optimizer["dependencies"] = nil
      run["optimizer"] = optimizer
      run["schema"] = "qhost.run/1"
      for key in ["prior", "start", "target", "deployment"] { run[key] = NSNull() }
      record["run"] = run
    }
    let data = try JSONSerialization.data(withJSONObject: record, options: [.sortedKeys])
    return String(decoding: data, as: UTF8.self)
  }

  @Test("is not written by two processes at once")
  func locked() throws {
    let program = try Program()
    let child = try program.start(Self.slow + ["--output", "out"])
    try wait(for: 1, in: program, "out")
    expectRefusal(
      try program.run(Self.slow + ["--output", "out", "--resume"]), code: 2, "another qhost")
    child.send(SIGKILL)
    _ = try child.wait()
  }

  @Test("that meets a full disk ends with one sentence, and continues when there is room")
  func fullDisk() throws {
    let program = try Program()
    let words = CompareCommandTests.grid.map { "'\($0)'" }.joined(separator: " ")
    let result = try program.shell("ulimit -f 24; exec $0 \(words) --output out")
    expectRefusal(result, code: 5, "cannot write", "journal.jsonl", "free some space")
    let resumed = try program.run(CompareCommandTests.grid + ["--output", "out", "--resume"])
    #expect(resumed.code == 0, "\(resumed.error)")
    #expect(try JournalFile(program, "out").cells().count == 24)
  }

  @Test("that has no journal yet begins with --resume, so that a job can be started again")
  func nothingToResume() throws {
    let program = try Program()
    let command = [
      "compare", "-o", "ga", "--max-evals", "50", "--quiet", "--output", "out", "--resume",
    ]
    for _ in 1...2 { #expect(try program.run(command).code == 0) }
    #expect(try JournalFile(program, "out").records("cell").count == 1)
  }
}
