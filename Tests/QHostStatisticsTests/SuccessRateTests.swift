import QHostStatistics
import Testing

@Suite("Success rates")
struct SuccessRateTests {
  @Test("Both intervals are those of SciPy")
  func intervals() throws {
    let recorded = try Recorded.read().rates
    #expect(recorded.count == 21)
    for rate in recorded {
      let own = SuccessRate(successes: rate.successes, runs: rate.runs)
      try expect(own.wilson(level: rate.level), near: rate.wilson)
      try expect(own.clopperPearson(level: rate.level), near: rate.clopperPearson)
    }
  }

  @Test("Of no runs nothing is known")
  func none() {
    let rate = SuccessRate(successes: 0, runs: 0)
    #expect(rate.value == nil)
    #expect(rate.wilson() == Interval(lower: 0, upper: 1))
    #expect(rate.clopperPearson() == Interval(lower: 0, upper: 1))
  }

  @Test("The interval of Clopper and Pearson covers every chance as often as it says")
  func coverage() {
    let runs = 12
    let intervals = (0...runs).map { SuccessRate(successes: $0, runs: runs).clopperPearson() }
    for step in 1..<40 {
      let chance = Double(step) / 40
      var ways = 1.0
      var covered = 0.0
      for (successes, interval) in intervals.enumerated() {
        var probability = ways
        for _ in 0..<successes { probability *= chance }
        for _ in successes..<runs { probability *= 1 - chance }
        if interval.lower <= chance, chance <= interval.upper { covered += probability }
        ways *= Double(runs - successes) / Double(successes + 1)
      }
      #expect(covered >= 0.95, "at \(chance)")
    }
  }
}
