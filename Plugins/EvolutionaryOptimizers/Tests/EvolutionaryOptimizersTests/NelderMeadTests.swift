import EvolutionaryOptimizers
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Nelder and Mead's simplex")
struct NelderMeadTests {
  private typealias Run = ObjectiveRun<NelderMead>

  /// The points that are asked for one after another when the losses are those given.
  private func points(
    _ changes: [String: ParameterValue], losses: [[Double]]
  ) throws -> [[Double]] {
    let optimizer = try NelderMead(
      request: request(for: NelderMead.descriptor, changes),
      problem: Problem(queries: .points, initial: [0, 0]))
    var asked: [[Double]] = []
    for losses in losses {
      var (query, answer) = (Query(), Answer())
      try optimizer.ask(&query)
      asked.append(query.points)
      answer.losses = losses
      try optimizer.tell(answer)
    }
    return asked
  }

  // The first simplex is (0, 0), (1, 0), (0, 1), with the last one the worst; the mean of the others
  // is (½, 0) and reflection gives (1, −1).
  private static let first: [Double] = [1, 2, 3]

  @Test("The moves are those of Nelder and Mead")
  func moves() throws {
    let plain: [String: ParameterValue] = ["adaptive": .boolean(false), "step": .real(1)]
    let expanded = try points(plain, losses: [Self.first, [0.5], [0.25], [9]])
    #expect(expanded[..<3] == [[0, 0, 1, 0, 0, 1], [1, -1], [1.5, -2]])
    // The worst is now (1, 0): about (¾, −1) it is at (½, −2).
    #expect(expanded[3] == [0.5, -2])
    let outside = try points(plain, losses: [Self.first, [2.5], [1.5]])
    #expect(outside[2] == [0.75, -0.5])
    let inside = try points(plain, losses: [Self.first, [4], [2.5]])
    #expect(inside[2] == [0.25, 0.5])
    let shrunk = try points(plain, losses: [Self.first, [4], [3.5], [1, 1]])
    #expect(shrunk[3] == [0.5, 0, 0, 0.5])
  }

  @Test("With more parameters the moves are gentler")
  func adaptive() throws {
    // n = 2 gives expansion 2, contraction ½ and shrinkage ½ again; n = 4 gives 3/2, 5/8 and 3/4.
    let optimizer = try NelderMead(
      request: request(for: NelderMead.descriptor, ["step": .real(1)]),
      problem: Problem(queries: .points, initial: [0, 0, 0, 0]))
    var asked: [[Double]] = []
    for losses in [[1, 2, 3, 4, 5], [0.5], [0.25]] as [[Double]] {
      var (query, answer) = (Query(), Answer())
      try optimizer.ask(&query)
      asked.append(query.points)
      answer.losses = losses
      try optimizer.tell(answer)
    }
    #expect(asked[1] == [0.5, 0.5, 0.5, -1])
    #expect(asked[2] == [0.625, 0.625, 0.625, -1.5])
  }

  @Test("Rosenbrock's function, n = 10, is solved")
  func rosenbrock() throws {
    let best = try Run.best(
      TestFunctions.box(10, 5, seed: 3), seed: 3, budget: 30_000, TestFunctions.rosenbrock)
    #expect(best < 1e-8)
  }

  @Test("A simplex of equal losses ends the run, or starts again")
  func restarts() throws {
    for restarts in ["none", "random", "mixed"] {
      var run = try Run(
        NelderMead.self, TestFunctions.box(2, 5, seed: 1),
        ["restarts": .choice(restarts, index: 0)], budget: 12
      ) { _, _ in (2, []) }
      try run.finish()
      #expect(run.evaluationCount == (restarts == "none" ? 3 : 12))
      #expect(
        (run.queries.last?.reason == .converged && run.queries.last?.kind == .done)
          == (restarts == "none"))
    }
  }

  @Test("More parameters than a simplex has room for are a parameter error")
  func large() throws {
    let error = #expect(throws: ComponentError.self) {
      try NelderMead(
        request: request(for: NelderMead.descriptor),
        problem: Problem(queries: .points, initial: Array(repeating: 0, count: 5000)))
    }
    #expect(error?.kind == .parameter)
    #expect(error?.message.contains("5000 parameters") == true)
  }
}
