import QHostComparing
import QHostRuntime
import Testing

@Suite("Improvements of a journal")
struct ImprovementsTests {
  private func steps(_ evaluations: [Int]) -> [LossEvents.Event] {
    evaluations.enumerated().map { place, count in
      LossEvents.Event(
        evaluations: count, forwardEquivalents: Double(count) / 2, seconds: Double(count),
        loss: -Double(place))
    }
  }

  @Test("are at most a hundred per decade of evaluations, the last of each as it was")
  func thinning() {
    let all = steps(Array(1...100_000))
    let kept = Improvements(thinning: all)
    #expect(kept.evaluations.count <= 501)
    #expect(kept.evaluations.count > 350)
    #expect(Array(kept.evaluations.prefix(40)) == Array(1...40))
    #expect(kept.evaluations.last == 100_000)
    #expect(kept.bestLoss.last == -99_999)
    #expect(kept.forwardEquivalents.last == 50_000)
    #expect(kept.evaluations == kept.evaluations.sorted())
    for place in kept.evaluations.indices {
      #expect(kept.bestLoss[place] == -Double(kept.evaluations[place] - 1))
    }
  }

  @Test("count from 1 where another program wants it, without losing what a run starts from")
  func counting() {
    let started = Improvements(thinning: steps([0, 5, 9])).fromTheFirstEvaluation
    #expect(started.evaluations == [1, 5, 9])
    #expect(started.bestLoss == [0, -1, -2])
    let both = Improvements(thinning: steps([0, 1, 9])).fromTheFirstEvaluation
    #expect(both.evaluations == [1, 9])
    #expect(both.bestLoss == [-1, -2])
    let few = Improvements(thinning: steps([3, 9]))
    #expect(few.fromTheFirstEvaluation == few)
  }

  @Test("that are few are all kept")
  func few() {
    #expect(Improvements(thinning: []) == Improvements())
    let kept = Improvements(thinning: steps([1, 10, 1_000]))
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
