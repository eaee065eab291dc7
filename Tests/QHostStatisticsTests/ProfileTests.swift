import QHostStatistics
import Testing

@Suite("Performance and data profiles")
struct ProfileTests {
  private static let costs = [[10, 20], [30, 15], [.infinity, 60], [.infinity, .infinity]]

  @Test("A performance profile counts the problems within a factor of the best")
  func performance() {
    let profile = PerformanceProfile(Self.costs)
    #expect([1, 1.9, 2, 100].map { profile.fraction(0, within: $0) } == [0.25, 0.25, 0.5, 0.5])
    #expect([1, 1.9, 2, 100].map { profile.fraction(1, within: $0) } == [0.5, 0.5, 0.75, 0.75])
  }

  @Test("A data profile counts the problems solved with a budget of simplex gradients")
  func data() {
    let profile = DataProfile(evaluations: Self.costs, dimensions: [1, 2, 4, 9])
    #expect([4, 5, 10, 12].map { profile.fraction(0, within: $0) } == [0, 0.25, 0.5, 0.5])
    #expect([4, 5, 10, 12].map { profile.fraction(1, within: $0) } == [0, 0.25, 0.5, 0.75])
  }
}
