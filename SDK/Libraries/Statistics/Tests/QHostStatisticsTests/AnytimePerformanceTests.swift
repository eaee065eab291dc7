import Foundation
import QHostStatistics
import Testing

@Suite("Anytime performance")
struct AnytimePerformanceTests {
  private static let curve = StepCurve(places: [2, 5, 8], values: [1e4, 1, 1e-9])

  @Test("The area is the mean over evaluations, term by term")
  func sum() {
    for budget in [1, 2, 5, 7, 8, 30] {
      var sum = 0.0
      for evaluation in 1...budget {
        let clamped = min(max(log10(Self.curve.value(at: Double(evaluation))), -8), 2)
        sum += 1 - (clamped + 8) / 10
      }
      expect(
        AnytimePerformance().area(Self.curve, evaluations: budget), near: sum / Double(budget),
        "budget \(budget)")
    }
  }

  @Test("It is the mean of the empirical distribution over many targets")
  func distribution() {
    let targets = (0...10_000).map { pow(10, 2 - Double($0) / 1_000) }
    let distribution = EmpiricalDistribution(pairsOf: [(Self.curve, targets)])
    let mean = (1...20).reduce(0) { $0 + distribution.fraction(at: Double($1)) } / 20
    expect(AnytimePerformance().area(Self.curve, evaluations: 20), near: mean, within: 1e-3)
  }

  @Test("Over seconds it is an integral")
  func integral() {
    // From 5 to 8 a fifth, from 8 to 10 the whole.
    expect(AnytimePerformance().area(Self.curve, spending: 10), near: (3 * 0.2 + 2) / 10)
    expect(AnytimePerformance().area(Self.curve, spending: 4), near: 0)
    expect(
      AnytimePerformance().area(StepCurve(places: [0], values: [0]), spending: 4), near: 1)
  }
}
