import EvolutionaryOptimizers
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Differential evolution")
struct DifferentialEvolutionTests {
  private typealias Run = ObjectiveRun<DifferentialEvolution>

  @Test("Rastrigin's function, n = 10, is solved")
  func rastrigin() throws {
    for seed in 1...3 as ClosedRange<UInt64> {
      let optimum = TestFunctions.optimum(10, 5.12, seed: seed)
      let best = try Run.best(TestFunctions.box(10, 5.12, seed: seed), seed: seed, budget: 40_000) {
        TestFunctions.rastrigin($0, about: optimum)
      }
      // The next minimum is at 0.995.
      #expect(best < 1e-6)
    }
  }

  @Test("The population falls to four along a line of the budget")
  func reduction() throws {
    var run = try Run(
      DifferentialEvolution.self, TestFunctions.box(3, 5, seed: 1), ["population": .integer(40)],
      budget: 2000
    ) { x, _ in (TestFunctions.rosenbrock(x), []) }
    try run.finish()
    var spent = 0
    for query in run.queries {
      let expected = 40 - 36 * Double(spent) / 2000
      #expect(abs(Double(query.points.count / 3) - expected) <= 0.5)
      spent += query.points.count / 3
    }
    #expect(run.queries.last?.points.count == 12)
  }

  @Test("Without reduction it stays")
  func noReduction() throws {
    var run = try Run(
      DifferentialEvolution.self, TestFunctions.box(3, 5, seed: 1),
      ["population": .integer(40), "reduction": .boolean(false)], budget: 2000
    ) { x, _ in (TestFunctions.rosenbrock(x), []) }
    try run.finish()
    #expect(Set(run.queries.map(\.points.count)) == [120])
  }

  @Test("A trial differs from its parent, and one that is no better leaves it in place")
  func selection() throws {
    // Losses rise with every answer: no trial is ever better than its parent.
    var (loss, parents): (Double, [[Double]]) = (0, [])
    let optimizer = try DifferentialEvolution(
      request: request(
        for: DifferentialEvolution.descriptor,
        ["population": .integer(12), "reduction": .boolean(false)]),
      problem: Problem(queries: .points, initial: [0, 0, 0, 0]))
    for generation in 0..<30 {
      var (query, answer) = (Query(), Answer())
      try optimizer.ask(&query)
      let rows = (0..<12).map { Array(query.points[$0 * 4..<($0 + 1) * 4]) }
      if generation == 0 {
        parents = rows
      } else {
        for (row, parent) in zip(rows, parents) { #expect(row != parent) }
        // With a parent that never changes, genes that were not crossed over are still its own.
        let kept = zip(rows, parents).reduce(0) { $0 + zip($1.0, $1.1).filter { $0 == $1 }.count }
        #expect(kept > 0 && kept <= 36)
      }
      for _ in 0..<12 {
        loss += 1
        answer.losses.append(loss)
      }
      try optimizer.tell(answer)
    }
  }

  @Test("A population of equal losses starts again, or ends")
  func restarts() throws {
    for restarts in [true, false] {
      var run = try Run(
        DifferentialEvolution.self, TestFunctions.box(2, 5, seed: 1),
        ["population": .integer(10), "restarts": .boolean(restarts), "reduction": .boolean(false)],
        budget: 100
      ) { _, _ in (2, []) }
      try run.finish()
      // The losses of the second generation are equal to those of the first.
      #expect(run.evaluationCount == (restarts ? 100 : 20))
      #expect((run.queries.last?.kind == .done) == !restarts)
    }
  }

  @Test("Fewer than four individuals are a parameter error")
  func small() throws {
    let error = #expect(throws: ComponentError.self) {
      try DifferentialEvolution(
        request: request(for: DifferentialEvolution.descriptor, ["population": .integer(3)]),
        problem: Problem(queries: .points, initial: [0]))
    }
    #expect(error?.kind == .parameter)
    #expect(error?.message.contains("population = 3") == true)
  }
}
