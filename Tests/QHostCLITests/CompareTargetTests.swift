import Foundation
import Testing

@Suite("qhost compare with targets")
struct CompareTargetTests {
  private static let grid = [
    "compare", "-o", "adam,ga", "-m", "mlp[hidden=4]", "-t", "6502[weight_bits=4,8]",
    "--max-forward-equivalents", "60", "--quiet",
  ]

  private func part(_ record: [String: Any], _ names: String...) throws -> [String: Any] {
    try names.reduce(record) { try #require($0[$1] as? [String: Any], "\($1)") }
  }

  @Test("puts each trained model on each target, and sums up what it does there")
  func deploys() throws {
    let program = try Program()
    let result = try program.run(Self.grid + ["--seeds", "2", "--output", "out", "--json"])
    #expect(result.code == 0, "\(result.error)")
    let cells = try JournalFile(program, "out").records("cell")
    #expect(cells.count == 8)
    for cell in cells {
      let bits = try part(cell, "run", "target", "parameters")["weight_bits"] as? Int
      #expect(cell["target"] as? String == "6502[weight_bits=\(bits ?? 0)]")
      let deployment = try part(cell, "run", "deployment")
      #expect(deployment["rows"] as? Int == 50)
      #expect(try #require(deployment["bytes"] as? Int) > 100)
      #expect((deployment["artifacts"] as? [Any])?.isEmpty == true)
    }
    #expect(program.files(in: "out").allSatisfy { ["journal.jsonl", "report.html"].contains($0) })
    let rows = try #require(try result.json()["rows"] as? [[String: Any]])
    #expect(rows.count == 4)
    for row in rows {
      let accuracy = try part(row, "deployment", "accuracy")
      #expect((0...1).contains(try #require(accuracy["median"] as? Double)))
      for name in ["agreement", "bytes", "cycles"] { _ = try part(row, "deployment", name) }
    }
    let table = try program.run(Self.grid + ["--output", "text"]).output
    #expect(table.contains("on target") && table.contains("cycles"))
    #expect(table.contains("6502[weight_bits=8]"))
  }

  @Test("deploys what 'qhost run --target' deploys")
  func sameAsRun() throws {
    let program = try Program()
    _ = try program.run(Self.grid + ["--seeds", "3-3", "--output", "out"])
    let cells = try JournalFile(program, "out").records("cell")
    let cell = try #require(cells.first { ($0["target"] as? String)?.contains("=4") == true })
    let run = try Record(
      try program.run(
        "run", "--optimizer", "ga", "--set", "model.hidden=4", "--target", "6502", "--set",
        "target.weight_bits=4", "--seed", "3", "--batch-size", "0", "--max-forward-equivalents",
        "60", "--json", "--quiet"))
    let there = try run.part("deployment")
    let same = try #require(
      cells.first {
        $0["optimizer"] as? String == "ga" && $0["target"] as? String == cell["target"] as? String
      })
    let here = try part(same, "run", "deployment")
    for key in ["accuracy", "agreement", "bytes", "cycles", "figures", "milliseconds"] {
      #expect(here[key] as? NSObject == there[key] as? NSObject, "\(key)")
    }
  }

  /// Seconds of every run: the same to the last bit for cells that share a training.
  private func seconds(_ journal: JournalFile) throws -> [String: Set<Double>] {
    var seconds: [String: Set<Double>] = [:]
    for cell in journal.records("cell") {
      let place = "\(cell["optimizer"] ?? "") \(cell["seed"] ?? "")"
      let cost = try part(cell, "run", "cost")
      seconds[place, default: []].insert(try #require(cost["seconds"] as? Double))
    }
    return seconds
  }

  @Test("trains cells once that differ in their target alone", arguments: ["1", "2"])
  func sharing(jobs: String) throws {
    let program = try Program()
    _ = try program.run(Self.grid + ["--seeds", "2", "--jobs", jobs, "--output", "out"])
    let seconds = try seconds(try JournalFile(program, "out"))
    #expect(seconds.count == 4)
    // The last of two workers may begin what the other has begun, when nothing else is left.
    let repeated = seconds.values.count { $0.count > 1 }
    #expect(repeated <= (jobs == "1" ? 0 : 1))
  }

  @Test("keeps cells of one training in one shard, and merges shards to the whole")
  func shards() throws {
    let program = try Program()
    #expect(try program.run(Self.grid + ["--seeds", "3", "--output", "whole"]).code == 0)
    for shard in ["1", "2"] {
      let result = try program.run(
        Self.grid + [
          "--seeds", "3", "--shard", "\(shard)/2", "--jobs", "1", "--output", "part\(shard)",
        ])
      #expect(result.code == 0, "\(result.error)")
      #expect(
        try seconds(try JournalFile(program, "part\(shard)")).values.allSatisfy { $0.count == 1 })
    }
    #expect(try program.run("merge", "part1", "part2", "--output", "merged", "--quiet").code == 0)
    let merged = try JournalFile(program, "merged")
    #expect(try merged.cells() == JournalFile(program, "whole").cells())
  }

  @Test("skips models that a target has no code for, with the reason")
  func skipping() throws {
    let program = try Program()
    let command = [
      "compare", "-o", "adam", "-m", "mlp[hidden=4],cnn[padding=same]", "-d", "digits", "-t",
      "6502",
      "--max-forward-equivalents", "5", "--quiet", "--json", "--output", "out",
    ]
    let summary = try program.run(command).json()
    #expect(summary["finished"] as? Int == 1)
    let skipped = try #require((summary["skipped"] as? [[String: Any]])?.first)
    #expect((skipped["reason"] as? String)?.contains("MaxPool") == true)
    #expect(try part(skipped, "labels")["target"] as? String == "6502")
    expectRefusal(
      try Program().run(command + ["--strict"]), code: 2, "cnn[padding=same] on digits for 6502")
  }

  @Test("says of a model that turns out too large which cell it is of, and continues")
  func tooLarge() throws {
    let program = try Program()
    let result = try program.run(
      "compare", "-o", "adam", "-t", "6502[max_bytes=99,24576]", "--max-forward-equivalents", "5",
      "--quiet", "--output", "out")
    #expect(result.code == 2)
    #expect(result.error.contains("1 of 2 cells failed"))
    #expect(result.error.contains("more than target.max_bytes = 99"))
    #expect(try JournalFile(program, "out").records("cell").count == 1)
  }

  @Test("refuses targets and settings that do not exist")
  func refusals() throws {
    let program = try Program()
    expectRefusal(try program.run("compare", "-o", "ga", "-t", "6520"), code: 2, "6520", "6502")
    expectRefusal(
      try program.run("compare", "-o", "ga", "-t", "6502[max_byte=1]"), code: 2, "max_byte")
    let plan = try program.write(
      "optimizers: [ga]\nmodels: [mlp]\ndatasets: [iris]\ntargets: [6520]\n", to: "plan.yaml")
    expectRefusal(try program.run("compare", plan), code: 2, "plan.yaml', line 4", "6520")
  }
}
