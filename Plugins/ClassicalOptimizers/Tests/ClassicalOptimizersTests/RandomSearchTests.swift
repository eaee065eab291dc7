import ClassicalOptimizers
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Random search")
struct RandomSearchTests {
  /// Points drawn for a problem.
  private func points(_ problem: Problem, count: Int) throws -> [[Double]] {
    var run = try ObjectiveRun(RandomSearch.self, problem, budget: count) { _, _ in (0, []) }
    try run.finish()
    return run.points
  }

  @Test("Within bounds points are uniform")
  func uniform() throws {
    let problem = Problem(queries: .points, initial: [0, 0], lower: [-1, 2], upper: [3, 4])
    let points = try points(
      Problem(
        queries: .points, initial: [0, 2], lower: problem.lower, upper: problem.upper), count: 6400)
    for (i, (mean, width)) in [(1.0, 4.0), (3.0, 2.0)].enumerated() {
      let values = points.map { $0[i] }
      let average = values.reduce(0, +) / 6400
      // Five standard errors of the mean, width/√12/√6400 each.
      #expect(abs(average - mean) < 5 * width / 12.0.squareRoot() / 80)
      #expect(values.allSatisfy { abs($0 - mean) <= width / 2 })
      #expect((values.max() ?? 0) > mean + 0.49 * width)
    }
  }

  @Test("Without bounds points are Gaussian about the initial one")
  func gaussian() throws {
    let problem = Problem(queries: .points, initial: [10, -1], scales: [3, 0.5])
    let points = try points(problem, count: 6400)
    for i in 0..<2 {
      let scaled = points.map { ($0[i] - problem.initial[i]) / problem.scales[i] }
      let mean = scaled.reduce(0, +) / 6400
      let variance = scaled.reduce(0) { $0 + $1 * $1 } / 6400
      // Five standard errors: 1/√6400 of the mean, √(2/6400) of the variance.
      #expect(abs(mean) < 5.0 / 80)
      #expect(abs(variance - 1) < 5 * 2.0.squareRoot() / 80)
    }
  }

  @Test("All integers between the bounds are as likely")
  func whole() throws {
    let problem = Problem(
      queries: .points, initial: [0, 0], kinds: [.integer, .categorical], lower: [-2, 0],
      upper: [2, 3])
    let points = try points(problem, count: 6400)
    for (i, values) in [Array(-2...2), Array(0...3)].enumerated() {
      let expected = 6400 / Double(values.count)
      for value in values {
        let count = points.filter { $0[i] == Double(value) }.count
        #expect(abs(Double(count) - expected) < 5 * expected.squareRoot())
      }
    }
  }

  @Test("A parameter without bounds may stand beside one with bounds")
  func mixed() throws {
    let problem = Problem(
      queries: .points, initial: [0, 0], lower: [-1, -.infinity], upper: [1, .infinity])
    let points = try points(problem, count: 640)
    #expect(points.allSatisfy { abs($0[0]) <= 1 })
    #expect(points.contains { abs($0[1]) > 1 })
  }

  @Test("With minibatches all points are compared on the first")
  func minibatches() throws {
    let problem = Problem(queries: .points, initial: [0], rowCount: 100, batchRows: 10)
    var run = try ObjectiveRun(RandomSearch.self, problem, budget: 256) { _, _ in (0, []) }
    try run.finish()
    #expect(run.queries.count == 4)
    #expect(run.queries.allSatisfy { $0.batch == .same })
  }

  @Test("The batch size is the number of points of a query")
  func batchSize() throws {
    let problem = Problem(queries: .points, initial: [0])
    var run = try ObjectiveRun(
      RandomSearch.self, problem, ["batch_size": .integer(7)], budget: 14
    ) { _, _ in (0, []) }
    try run.finish()
    #expect(run.queries.map(\.points.count) == [7, 7])
  }
}
