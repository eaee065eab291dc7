import QHostStatistics
import Testing

@Suite("Expected running times")
struct ExpectedRunningTimeTests {
  private static func runs(_ costs: [Double], _ successes: Int) -> ExpectedRunningTime {
    ExpectedRunningTime(
      costs.enumerated().map { .init(cost: $1, isSuccess: $0 < successes) })
  }

  @Test("The costs of all runs are divided by the successes")
  func value() {
    #expect(Self.runs([100, 200, 1_000, 1_000], 2).value == 1_150)
    #expect(Self.runs([1_000, 1_000], 0).value == .infinity)
    #expect(Self.runs([], 0).value == nil)
  }

  @Test("Runs that all succeed at the same cost leave no doubt")
  func certain() throws {
    try expect(Self.runs([50, 50, 50], 3).interval(), near: [50, 50])
  }

  @Test("The interval holds the value, and has no end when successes are rare")
  func interval() throws {
    let time = Self.runs([100, 200, 300, 400, 1_000, 1_000, 1_000, 1_000], 4)
    let value = try #require(time.value)
    let interval = try #require(time.interval())
    #expect(interval.lower < value && value < interval.upper)
    #expect(interval.upper < .infinity)
    #expect(Self.runs([100, 1_000, 1_000, 1_000], 1).interval()?.upper == .infinity)
  }
}
