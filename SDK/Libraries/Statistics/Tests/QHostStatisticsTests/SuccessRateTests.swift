import QHostStatistics
import Testing

@Suite("Success rates")
struct SuccessRateTests {
  @Test("The interval is that of SciPy")
  func intervals() throws {
    let recorded = try Recorded.read().rates
    #expect(recorded.count == 21)
    for rate in recorded {
      let own = SuccessRate(successes: rate.successes, runs: rate.runs)
      try expect(own.wilson(level: rate.level), near: rate.wilson)
    }
  }

  @Test("Of no runs nothing is known")
  func none() {
    let rate = SuccessRate(successes: 0, runs: 0)
    #expect(rate.value == nil)
    #expect(rate.wilson() == Interval(lower: 0, upper: 1))
  }

  @Test("The interval stays within 0 and 1, and covers chances about as often as it says")
  func coverage() {
    let runs = 12
    let intervals = (0...runs).map { SuccessRate(successes: $0, runs: runs).wilson() }
    #expect(intervals.allSatisfy { 0 <= $0.lower && $0.upper <= 1 })
    var sum = 0.0
    for step in 1..<40 {
      let chance = Double(step) / 40
      var ways = 1.0
      for (successes, interval) in intervals.enumerated() {
        var probability = ways
        for _ in 0..<successes { probability *= chance }
        for _ in successes..<runs { probability *= 1 - chance }
        if interval.lower <= chance, chance <= interval.upper { sum += probability }
        ways *= Double(runs - successes) / Double(successes + 1)
      }
    }
    // On average over chances; Brown et al. have 0.95 to a hundredth in their figure 5.
    #expect(abs(sum / 39 - 0.95) < 0.01)
  }
}
