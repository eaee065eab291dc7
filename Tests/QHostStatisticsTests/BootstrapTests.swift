import QHostStatistics
import Testing

@Suite("Bootstraps")
struct BootstrapTests {
  private static let values = (1...40).map { Double($0 * $0 % 41) }

  @Test("The interval of a mean of many values is about the one that theory has")
  func mean() throws {
    let sample = try #require(Sample(Self.values))
    let theory = try #require(sample.meanInterval())
    let interval = try #require(
      Bootstrap(resamples: 20_000).interval(of: Self.values, \.mean))
    // The ends of 20,000 resamples scatter by 1 % of the width; t is 3 % above the normal quantile, and
    // s has n − 1 where a resample has n.
    let width = theory.upper - theory.lower
    #expect(abs(interval.lower - theory.lower) < 0.05 * width)
    #expect(abs(interval.upper - theory.upper) < 0.05 * width)
  }

  @Test("The seed decides, the order of the values does not matter to the level")
  func seeds() {
    let first = Bootstrap(seed: 7).interval(of: Self.values, \.median)
    #expect(first == Bootstrap(seed: 7).interval(of: Self.values, \.median))
    let mean = Bootstrap(seed: 7).interval(of: Self.values, \.mean)
    #expect(mean != Bootstrap(seed: 8).interval(of: Self.values, \.mean))
  }

  @Test("A resample has as many of each kind as there are")
  func strata() throws {
    let interval = Bootstrap(resamples: 50).interval(ofStrata: [[0, 0, 0], [1, 1]], \.mean)
    #expect(interval == Interval(lower: 0.4, upper: 0.4))
  }

  @Test("Two resamples of two values are drawn alike often")
  func draws() throws {
    var counts: [[Int]: Int] = [:]
    let interval = Bootstrap(resamples: 4_000).interval(counts: [2]) { places in
      counts[places[0], default: 0] += 1
      return 0
    }
    #expect(interval == Interval(lower: 0, upper: 0))
    // Four outcomes of chance ¼: 1,000 each, with a deviation of √750 = 27.
    #expect(counts.count == 4)
    #expect(counts.values.allSatisfy { abs($0 - 1_000) < 5 * 27 })
  }

  @Test("Of nothing there is no interval")
  func none() {
    #expect(Bootstrap().interval(of: [], \.mean) == nil)
    #expect(Bootstrap().interval(of: [1, .nan], \.mean) == nil)
  }
}
