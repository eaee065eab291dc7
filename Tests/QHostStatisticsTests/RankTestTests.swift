import QHostStatistics
import Testing

@Suite("Tests of pairs")
struct RankTestTests {
  @Test("Wilcoxon's signed-rank test is that of SciPy, exact and not")
  func signedRank() throws {
    let recorded = try Recorded.read().signedRank
    #expect(Set(recorded.map(\.isExact)).count == 2)
    for test in recorded {
      let own = try WilcoxonSignedRank(
        test.first, test.second,
        alternative: try #require(Alternative(rawValue: test.alternative)),
        zeros: try #require(.init(rawValue: test.zeros ?? "")))
      let what = "\(test.first.count) pairs, \(test.alternative), \(test.zeros ?? "")"
      #expect(own.isExact == test.isExact, "\(what)")
      #expect(own.positiveRankSum == test.statistic, "\(what)")
      expect(own.pValue, near: test.pValue, what)
    }
  }

  @Test("The rank-sum test is that of SciPy, exact and not")
  func rankSum() throws {
    let recorded = try Recorded.read().rankSum
    #expect(Set(recorded.map(\.isExact)).count == 2)
    for test in recorded {
      let own = try MannWhitney(
        test.first, test.second,
        alternative: try #require(Alternative(rawValue: test.alternative)))
      let what = "\(test.first.count) and \(test.second.count), \(test.alternative)"
      #expect(own.isExact == test.isExact, "\(what)")
      #expect(own.statistic == test.statistic, "\(what)")
      expect(own.pValue, near: test.pValue, what)
    }
  }

  @Test("Small cases are those by hand")
  func byHand() throws {
    // All three differences are above 0: one of the eight choices of signs, on each side.
    #expect(try WilcoxonSignedRank([2, 4, 6], [1, 2, 3]).pValue == 0.25)
    #expect(try WilcoxonSignedRank([2, 4, 6], [1, 2, 3], alternative: .greater).pValue == 0.125)
    // All of the first are below the second: one of six choices of ranks.
    #expect(try MannWhitney([1, 2], [3, 4], alternative: .less).pValue == 1.0 / 6)
    #expect(try MannWhitney([1, 2], [3, 4]).statistic == 0)
  }

  @Test("Failures tie with failures; without a difference nothing is found")
  func failures() throws {
    let same = try WilcoxonSignedRank([1, .infinity], [1, .infinity])
    #expect(same.count == 0)
    #expect(same.pValue == 1)
    #expect(try WilcoxonSignedRank([], []).pValue == 1)
    #expect(try WilcoxonSignedRank([.infinity, 3, 1], [2, 2.5, .infinity]).count == 3)
    #expect(try MannWhitney([1, 1], [1, 1, 1]).pValue == 1)
    #expect(try MannWhitney([], [1]).pValue == 1)
  }

  @Test("What is no number is named")
  func notANumber() {
    #expect(throws: StatisticsError.notANumber(place: 1)) {
      try WilcoxonSignedRank([1, .nan], [1, 2])
    }
    #expect(throws: StatisticsError.notANumber(place: 2)) { try MannWhitney([1, 2], [.nan]) }
    #expect(throws: StatisticsError.notANumber(place: 0)) { try Holm.adjusted([.nan]) }
    #expect(throws: StatisticsError.notANumber(place: 0)) { try VarghaDelaney([.nan], [1]) }
    #expect(throws: StatisticsError.notANumber(place: 0)) {
      try VarghaDelaney(paired: [1], [.nan])
    }
  }

  @Test("Holm's correction is that of its definition")
  func holm() throws {
    #expect(try Holm.adjusted([0.01, 0.04, 0.03, 0.005]) == [0.03, 0.06, 0.06, 0.02])
    for correction in try Recorded.read().holm {
      let own = try Holm.adjusted(correction.pValues)
      for (value, expected) in zip(own, correction.adjusted) { expect(value, near: expected) }
    }
  }

  @Test("The effect size counts pairs, ties as half")
  func effect() throws {
    // 5 > 1, 5 > 3, 3 > 1, 3 = 3: 3.5 of 4.
    let effect = try #require(try VarghaDelaney([5, 3], [1, 3]))
    #expect(effect.value == 0.875)
    #expect(effect.magnitude == .large)
    #expect(try VarghaDelaney(paired: [5, 3, .infinity, 0], [1, 3, .infinity, 1])?.value == 0.5)
    #expect(try VarghaDelaney([1], []) == nil)
    #expect(try VarghaDelaney(paired: [], []) == nil)
  }

  @Test("Effects are called by their distance from one half")
  func magnitudes() throws {
    let magnitudes = try [50, 56, 64, 71, 29].map { wins in
      let first = [Double](repeating: 1, count: wins) + [Double](repeating: -1, count: 100 - wins)
      return try #require(try VarghaDelaney(first, [0])).magnitude
    }
    #expect(magnitudes == [.negligible, .small, .medium, .large, .large])
  }
}
