import Foundation
import QHostStatistics
import Testing

@Suite("Wilcoxon's signed-rank test")
struct WilcoxonSignedRankTests {
  @Test("It is that of SciPy, exact without ties and zeros and normal above 50 pairs")
  func recorded() throws {
    let recorded = try Recorded.read().signedRank
    #expect(Set(recorded.map(\.isExact)).count == 2)
    for test in recorded {
      let own = try WilcoxonSignedRank(test.first, test.second)
      let what = "\(test.first.count) pairs"
      #expect(own.isExact == test.isExact, "\(what)")
      #expect(own.positiveRankSum == test.statistic, "\(what)")
      expect(own.pValue, near: test.pValue, what)
    }
  }

  @Test("Of 1,000 samples with ties and zeros the probability is that of all choices of signs")
  func enumerated() throws {
    let pairs = try RecordedPair.read()
    #expect(pairs.count == 1_000)
    #expect(Set(pairs.map(\.by)) == ["enumeration", "recursion", "scipy"])
    for (place, pair) in pairs.enumerated() {
      let own = try WilcoxonSignedRank(pair.first, pair.second)
      #expect(own.isExact)
      #expect(own.positiveRankSum == pair.statistic, "sample \(place)")
      let error = abs(own.pValue - pair.pValue)
      #expect(error <= 1e-12 * pair.pValue, "sample \(place), by \(pair.by): \(own.pValue)")
    }
  }

  @Test("Small cases are those by hand")
  func byHand() throws {
    // All three differences are above 0: one of the eight choices of signs, on each side.
    #expect(try WilcoxonSignedRank([2, 4, 6], [1, 2, 3]).pValue == 0.25)
    // Ten seeds, five equal and five better, alike or not: 2 of 32 choices.
    let zeros = [Double](repeating: 0, count: 10)
    #expect(try WilcoxonSignedRank([0, 0, 0, 0, 0, 1, 1, 1, 1, 1], zeros).pValue == 0.0625)
    #expect(try WilcoxonSignedRank([0, 0, 0, 0, 0, 1, 2, 3, 4, 5], zeros).pValue == 0.0625)
    // Five equal differences: 2 of 32.
    #expect(try WilcoxonSignedRank([1, 1, 1, 1, 1], [0, 0, 0, 0, 0]).pValue == 0.0625)
    // Ranks 1½, 1½ and 3, the last below 0: W⁺ = W⁻ = 3, in the middle.
    let middle = try WilcoxonSignedRank([1, 1, 0], [0, 0, 2])
    #expect(middle.positiveRankSum == middle.negativeRankSum)
    #expect(middle.pValue == 1)
  }

  @Test("Both sums are of the pairs that differ, and swapping the sides swaps them")
  func sides() throws {
    let first = [3, 1, 4, 1, 5, 9, 2, 6.0]
    let second = [2, 7, 1, 8, 2, 9, 1, 8.0]
    let one = try WilcoxonSignedRank(first, second)
    let other = try WilcoxonSignedRank(second, first)
    // One zero, whose rank 1 is left out of 1 + ... + 8.
    #expect(one.count == 7)
    #expect(one.positiveRankSum + one.negativeRankSum == 35)
    #expect(one.positiveRankSum == other.negativeRankSum)
    #expect(one.pValue == other.pValue)
  }

  @Test("Fifty pairs that differ are exact however many do not, the next are not")
  func limit() throws {
    let zeros = [Double](repeating: 0, count: 40)
    let ones = [Double](repeating: 1, count: 50)
    let exact = try WilcoxonSignedRank(ones + zeros, ones.map { _ in 0 } + zeros)
    #expect(exact.isExact)
    #expect(exact.pValue == 2 / 0x1p50)
    let more = try WilcoxonSignedRank(ones + [1], ones.map { _ in 0 } + [0])
    #expect(!more.isExact)
  }

  @Test("Failures tie with failures; without a difference nothing is found")
  func failures() throws {
    let same = try WilcoxonSignedRank([1, .infinity], [1, .infinity])
    #expect(same.count == 0)
    #expect(same.pValue == 1)
    #expect(try WilcoxonSignedRank([], []).pValue == 1)
    let mixed = try WilcoxonSignedRank([.infinity, 3, 1, .infinity], [2, 2.5, .infinity, 1])
    #expect(mixed.count == 4)
    // Three infinite differences of rank 3, one of them below 0, and one of rank 1.
    #expect(mixed.positiveRankSum == 7)
    #expect(mixed.negativeRankSum == 3)
  }

  @Test("What is not a number is named")
  func notANumber() {
    #expect(throws: StatisticsError.notANumber(place: 1)) {
      try WilcoxonSignedRank([1, .nan], [1, 2])
    }
  }
}
