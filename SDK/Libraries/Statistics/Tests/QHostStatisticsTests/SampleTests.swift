import QHostStatistics
import Testing

@Suite("Samples")
struct SampleTests {
  @Test("All figures are those of NumPy and SciPy")
  func figures() throws {
    for recorded in try Recorded.read().samples {
      let sample = try #require(Sample(recorded.values))
      expect(sample.mean, near: recorded.mean)
      expect(sample.median, near: recorded.median)
      expect(try #require(sample.deviation), near: recorded.deviation)
      for (part, expected) in zip(recorded.parts, recorded.quantiles) {
        expect(sample.quantile(part), near: expected, "quantile \(part)")
      }
      try expect(sample.meanInterval(level: recorded.level), near: recorded.meanInterval)
    }
  }

  @Test("Nothing, and what is not a number, makes no sample; infinity is a value")
  func special() throws {
    #expect(Sample([]) == nil)
    #expect(Sample([1, .nan]) == nil)
    let sample = try #require(Sample([.infinity, 1, 2, .infinity]))
    #expect(sample.median == .infinity)
    #expect(sample.quantile(1.0 / 3) == 2)
    #expect(sample.quartiles == Interval(lower: 1.75, upper: .infinity))
  }

  @Test("An interval ends where values end, and holds the mean as often as the whole one")
  func range() throws {
    let sample = try #require(Sample([0.1, 0.23]))
    let whole = try #require(sample.meanInterval())
    #expect(whole.lower < 0)
    #expect(
      sample.meanInterval(within: 0...1) == Interval(lower: 0, upper: min(whole.upper, 1)))
    var state: UInt64 = 1
    for _ in 0..<500 {
      let values = (0..<3).map { _ in Self.uniform(&state) }
      let sample = try #require(Sample(values))
      let whole = try #require(sample.meanInterval())
      let cut = try #require(sample.meanInterval(within: 0...1))
      #expect(0 <= cut.lower && cut.upper <= 1)
      #expect((whole.lower...whole.upper).contains(0.5) == (cut.lower...cut.upper).contains(0.5))
    }
  }

  @Test("Intervals of few values hold the mean as often as the documentation says")
  func coverage() throws {
    let kinds: [(draw: (Double) -> Double, mean: Double, coverage: [Int: Double])] = [
      ({ $0 }, 0.5, [2: 0.93, 3: 0.92, 5: 0.93, 10: 0.95, 30: 0.95]),
      ({ $0 * $0 * $0 }, 0.25, [2: 0.84, 3: 0.84, 5: 0.87, 10: 0.92, 30: 0.94]),
    ]
    var state: UInt64 = 1
    for kind in kinds {
      for (count, expected) in kind.coverage {
        // t/√n, from any sample of that size: the quantile takes longer than a sample.
        let any = try #require(Sample((0..<count).map(Double.init)))
        let half = try #require(any.meanInterval()?.upper) - any.mean
        let factor = half / (try #require(any.deviation))
        var covered = 0
        for _ in 0..<20_000 {
          let values = (0..<count).map { _ in kind.draw(Self.uniform(&state)) }
          let sample = try #require(Sample(values))
          if abs(sample.mean - kind.mean) <= factor * (sample.deviation ?? 0) { covered += 1 }
        }
        // Three standard errors, and half of the last digit that is documented.
        let error = (expected * (1 - expected) / 20_000).squareRoot()
        #expect(
          abs(Double(covered) / 20_000 - expected) < 3 * error + 0.005,
          "\(count) values: \(covered)")
      }
    }
  }

  /// Numbers of 0 to 1: the linear congruence of Knuth's MMIX, its upper half.
  private static func uniform(_ state: inout UInt64) -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) * 0x1p-53
  }

  @Test("A single value has no deviation")
  func single() throws {
    let sample = try #require(Sample([3]))
    #expect(sample.median == 3)
    #expect(sample.deviation == nil)
    #expect(sample.meanInterval() == nil)
  }
}
