import QHostStatistics
import Testing

@Suite("Effects of pairs")
struct VarghaDelaneyTests {
  @Test("It counts the pairs whose first value is greater, ties as half")
  func pairs() throws {
    // One is greater, two are equal, one is less.
    #expect(try VarghaDelaney(paired: [5, 3, .infinity, 0], [1, 3, .infinity, 1])?.value == 0.5)
    #expect(try VarghaDelaney(paired: [5, 3, 3, 3], [1, 3, 2, 1])?.value == 0.875)
    #expect(try VarghaDelaney(paired: [], []) == nil)
  }

  @Test("Effects are called by their distance from one half")
  func magnitudes() throws {
    let magnitudes = try [50, 56, 64, 71, 29].map { wins in
      let first = [Double](repeating: 1, count: wins) + [Double](repeating: -1, count: 100 - wins)
      let second = [Double](repeating: 0, count: 100)
      return try #require(try VarghaDelaney(paired: first, second)).magnitude
    }
    #expect(magnitudes == [.negligible, .small, .medium, .large, .large])
  }

  @Test("What is not a number is named")
  func notANumber() {
    #expect(throws: StatisticsError.notANumber(place: 0)) {
      try VarghaDelaney(paired: [1], [.nan])
    }
  }
}
