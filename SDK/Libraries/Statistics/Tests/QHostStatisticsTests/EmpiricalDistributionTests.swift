import QHostStatistics
import Testing

@Suite("Empirical distributions")
struct EmpiricalDistributionTests {
  @Test("It steps at each time, and never reaches what never happens")
  func steps() {
    let distribution = EmpiricalDistribution([3, 1, .infinity, 3])
    let parts = [0, 1, 2.9, 3, 1e300, .infinity].map { distribution.fraction(at: $0) }
    #expect(parts == [0, 0.25, 0.25, 0.75, 0.75, 0.75])
    #expect(EmpiricalDistribution([]).fraction(at: 1) == 0)
  }

  @Test("Pairs of runs and targets count alike")
  func pairs() {
    let first = StepCurve(places: [1, 5], values: [1, 0.01])
    let second = StepCurve(places: [2], values: [0.5])
    let runs = [(first, [1, 0.1, 0.001]), (second, [1])]
    let distribution = EmpiricalDistribution(pairsOf: runs)
    #expect(distribution.count == 4)
    #expect(distribution.times == [1, 2, 5])
    #expect(distribution.fraction(at: 2) == 0.5)
    // Pairs of runs that failed stay in the denominator.
    #expect(EmpiricalDistribution(pairsOf: runs, missed: 4).fraction(at: 2) == 0.25)
  }
}
