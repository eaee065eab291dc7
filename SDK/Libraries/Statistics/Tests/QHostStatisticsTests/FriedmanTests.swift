import QHostStatistics
import Testing

@Suite("Friedman's test")
struct FriedmanTests {
  @Test("It is that of SciPy, with Nemenyi's critical difference")
  func recorded() throws {
    for ranking in try Recorded.read().friedman {
      let own = try Friedman(ranking.figures)
      for (rank, expected) in zip(own.meanRanks, ranking.meanRanks) { expect(rank, near: expected) }
      expect(own.chiSquared, near: ranking.chiSquared)
      expect(own.fStatistic, near: ranking.fStatistic)
      expect(own.pValue, near: ranking.pValue)
      // SciPy integrates to about 1e-7.
      expect(
        own.criticalDifference(level: ranking.level), near: ranking.criticalDifference,
        within: 1e-6)
    }
  }

  @Test("The critical difference has the factors of Demšar's table 5")
  func table() throws {
    let table: [Int: (Double, Double)] = [
      3: (2.343, 2.052), 5: (2.728, 2.459), 10: (3.164, 2.920),
    ]
    for (count, (strict, loose)) in table {
      let row = (0..<count).map(Double.init)
      let own = try Friedman(Array(repeating: row, count: 14))
      let unit = (Double(count * (count + 1)) / (6 * 14)).squareRoot()
      // The table has three decimals.
      #expect(abs(own.criticalDifference(level: 0.95) / unit - strict) < 1e-3)
      #expect(abs(own.criticalDifference(level: 0.9) / unit - loose) < 1e-3)
    }
  }

  @Test("Groups join what does not differ")
  func groups() throws {
    // Mean ranks 1.5, 1.5, 3, 4 over 20 problems; CD is 2.569 √(20/120) = 1.049.
    let rows = (0..<20).map { $0 % 2 == 0 ? [2, 1, 3, 4.0] : [1, 2, 3, 4.0] }
    let friedman = try Friedman(rows)
    #expect(friedman.meanRanks == [1.5, 1.5, 3, 4])
    #expect(friedman.groups() == [[0, 1], [2, 3]])
    #expect(friedman.pValue < 1e-6)
  }

  @Test("Too few problems or algorithms are refused")
  func refusals() {
    let row = [1, 2, 3.0]
    #expect(throws: StatisticsError.tooFewProblems(9, needed: 10)) {
      try Friedman(Array(repeating: row, count: 9))
    }
    #expect(throws: StatisticsError.tooFewAlgorithms(2, needed: 3)) {
      try Friedman(Array(repeating: [1, 2], count: 10))
    }
    #expect(throws: StatisticsError.notANumber(place: 5)) {
      try Friedman([row, [1, 2, .nan]] + Array(repeating: row, count: 8))
    }
  }

  @Test("Problems that rank all alike or not at all are the two ends")
  func ends() throws {
    let alike = try Friedman(Array(repeating: [1, 2, 3], count: 10))
    #expect(alike.fStatistic == .infinity)
    #expect(alike.pValue == 0)
    let flat = try Friedman(Array(repeating: [1, 1, 1], count: 10))
    #expect(flat.chiSquared == 0)
    #expect(flat.pValue == 1)
    #expect(flat.groups() == [[0, 1, 2]])
  }
}
