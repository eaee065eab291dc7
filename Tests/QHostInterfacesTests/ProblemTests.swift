import QHostInterfaces
import Testing

@Suite("Problem")
struct ProblemTests {
  @Test("Arrays that are left out stand for real, unbounded parameters of scale 1")
  func defaults() {
    let problem = Problem(queries: .points, initial: [1, 2])
    #expect(problem.dimension == 2)
    #expect(problem.kinds == [.real, .real])
    #expect(problem.lower == [-.infinity, -.infinity])
    #expect(problem.upper == [.infinity, .infinity])
    #expect(problem.scales == [1, 1])
    #expect(!problem.hasMinibatches)
  }

  @Test("A value is brought within its bounds, and made whole where it must be")
  func clamping() {
    let problem = Problem(
      queries: .points, initial: [0, 0, 0], kinds: [.real, .integer, .categorical],
      lower: [-1, -2, 0], upper: [1, 2, 3])
    #expect(problem.clamped(1.7, at: 0) == 1)
    #expect(problem.clamped(0.7, at: 0) == 0.7)
    #expect(problem.clamped(0.7, at: 1) == 1)
    #expect(problem.clamped(-9, at: 1) == -2)
    #expect(problem.clamped(9.2, at: 2) == 3)
  }

  @Test("A minibatch is smaller than the training split")
  func minibatches() {
    #expect(Problem(queries: [], initial: [0], rowCount: 10, batchRows: 4).hasMinibatches)
    #expect(!Problem(queries: [], initial: [0], rowCount: 10, batchRows: 10).hasMinibatches)
  }

  @Test("The bits of the kinds of query are those of the C interface")
  func bits() {
    #expect(QueryKinds.points.rawValue == 2)
    #expect(QueryKinds.gradient.rawValue == 4)
    #expect(QueryKinds.cuts.rawValue == 8)
  }
}
