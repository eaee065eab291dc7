import QHostReport
import QHostComparing
import QHostRuntime
import Testing

@Suite("A baseline that others are compared with")
struct BaselineTests {
  /// Four optimizers, each better than the one before.
  static func journal() throws -> GeneratedJournal {
    let names = ["one", "two", "three", "four"]
    let journal = try GeneratedJournal(optimizers: names, seeds: 8)
    for seed in 1...8 {
      for (place, name) in names.enumerated() {
        try journal.add(
          name, seed: seed, losses: [2, 1 / Double(place + 1)],
          accuracy: 0.5 + 0.1 * Double(place) + 0.001 * Double(seed))
      }
    }
    try journal.write()
    return journal
  }

  @Test("There is a pair for each of the others, and these alone are corrected for")
  func pairs() throws {
    let journal = try Self.journal()
    let merge = try JournalMerge([journal.path])
    let all = try #require(ComparisonReport(merge).problems.first?.pairs)
    let some = try #require(ComparisonReport(merge, baseline: "two").problems.first?.pairs)
    #expect(all.count == 6)
    #expect(
      some.map { "\($0.first) : \($0.second)" } == ["one : two", "three : two", "four : two"])
    let probability = try #require(some[0].probability)
    #expect(some[0].adjustedProbability == 3 * probability)
    #expect(all[0].adjustedProbability == 6 * probability)
  }
}
