import QHostInterfaces
import QHostRuntime
import Testing

@Suite("Scores of predictions that were made before the labels")
struct PrequentialScoresTests {
  private func errors(_ own: Double, _ noChange: Double = 1, _ majority: Double = 1)
    -> PrequentialScores.Errors
  {
    PrequentialScores.Errors(own: own, noChange: noChange, majority: majority)
  }

  @Test("Windows, fading and all rows agree with their definitions")
  func definitions() throws {
    var scores = PrequentialScores(windowRows: 10, fading: 0.9)
    #expect(scores.error == nil && scores.windowError == nil && scores.kappaNoChange == nil)
    let own = (0..<137).map { Double($0 * 7 % 5) / 4 }
    let other = (0..<137).map { Double($0 % 3) / 2 }
    for (a, b) in zip(own, other) { scores.add(errors(a, b, 1)) }
    func mean(_ values: some Collection<Double>) -> Double {
      values.reduce(0, +) / Double(values.count)
    }
    var (sum, weight) = (0.0, 0.0)
    for value in own { (sum, weight) = (value + 0.9 * sum, 1 + 0.9 * weight) }
    #expect(abs(try #require(scores.error) - mean(own)) < 1e-12)
    #expect(abs(try #require(scores.windowError) - mean(own.suffix(10))) < 1e-12)
    #expect(abs(try #require(scores.fadedError) - sum / weight) < 1e-12)
    #expect(abs(try #require(scores.kappaNoChange) - (1 - mean(own) / mean(other))) < 1e-12)
    #expect(abs(try #require(scores.kappaMajority) - (1 - mean(own))) < 1e-12)
    let window = 1 - mean(own.suffix(10)) / mean(other.suffix(10))
    #expect(abs(try #require(scores.windowKappaNoChange) - window) < 1e-12)
  }

  @Test("A drift is over when the last 500 rows are within two points of those before")
  func recovery() throws {
    var tracker = DriftTracker([Drift(row: 2_000), Drift(row: 6_000)], isRelative: false)
    for row in 0..<7_000 {
      // 10 % before, 50 % for 1,000 rows, 10 % again; after the second drift 50 % to the end.
      let isHigh = (2_000..<3_000).contains(row) || row >= 6_000
      let error = row % 10 < (isHigh ? 5 : 1) ? 1.0 : 0
      tracker.add(row: row, error: error, windowError: 0.1)
    }
    let first = tracker.passages[0]
    // 500 rows at 10 %, but for those that the tolerance lets be: (0.4 k)/500 <= 0.02 for k = 25 rows at 50 %.
    let rows = try #require(first.rowsUntilBack)
    #expect((1_470...1_480).contains(rows))
    #expect(first.worstError == 0.5 && first.errorBefore == 0.1)
    #expect(abs(try #require(first.errorAfter) - 0.2) < 1e-12)
    #expect(tracker.passages[1].rowsUntilBack == nil)
    // 500 errors of the first 1,000 rows, 300 of the next 3,000, 500 of the last 1,000.
    let after = try #require(tracker.errorAfterFirst)
    #expect(abs(after - 0.26) < 1e-12)
  }

  @Test("Median and percentile of times are within a bin of the exact ones")
  func times() throws {
    var histogram = TimeHistogram()
    #expect(histogram.microseconds(atPart: 0.5) == nil)
    for row in 1...1_000 { histogram.add(nanosecondsPerRow: Double(row) * 10, rows: 1) }
    #expect(abs(try #require(histogram.meanMicroseconds) - 5.005) < 1e-9)
    #expect(abs(try #require(histogram.microseconds(atPart: 0.5)) / 5 - 1) < 0.045)
    #expect(abs(try #require(histogram.microseconds(atPart: 0.99)) / 9.9 - 1) < 0.045)
  }

  @Test("A curve of any length has at most a thousand points at equal distances")
  func curve() {
    var curve = CurveSampler(stride: 3)
    for row in 1...100_000 { curve.add(row: row, window: Double(row), faded: 0) }
    #expect(curve.points.count <= 1_000 && curve.points.count >= 500)
    #expect(
      curve.points.enumerated().allSatisfy { $0.element.row == ($0.offset + 1) * curve.stride })
  }
}
