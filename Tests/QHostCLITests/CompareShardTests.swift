import Foundation
import Testing

@Suite("Shards of a comparison")
struct CompareShardTests {
  @Test("Two jobs, and four shards that are merged, give the journal of one job, timings aside")
  func shardsAndJobs() throws {
    let program = try Program()
    let grid = CompareCommandTests.grid
    #expect(try program.run(grid + ["--jobs", "1", "--output", "one"]).code == 0)
    #expect(try program.run(grid + ["--jobs", "2", "--output", "two"]).code == 0)
    for shard in 1...4 {
      let result = try program.run(grid + ["--shard", "\(shard)/4", "--output", "s\(shard)"])
      #expect(result.code == 0, "\(result.error)")
      #expect(try JournalFile(program, "s\(shard)").records("cell").count == 6)
    }
    let merged = try program.run(
      "merge", "s3", "s1", "s4", "s2", "--output", "merged", "--json", "--quiet")
    #expect(merged.code == 0, "\(merged.error)")
    #expect(try merged.json()["finished"] as? Int == 24)
    let one = try JournalFile(program, "one")
    for other in ["two", "merged"] {
      let journal = try JournalFile(program, other)
      #expect(try journal.cells() == one.cells(), "\(other)")
      #expect(try journal.plan() == one.plan(), "\(other)")
    }
    let order = try JournalFile(program, "merged").records("cell").map { $0["cell"] as? Int }
    #expect(order == Array(1...24))
  }

  @Test("An incomplete merge says what is missing, and is completed by --resume")
  func incomplete() throws {
    let program = try Program()
    let grid = CompareCommandTests.grid
    _ = try program.run(grid + ["--output", "whole"])
    _ = try program.run(grid + ["--shard", "2/3", "--output", "s2"])
    let missing = 24 - (try JournalFile(program, "s2").records("cell").count)
    #expect((15...17).contains(missing))
    let merged = try program.run("merge", "s2", "--output", "merged")
    #expect(merged.code == 0, "\(merged.error)")
    #expect(merged.error.contains("\(missing) cells are missing"))
    let resumed = try program.run(
      "compare", "--resume", "--output", "merged", "--quiet", "--json")
    #expect(resumed.code == 0, "\(resumed.error)")
    #expect(
      try JournalFile(program, "merged").cells() == JournalFile(program, "whole").cells())
    expectRefusal(try program.run("merge", "s2", "--output", "merged"), code: 2, "is there already")
  }

  @Test("Journals of different plans are not merged")
  func differentPlans() throws {
    let program = try Program()
    let command = ["compare", "--quiet", "--max-evals", "50", "-o", "ga"]
    _ = try program.run(command + ["--output", "a"])
    _ = try program.run(command + ["--seeds", "2", "--output", "b"])
    expectRefusal(
      try program.run("merge", "a", "b", "--output", "merged"), code: 2, "is of another plan",
      "seeds are 1,2 there, 1 in 'a/journal.jsonl'")
    expectRefusal(
      try program.run("merge", "a", "nowhere", "--output", "merged"), code: 5,
      "nowhere/journal.jsonl")
  }
}
