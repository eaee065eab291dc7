import ClassicalOptimizers
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Lattice descent")
struct LatticeDescentTests {
  private func problem(
    _ initial: [Double], kinds: [ParameterKind], rowCount: Int = 100, batchRows: Int = 10
  ) -> Problem {
    Problem(
      queries: [.points, .cuts], initial: initial, kinds: kinds,
      lower: initial.map { _ in -3 }, upper: initial.map { _ in 3 }, rowCount: rowCount,
      batchRows: batchRows, hasFastCuts: true)
  }

  @Test("Each parameter is visited once in a round, by two losses, and a burst by one more")
  func order() throws {
    let count = 13
    var run = try ObjectiveRun(
      LatticeDescent.self,
      problem(Array(repeating: 0, count: count), kinds: Array(repeating: .integer, count: count)),
      ["visits": .integer(5)], budget: 2 * 26 + 6
    ) { _, _ in (1, []) }
    try run.finish()
    let visited = run.queries.map { $0.cutIndices[0] }
    #expect(Set(visited[..<count]) == Set(0..<count))
    #expect(visited[count...].elementsEqual(visited[..<(visited.count - count)]))
    // floor(13 * 40503 / 65536) = 8, which has no divisor in common with 13.
    #expect(visited[..<4] == [0, 8, 3, 11])
    for (place, query) in run.queries.enumerated() {
      #expect(query.batch == (place % 5 == 0 ? .next : .same))
      #expect(query.offsets == (place % 5 == 0 ? [0, -1, 1] : [-1, 1]))
    }
  }

  @Test("The better step is taken, of equal ones the one down, and none that is no better")
  func steps() throws {
    // Parameter 0 wants to be at 2, parameter 1 falls either way, parameter 2 makes no difference.
    var run = try ObjectiveRun(
      LatticeDescent.self, problem([0, 0, 1], kinds: [.integer, .integer, .integer]),
      ["visits": .integer(3)], budget: 7 * 4
    ) { x, _ in
      let point = Array(x)
      return (abs(point[0] - 2) + (point[1] == 0 ? 1 : 0), [])
    }
    try run.finish()
    #expect(try run.optimizer.recommendation() == [2, -1, 1])
  }

  @Test("It stays within the bounds, and of real parameters goes steps of their scale")
  func bounds() throws {
    var real = problem([0, 2], kinds: [.real, .integer])
    real.scales = [4, 1]
    var run = try ObjectiveRun(
      LatticeDescent.self, real, ["step": .real(0.25), "visits": .integer(2)], budget: 60
    ) { x, _ in (-x.reduce(0, +), []) }
    try run.finish()
    #expect(try run.optimizer.recommendation() == [3, 3])
    #expect(run.points.allSatisfy { $0.allSatisfy { abs($0) <= 3 } })
  }

  @Test("On the same rows it ends where no step is better")
  func stalled() throws {
    var run = try ObjectiveRun(
      LatticeDescent.self,
      problem([3, -3, 0], kinds: [.integer, .integer, .integer], rowCount: 10), budget: 10_000
    ) { x, _ in (x.reduce(0) { $0 + $1 * $1 }, []) }
    try run.finish()
    #expect(run.best == 0 && run.evaluationCount < 100)
    #expect(run.queries.last?.kind == .done && run.queries.last?.reason == .stalled)
  }

  @Test("Blocks that are not named are left alone, and a name of no block is refused")
  func blocks() throws {
    var problem = problem([0, 0, 0], kinds: [.integer, .integer, .integer])
    problem.blocks = [
      ParameterBlock(name: "layers.0.weight", shape: Shape([2]), offset: 0),
      ParameterBlock(name: "layers.0.gain", shape: Shape([1]), offset: 2),
    ]
    var run = try ObjectiveRun(LatticeDescent.self, problem, budget: 40) { _, _ in (1, []) }
    try run.finish()
    #expect(Set(run.queries.map { $0.cutIndices[0] }) == [0, 1])
    let error = #expect(throws: ComponentError.self) {
      try ObjectiveRun(LatticeDescent.self, problem, ["only": .text("knots")], budget: 1) { _, _ in
        (1, [])
      }
    }
    #expect(error?.message.contains("layers.0.weight, layers.0.gain") == true)
  }

  @Test("A run that was saved and loaded continues to the same bits", arguments: [1, 4])
  func resumption(visits: Int) throws {
    let problem = problem([1, -1, 2, 0, 1], kinds: [.real, .integer, .integer, .real, .integer])
    let changes: [String: ParameterValue] = ["visits": .integer(visits)]
    let whole = try ResumedRun.trace(
      LatticeDescent.self, changes, problem, count: 200, pauses: [])
    for pauses: Set<Int> in [[0], [1], [2, 7, 101], Set(3..<200)] {
      #expect(
        try ResumedRun.trace(LatticeDescent.self, changes, problem, count: 200, pauses: pauses)
          == whole)
    }
  }
}
