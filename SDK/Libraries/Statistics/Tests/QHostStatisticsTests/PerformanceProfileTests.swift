import QHostStatistics
import Testing

@Suite("Performance profiles")
struct PerformanceProfileTests {
  private static let costs = [[10, 20], [30, 15], [.infinity, 60], [.infinity, .infinity]]

  @Test("A profile counts the problems within a factor of the best, of all problems")
  func fractions() {
    let profiles = PerformanceProfile(Self.costs).profiles
    #expect([1, 1.9, 2, 100].map { profiles[0].fraction(at: $0) } == [0.25, 0.25, 0.5, 0.5])
    #expect([1, 1.9, 2, 100].map { profiles[1].fraction(at: $0) } == [0.5, 0.5, 0.75, 0.75])
  }
}
