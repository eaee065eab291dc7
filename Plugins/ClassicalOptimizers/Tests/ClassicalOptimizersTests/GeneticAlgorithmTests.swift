import ClassicalOptimizers
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Genetic algorithm")
struct GeneticAlgorithmTests {
  @Test("Rastrigin's function, n = 10, is below 1 within 50 000 evaluations for most seeds")
  func rastrigin() throws {
    // One local minimum off is 0.995; 5 of 7 leaves room for two seeds that end further away.
    let solved = try (1...7 as ClosedRange<UInt64>).filter { seed in
      let optimum = TestFunctions.optimum(10, 5.12, seed: seed)
      return try ObjectiveRun<GeneticAlgorithm>.best(
        TestFunctions.box(10, 5.12, seed: seed), seed: seed, budget: 50_000
      ) { TestFunctions.rastrigin($0, about: optimum) } < 1
    }
    #expect(solved.count >= 5)
  }

  @Test("The sphere, n = 10, is solved to the size of the last mutations")
  func sphere() throws {
    let optimum = TestFunctions.optimum(10, 5.12, seed: 1)
    let best = try ObjectiveRun<GeneticAlgorithm>.best(
      TestFunctions.box(10, 5.12, seed: 1), seed: 1, budget: 20_000
    ) { TestFunctions.sphere($0, about: optimum) }
    // Mutations end at 0.001 of a scale of 2.56, so 10 · 0.00256².
    #expect(best < 6.6e-5)
  }

  @Test("Rosenbrock's function, n = 10, is at the bottom of the valley for most seeds")
  func rosenbrock() throws {
    // Points of the valley floor lie below n − 1 = 9, where it starts; the plain starts are at 1e4.
    let found = try (1...5 as ClosedRange<UInt64>).filter { seed in
      try ObjectiveRun<GeneticAlgorithm>.best(
        TestFunctions.box(10, 5, seed: seed), seed: seed, budget: 50_000,
        TestFunctions.rosenbrock) < 9
    }
    #expect(found.count >= 4)
  }

  @Test("Every crossover and mutation finds the sphere", arguments: ["uniform", "blend", "sbx"])
  func variants(crossover: String) throws {
    for mutation in ["gaussian", "polynomial"] {
      let optimum = TestFunctions.optimum(4, 5.12, seed: 2)
      let best = try ObjectiveRun<GeneticAlgorithm>.best(
        TestFunctions.box(4, 5.12, seed: 2),
        ["crossover": .choice(crossover, index: 0), "mutation": .choice(mutation, index: 0)],
        seed: 2, budget: 20_000
      ) { TestFunctions.sphere($0, about: optimum) }
      #expect(best < 1e-3, "\(crossover), \(mutation)")
    }
  }

  @Test("The first generation holds the initial point, and each one is one query")
  func generations() throws {
    let problem = TestFunctions.box(3, 5, seed: 1)
    var run = try ObjectiveRun(
      GeneticAlgorithm.self, problem, ["population": .integer(8), "elite": .integer(2)], budget: 20
    ) { x, _ in (x.reduce(0, +), []) }
    try run.finish()
    #expect(run.points[0] == problem.initial)
    #expect(run.queries.map { $0.points.count / 3 } == [8, 6, 6])
  }

  @Test("Children of uniform crossover hold genes of the generation before only")
  func uniformGenes() throws {
    let problem = TestFunctions.box(70, 5, seed: 1)
    var run = try ObjectiveRun(
      GeneticAlgorithm.self, problem, ["crossover_rate": .real(1), "mutation_rate": .real(1e-300)],
      budget: 98
    ) { x, _ in (x.reduce(0, +), []) }
    try run.finish()
    let (parents, children) = (run.points[..<50], run.points[50...])
    for child in children {
      for i in 0..<70 { #expect(parents.contains { $0[i] == child[i] }) }
    }
    // A parent that wins both tournaments is copied: 48 (2·5/50) at the most for the fittest ten.
    #expect(children.filter { parents.contains($0) }.count < 10)
  }

  @Test("The mutation rate is the fraction of genes that change")
  func mutationRate() throws {
    let problem = TestFunctions.box(200, 5, seed: 1)
    var run = try ObjectiveRun(
      GeneticAlgorithm.self, problem,
      ["crossover_rate": .real(0), "mutation_rate": .real(0.1), "population": .integer(50)],
      budget: 98
    ) { x, _ in (x.reduce(0, +), []) }
    try run.finish()
    let parents = run.points[..<50]
    var changed = 0
    let children = run.points[50...]
    for child in children {
      // A child is a copy of one parent, which most of its genes tell.
      let likeness = parents.map { zip($0, child).filter { $0 == $1 }.count }
      changed += 200 - (likeness.max() ?? 0)
    }
    // Binomial of 9600 genes at 0.1: 960, and five deviations are 147.
    let expected = Double(children.count * 200) * 0.1
    #expect(abs(Double(changed) - expected) < 5 * (expected * 0.9).squareRoot())
  }

  @Test("With minibatches the elite is evaluated again, and recommended")
  func minibatches() throws {
    var problem = TestFunctions.box(3, 5, seed: 1)
    problem.rowCount = 100
    problem.batchRows = 10
    var run = try ObjectiveRun(
      GeneticAlgorithm.self, problem, ["population": .integer(8), "elite": .integer(1)], budget: 24
    ) { x, batch in (x.reduce(0, +) * (batch == 1 ? -1 : 1), []) }
    try run.finish()
    #expect(run.queries.map(\.batch) == [.same, .next, .next])
    #expect(run.queries.map { $0.points.count / 3 } == [8, 8, 8])
    // On batch 1 the largest sum is best, and comes first in the next query.
    let second = run.points[8..<16]
    let best = second.max { $0.reduce(0, +) < $1.reduce(0, +) }
    #expect(Array(run.queries[2].points[..<3]) == best)
    let last = run.points[16...].min { $0.reduce(0, +) < $1.reduce(0, +) }
    #expect(try run.optimizer.recommendation() == last)
  }

  @Test(
    "Options that contradict each other are parameter errors",
    arguments: [("elite", 50), ("elite", 60), ("tournament_size", 51)])
  func contradictions(name: String, value: Int) throws {
    let error = #expect(throws: ComponentError.self) {
      try GeneticAlgorithm(
        request: request(for: GeneticAlgorithm.descriptor, [name: .integer(value)]),
        problem: Problem(queries: .points, initial: [0]))
    }
    #expect(error?.kind == .parameter)
    #expect(error?.message.contains("\(name) = \(value)") == true)
  }
}
