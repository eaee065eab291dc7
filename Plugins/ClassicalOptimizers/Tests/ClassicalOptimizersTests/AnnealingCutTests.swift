import ClassicalOptimizers
import Foundation
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Simulated annealing by cuts")
struct AnnealingCutTests {
  private static let coordinate: [String: ParameterValue] = [
    "proposal": .choice("coordinate", index: 1)
  ]

  private func whole(isFast: Bool) -> Problem {
    Problem(
      queries: [.points, .cuts], initial: [3, 1, -7, 0],
      kinds: [.integer, .categorical, .integer, .categorical], lower: [-9, 0, -9, 0],
      upper: [9, 4, 9, 2], hasFastCuts: isFast)
  }

  private func box(_ n: Int, _ halfWidth: Double, seed: UInt64 = 1) -> Problem {
    var problem = TestFunctions.box(n, halfWidth, seed: seed)
    problem.queries = [.points, .cuts]
    problem.hasFastCuts = true
    return problem
  }

  @Test("Cuts lead over the very points that a walk without them visits")
  func samePoints() throws {
    func points(isFast: Bool) throws -> [[Double]] {
      var run = try ObjectiveRun(
        SimulatedAnnealing.self, whole(isFast: isFast), budget: 250
      ) { x, _ in (x.reduce(0) { $0 + ($1 - 2) * ($1 - 2) }, []) }
      try run.finish()
      #expect(run.queries.allSatisfy { $0.kind == (isFast ? .cuts : .points) })
      return run.points
    }
    let expected = try points(isFast: false)
    #expect(try points(isFast: true) == expected)
  }

  @Test("One cut a query, and the base point once; its loss is asked for again after 256 cuts")
  func queries() throws {
    let problem = box(4, 5)
    var run = try ObjectiveRun(
      SimulatedAnnealing.self, problem, Self.coordinate, budget: 1000
    ) { x, _ in (x.reduce(0) { $0 + $1 * $1 }, []) }
    try run.finish()
    #expect(run.points[0] == problem.initial)
    #expect(run.queries[0].base == problem.initial)
    #expect(run.queries[0].offsets.count == 33 && run.queries[0].offsets[0] == 0)
    let rest = run.queries.dropFirst()
    #expect(rest.allSatisfy { $0.kind == .cuts && $0.offsetCount == 1 && $0.base.isEmpty })
    for (place, query) in run.queries.enumerated().dropFirst() {
      let isAgain = place % 256 == 0
      #expect(query.offsets.count == (isAgain ? 2 : 1))
      #expect(!isAgain || query.offsets[0] == 0)
    }
    #expect(rest.allSatisfy { $0.moveIndices.count <= 1 })
    #expect(rest.contains { !$0.moveIndices.isEmpty })
  }

  @Test("With a batch that ends, the first cut of the next one is at offset 0")
  func minibatches() throws {
    var problem = box(2, 5)
    problem.rowCount = 100
    problem.batchRows = 10
    var run = try ObjectiveRun(
      SimulatedAnnealing.self, problem,
      Self.coordinate.merging(["batch_stretch": .integer(5)]) { $1 }, budget: 60
    ) { x, batch in (x.reduce(0, +) + Double(batch), []) }
    try run.finish()
    for (place, query) in run.queries.dropFirst().enumerated() {
      let changes = place > 0 && place % 5 == 0
      #expect(query.batch == (changes ? .next : .same))
      #expect(query.offsets.count == (changes ? 2 : 1))
    }
    #expect(try run.optimizer.recommendation() != nil)
  }

  @Test(
    "Mixed: one step of all after one of each 8 coordinates, or after as many as are asked for",
    arguments: [(16, 0, 2), (40, 0, 5), (5, 3, 3)])
  func mixed(dimension: Int, asked: Int, singles: Int) throws {
    var run = try ObjectiveRun(
      SimulatedAnnealing.self, box(dimension, 5), ["single_steps": .integer(asked)], budget: 250
    ) { x, _ in (x.reduce(0) { $0 + $1 * $1 }, []) }
    try run.finish()
    for (place, query) in run.queries.dropFirst().enumerated() {
      let isOfAll = place % (singles + 1) == singles
      #expect(query.kind == (isOfAll ? .points : .cuts))
      // A host's sessions have seen another point since.
      let isAfter = place > 0 && place % (singles + 1) == 0
      #expect(query.base.isEmpty != isAfter)
      #expect(query.points.count == (isOfAll ? dimension : 0))
    }
  }

  @Test("Cuts of which each would have to be opened again are points")
  func byTurns() throws {
    for (dimension, asked) in [(15, 0), (40, 1)] {
      func points(isFast: Bool) throws -> [[Double]] {
        var problem = box(dimension, 5)
        problem.hasFastCuts = isFast
        var run = try ObjectiveRun(
          SimulatedAnnealing.self, problem, ["single_steps": .integer(asked)], budget: 300
        ) { x, _ in (x.reduce(0) { $0 + $1 * $1 }, []) }
        try run.finish()
        return run.points
      }
      #expect(try points(isFast: true) == points(isFast: false))
    }
  }

  @Test("All coordinates at once are asked for as points")
  func all() throws {
    var run = try ObjectiveRun(
      SimulatedAnnealing.self, box(3, 5), ["proposal": .choice("all", index: 2)], budget: 200
    ) { x, _ in (x.reduce(0, +), []) }
    try run.finish()
    #expect(run.queries.allSatisfy { $0.kind == .points })
  }

  @Test("A cold walk continues when rounding has raised all losses of its host")
  func drift() throws {
    var count = 0
    var run = try ObjectiveRun(
      SimulatedAnnealing.self, box(4, 5),
      Self.coordinate.merging(["initial_temperature": .real(1e-9)]) { $1 }, budget: 4000
    ) { x, _ in
      count += 1
      return (x.reduce(0) { $0 + $1 * $1 } + (count > 300 ? 50 : 0), [])
    }
    run.keepsTrace = false
    var last = Double.infinity
    while try run.advance() { last = run.best }
    // The best of the first 300 stays below 50; the point that the walk ends at is the lower one.
    #expect(last < 50)
    var query = Query()
    var asked = AskedPoints()
    try run.optimizer.load(try run.optimizer.save())
    try run.optimizer.ask(&query)
    _ = try asked.take(query, dimension: 4)
    #expect(asked.base.reduce(0) { $0 + $1 * $1 } < 1e-3)
  }

  @Test("Cycles begin where they are told to", arguments: ["best", "random", "current"])
  func cycles(start: String) throws {
    let optimum = TestFunctions.optimum(4, 5.12, seed: 3)
    for proposal in ["mixed", "coordinate"] {
      let best = try ObjectiveRun<SimulatedAnnealing>.best(
        box(4, 5.12, seed: 3),
        [
          "cycles": .integer(4), "cycle_start": .choice(start, index: 0),
          "proposal": .choice(proposal, index: 0), "single_steps": .integer(4),
        ], seed: 3, budget: 40_000
      ) { TestFunctions.rastrigin($0, about: optimum) }
      #expect(best < 1e-2, "\(proposal)")
    }
  }

  @Test("Local descents begin at the best point of all cuts, and are cuts too")
  func polish() throws {
    for seed in 1...3 as ClosedRange<UInt64> {
      let changes = Self.coordinate.merging(["polish": .choice("between", index: 1)]) { $1 }
      var run = try ObjectiveRun(
        SimulatedAnnealing.self, box(10, 5, seed: seed), changes, seed: seed, budget: 40_000
      ) { x, _ in (TestFunctions.rosenbrock(x), []) }
      try run.finish()
      #expect(run.best < 1e-8, "seed \(seed)")
      #expect(run.queries.allSatisfy { $0.kind == .cuts })
      let first = try #require(run.queries.firstIndex { $0.offsets.count == 10 })
      let before = run.queries[..<first].dropLast()
      let losses = run.points[..<before.reduce(0) { $0 + $1.offsets.count }].map {
        TestFunctions.rosenbrock($0[...])
      }
      let start = TestFunctions.rosenbrock(run.queries[first - 1].base[...])
      #expect(start == losses.min())
    }
  }
}
