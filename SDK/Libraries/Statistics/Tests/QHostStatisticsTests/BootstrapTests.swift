import QHostStatistics
import Testing

@Suite("Bootstraps")
struct BootstrapTests {
  private static let values = (1...40).map { Double($0 * $0 % 41) }

  private static func mean(_ places: [Int]) -> Double {
    places.reduce(0) { $0 + values[$1] } / Double(places.count)
  }

  @Test("The interval of a mean of many values is about the one that theory has")
  func mean() throws {
    let sample = try #require(Sample(Self.values))
    let theory = try #require(sample.meanInterval())
    let interval = try #require(
      Bootstrap(resamples: 20_000).interval(count: Self.values.count, Self.mean))
    // The ends of 20,000 resamples scatter by 1 % of the width; t is 3 % above the normal quantile, and
    // s has n − 1 where a resample has n.
    let width = theory.upper - theory.lower
    #expect(abs(interval.lower - theory.lower) < 0.05 * width)
    #expect(abs(interval.upper - theory.upper) < 0.05 * width)
  }

  @Test("The seed decides")
  func seeds() {
    let first = Bootstrap(seed: 7).interval(count: 40, Self.mean)
    #expect(first == Bootstrap(seed: 7).interval(count: 40, Self.mean))
    #expect(first != Bootstrap(seed: 8).interval(count: 40, Self.mean))
  }

  @Test("Two resamples of two values are drawn alike often")
  func draws() throws {
    var counts: [[Int]: Int] = [:]
    let interval = Bootstrap(resamples: 4_000).interval(count: 2) { places in
      counts[places, default: 0] += 1
      return 0
    }
    #expect(interval == Interval(lower: 0, upper: 0))
    // Four outcomes of chance ¼: 1,000 each, with a deviation of √750 = 27.
    #expect(counts.count == 4)
    #expect(counts.values.allSatisfy { abs($0 - 1_000) < 5 * 27 })
  }

  @Test("Of nothing there is no interval")
  func none() {
    #expect(Bootstrap().interval(count: 0) { _ in 1 } == nil)
    #expect(Bootstrap().interval(count: 2) { _ in .nan } == nil)
  }
}
