import QHostRuntime
import Testing

@Suite("Improvements of a journal")
struct ImprovementsTests {
  private func steps(_ evaluations: [Int]) -> [BestPoint.Improvement] {
    evaluations.enumerated().map { place, count in
      BestPoint.Improvement(
        evaluations: count, forwardEquivalents: Double(count) / 2, seconds: Double(count),
        loss: -Double(place))
    }
  }

  @Test("are at most twenty for each tenfold of evaluations, the last among them")
  func thinning() {
    let all = steps(Array(1...100_000))
    let kept = Improvements(thinning: all, scale: 0.5)
    #expect(kept.evaluations.count <= 101)
    #expect(kept.evaluations.count > 80)
    #expect(kept.evaluations.last == 100_000)
    #expect(kept.bestLoss.last == -99_999)
    #expect(kept.forwardEquivalents.last == 25_000)
    #expect(kept.evaluations == kept.evaluations.sorted())
    for place in kept.evaluations.indices {
      #expect(kept.bestLoss[place] == -Double(kept.evaluations[place] - 1))
    }
  }

  @Test("that are few are all kept")
  func few() {
    #expect(Improvements(thinning: [], scale: 1) == Improvements())
    let kept = Improvements(thinning: steps([1, 10, 1_000]), scale: 1)
    #expect(kept.evaluations == [1, 10, 1_000])
    #expect(kept.seconds == [1, 10, 1_000])
  }

  @Test("The median is the middle value, or the mean of the two in the middle")
  func figures() {
    #expect(ComparisonSummary.Figure([]) == nil)
    #expect(ComparisonSummary.Figure([3, 1, 2])?.median == 2)
    #expect(ComparisonSummary.Figure([4, 1, 2, 3])?.median == 2.5)
    #expect(ComparisonSummary.Figure([4, 1, 1])?.mean == 2)
  }
}
