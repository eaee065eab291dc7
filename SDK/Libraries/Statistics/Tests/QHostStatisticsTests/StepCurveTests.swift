import QHostStatistics
import Testing

@Suite("Step curves")
struct StepCurveTests {
  private static let curve = StepCurve(places: [1, 3, 3, 10], values: [8, 5, 4, 1])

  @Test("A value lasts until the next, and the last for ever")
  func values() {
    #expect(Self.curve.places == [1, 3, 10])
    let values = [0.5, 1, 2.9, 3, 9, 10, 1e9].map { Self.curve.value(at: $0) }
    #expect(values == [.infinity, 8, 8, 4, 4, 1, 1])
    #expect(StepCurve(places: [], values: []).value(at: 5) == .infinity)
  }

  @Test("What is not an improvement is left out")
  func improvements() {
    let curve = StepCurve(places: [1, 2, 3, 4], values: [5, 7, .nan, 4])
    #expect(curve == StepCurve(places: [1, 4], values: [5, 4]))
  }

  @Test("A target is reached where the loss is first no greater")
  func targets() {
    let reached = [9, 8, 7, 4, 1, 0.5].map { Self.curve.place(reaching: $0) }
    #expect(reached == [1, 1, 3, 3, 10, nil])
  }

  @Test("A grid has equal ratios and both ends")
  func grid() {
    let grid = StepCurve.grid(from: 1, to: 1_000, perDecade: 2)
    #expect(grid.count == 7)
    #expect(grid.first == 1)
    #expect(grid.last == 1_000)
    for (place, next) in zip(grid, grid.dropFirst()) {
      expect(next / place, near: 10.0.squareRoot())
    }
    #expect(StepCurve.grid(from: 2, to: 2) == [2])
  }

  @Test("A band has the quartiles over runs at each place")
  func bands() throws {
    let curves = [
      Self.curve, StepCurve(places: [2], values: [6]), StepCurve(places: [1, 4], values: [2, 0]),
    ]
    let band = try #require(CurveBand(curves, at: [1, 3, 20]))
    #expect(band.median == [8, 4, 1])
    #expect(band.lower == [5, 3, 0.5])
    #expect(band.upper == [.infinity, 5, 3.5])
    #expect(CurveBand([], at: [1]) == nil)
  }
}
