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
      expect(sample.interquartileMean, near: recorded.interquartileMean)
      for (part, expected) in zip(recorded.parts, recorded.quantiles) {
        expect(sample.quantile(part), near: expected, "quantile \(part)")
      }
      try expect(sample.meanInterval(level: recorded.level), near: recorded.meanInterval)
    }
  }

  @Test("Nothing, and what is no number, makes no sample; infinity is a value")
  func special() throws {
    #expect(Sample([]) == nil)
    #expect(Sample([1, .nan]) == nil)
    let sample = try #require(Sample([.infinity, 1, 2, .infinity]))
    #expect(sample.median == .infinity)
    #expect(sample.quantile(1.0 / 3) == 2)
    #expect(sample.quartiles == Interval(lower: 1.75, upper: .infinity))
  }

  @Test("A single value has no deviation")
  func single() throws {
    let sample = try #require(Sample([3]))
    #expect(sample.median == 3)
    #expect(sample.interquartileMean == 3)
    #expect(sample.deviation == nil)
    #expect(sample.meanInterval() == nil)
  }
}
