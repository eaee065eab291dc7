import QHostStatistics
import Testing

@Suite("Holm's correction")
struct HolmTests {
  @Test("It is that of its definition")
  func definition() throws {
    #expect(try Holm.adjusted([0.01, 0.04, 0.03, 0.005]) == [0.03, 0.06, 0.06, 0.02])
    for correction in try Recorded.read().holm {
      let own = try Holm.adjusted(correction.pValues)
      for (value, expected) in zip(own, correction.adjusted) { expect(value, near: expected) }
    }
  }

  @Test("What is not a number is named")
  func notANumber() {
    #expect(throws: StatisticsError.notANumber(place: 0)) { try Holm.adjusted([.nan]) }
  }
}
