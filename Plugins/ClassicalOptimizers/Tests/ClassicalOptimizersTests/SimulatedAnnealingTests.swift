import ClassicalOptimizers
import Foundation
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Simulated annealing")
struct SimulatedAnnealingTests {
  @Test("Rastrigin's function, n = 10, is below 0.01 within 100 000 evaluations for most seeds")
  func rastrigin() throws {
    let solved = try (1...7 as ClosedRange<UInt64>).filter { seed in
      let optimum = TestFunctions.optimum(10, 5.12, seed: seed)
      return try ObjectiveRun<SimulatedAnnealing>.best(
        TestFunctions.box(10, 5.12, seed: seed), seed: seed, budget: 100_000
      ) { TestFunctions.rastrigin($0, about: optimum) } < 1e-2
    }
    #expect(solved.count >= 5)
  }

  @Test("Rosenbrock's function, n = 10, is near the end of the valley for most seeds")
  func rosenbrock() throws {
    // The second local minimum is at 3.99.
    let found = try (1...5 as ClosedRange<UInt64>).filter { seed in
      try ObjectiveRun<SimulatedAnnealing>.best(
        TestFunctions.box(10, 5, seed: seed), seed: seed, budget: 100_000,
        TestFunctions.rosenbrock) < 3.9
    }
    #expect(found.count >= 4)
  }

  @Test(
    "Every proposal, distribution and schedule finds the sphere",
    arguments: ["mixed", "coordinate", "all"], ["geometric", "linear", "fast"])
  func variants(proposal: String, cooling: String) throws {
    for distribution in ["automatic", "gaussian", "cauchy"] {
      let optimum = TestFunctions.optimum(4, 5.12, seed: 2)
      let best = try ObjectiveRun<SimulatedAnnealing>.best(
        TestFunctions.box(4, 5.12, seed: 2),
        [
          "proposal": .choice(proposal, index: 0), "cooling": .choice(cooling, index: 0),
          "distribution": .choice(distribution, index: 0),
        ], seed: 2, budget: 20_000
      ) { TestFunctions.sphere($0, about: optimum) }
      #expect(best < 0.1, "\(proposal), \(cooling), \(distribution)")
    }
  }

  /// The part of the time that a walk between two states of losses 0 and 3 spends in the first.
  private func partInFirst(
    _ changes: [String: ParameterValue], count: Int, isFast: Bool = false
  ) throws -> Double {
    let problem = Problem(
      queries: [.points, .cuts], initial: [0], kinds: [.categorical], lower: [0], upper: [1],
      hasFastCuts: isFast)
    var all: [String: ParameterValue] = [
      "cooling": .choice("linear", index: 1), "final_temperature_ratio": .real(1),
      "initial_samples": .integer(1),
    ]
    all.merge(changes) { $1 }
    var run = try ObjectiveRun(SimulatedAnnealing.self, problem, all, budget: count) { x, _ in
      (x.first == 0 ? 0 : 3, [])
    }
    try run.finish()
    // The candidate is always the other state, and the last loss of a query.
    var asked = AskedPoints()
    let candidates = try run.queries.compactMap { try asked.take($0, dimension: 1).last }
    return Double(candidates.filter { $0 == [1] }.count) / Double(candidates.count)
  }

  // Five standard errors; visits are correlated negatively, so independent ones are the worst case.
  private func slack(_ part: Double, count: Int) -> Double {
    5 * (part * (1 - part) / Double(count)).squareRoot()
  }

  @Test(
    "At a fixed temperature two states are visited as Boltzmann's distribution has it",
    arguments: [false, true])
  func boltzmann(isFast: Bool) throws {
    let part = try partInFirst(
      ["initial_temperature": .real(2)], count: 20_000, isFast: isFast)
    let expected = 1 / (1 + exp(-1.5))
    #expect(abs(part - expected) < slack(expected, count: 20_000))
  }

  @Test(
    "The initial temperature accepts the configured part of climbs", arguments: [0.2, 0.5, 0.8])
  func initialTemperature(acceptance: Double) throws {
    let part = try partInFirst(["initial_acceptance": .real(acceptance)], count: 20_000)
    // One leaves the first state at that rate and the second at once.
    let expected = 1 / (1 + acceptance)
    // The query of samples is one further point.
    #expect(abs(part - expected) < slack(expected, count: 20_000) + 1e-4)
  }

  @Test(
    "All kinds of step sample a Gaussian well", arguments: ["mixed", "coordinate", "all"],
    [false, true])
  func gaussianWell(proposal: String, isFast: Bool) throws {
    // With minibatches the recommendation is the current point.
    let problem = Problem(
      queries: [.points, .cuts], initial: [0, 0], rowCount: 2, batchRows: 1, hasFastCuts: isFast)
    var run = try ObjectiveRun(
      SimulatedAnnealing.self, problem,
      [
        "proposal": .choice(proposal, index: 0), "initial_temperature": .real(1),
        "single_steps": .integer(isFast ? 3 : 0),
        "initial_step": .real(2), "adaptation_gain": .real(0), "batch_stretch": .integer(1_000_000),
        "cooling": .choice("linear", index: 1), "final_temperature_ratio": .real(1),
      ], budget: 40_000
    ) { x, _ in (x.reduce(0) { $0 + $1 * $1 } / 2, []) }
    run.keepsTrace = false
    var squares = 0.0
    var count = 0.0
    while try run.advance() {
      squares += try #require(try run.optimizer.recommendation()).reduce(0) { $0 + $1 * $1 } / 2
      count += 1
    }
    // Steps of the well's own size forget within 40 steps: 1000 independent points of two coordinates
    // (750 where losses of the base point are asked for between), whose variance of 1 has a standard
    // error of √(2/2000).
    let independent = 2 * count / 40
    #expect(abs(squares / count - 1) < 5 * (2 / independent).squareRoot())
  }

  @Test("One candidate a query, after one query for the temperature")
  func queries() throws {
    let problem = TestFunctions.box(4, 5, seed: 1)
    var run = try ObjectiveRun(SimulatedAnnealing.self, problem, budget: 100) { x, _ in
      (x.reduce(0, +), [])
    }
    try run.finish()
    #expect(run.points[0] == problem.initial)
    #expect(run.queries[0].points.count == 33 * 4)
    #expect(run.queries.dropFirst().allSatisfy { $0.points.count == 4 })
  }

  @Test("When the minibatch changes, the current point is evaluated on the new one")
  func minibatches() throws {
    var problem = TestFunctions.box(2, 5, seed: 1)
    problem.rowCount = 100
    problem.batchRows = 10
    var run = try ObjectiveRun(
      SimulatedAnnealing.self, problem, ["batch_stretch": .integer(5)], budget: 60
    ) { x, batch in (x.reduce(0, +) + Double(batch), []) }
    try run.finish()
    let after = run.queries.dropFirst()
    // Candidates 1 to 5 on the first batch, then 5 on each, the first with the current point.
    for (place, query) in after.enumerated() {
      let changes = place > 0 && place % 5 == 0
      #expect(query.batch == (changes ? .next : .same))
      #expect(query.points.count == (changes ? 4 : 2))
    }
    #expect(try run.optimizer.recommendation() != nil)
  }

  @Test("A cycle begins where it is told to", arguments: ["best", "random", "current"])
  func cycles(start: String) throws {
    let optimum = TestFunctions.optimum(4, 5.12, seed: 3)
    let best = try ObjectiveRun<SimulatedAnnealing>.best(
      TestFunctions.box(4, 5.12, seed: 3),
      ["cycles": .integer(4), "cycle_start": .choice(start, index: 0)], seed: 3, budget: 40_000
    ) { TestFunctions.rastrigin($0, about: optimum) }
    #expect(best < 1e-2)
  }

  @Test("From infeasible points the walk continues until it finds a feasible one")
  func infeasibleStart() throws {
    let problem = Problem(queries: .points, initial: [-3, -3])
    let best = try ObjectiveRun<SimulatedAnnealing>.best(problem, seed: 1, budget: 5000) { x in
      x.allSatisfy { $0 > 0 } ? x.reduce(0) { $0 + $1 * $1 } : .infinity
    }
    #expect(best < 1e-3)
  }
}

@Suite("Simulated annealing with local descents")
struct PolishedAnnealingTests {
  @Test("Sphere and Rosenbrock's valley, n = 10, fall below 1e-8", arguments: ["after", "between"])
  func descents(turn: String) throws {
    for seed in 1...3 as ClosedRange<UInt64> {
      let optimum = TestFunctions.optimum(10, 5.12, seed: seed)
      let changes: [String: ParameterValue] = ["polish": .choice(turn, index: 0)]
      let sphere = try ObjectiveRun<SimulatedAnnealing>.best(
        TestFunctions.box(10, 5.12, seed: seed), changes, seed: seed, budget: 20_000
      ) { TestFunctions.sphere($0, about: optimum) }
      #expect(sphere < 1e-8)
      let valley = try ObjectiveRun<SimulatedAnnealing>.best(
        TestFunctions.box(10, 5, seed: seed), changes, seed: seed, budget: 40_000,
        TestFunctions.rosenbrock)
      #expect(valley < 1e-8, "seed \(seed)")
    }
  }

  @Test("A run that was saved in the middle of a descent continues to the same points")
  func resumption() throws {
    let problem = TestFunctions.box(4, 5, seed: 3)
    let changes: [String: ParameterValue] = [
      "polish": .choice("between", index: 1), "polish_interval": .real(0.1),
    ]
    for pause in [0, 20, 60, 75, 90, 150] {
      func makeRun() throws -> ObjectiveRun<SimulatedAnnealing> {
        try ObjectiveRun(SimulatedAnnealing.self, problem, changes, budget: 400) { x, _ in
          (TestFunctions.rosenbrock(x), [])
        }
      }
      var whole = try makeRun()
      try whole.finish()
      var first = try makeRun()
      for _ in 0..<pause { _ = try first.advance() }
      let saved = try first.optimizer.save()
      let other = try makeRun()
      try other.optimizer.load(saved)
      #expect(try other.optimizer.save() == saved)
      let points = try goOn(other.optimizer, from: first, until: 400)
      #expect(first.points + points == whole.points)
    }
  }

  private func goOn(
    _ optimizer: SimulatedAnnealing, from run: ObjectiveRun<SimulatedAnnealing>, until budget: Int
  ) throws -> [[Double]] {
    var points: [[Double]] = []
    var query = Query()
    while run.evaluationCount + points.count < budget {
      query.clear()
      try optimizer.ask(&query)
      var answer = Answer()
      for start in stride(from: 0, to: query.points.count, by: 4) {
        points.append(Array(query.points[start..<start + 4]))
        answer.losses.append(TestFunctions.rosenbrock(query.points[start..<start + 4]))
      }
      let count = Double(run.evaluationCount + points.count)
      answer.progress = min(1, count / Double(budget))
      try optimizer.tell(answer)
    }
    return points
  }
}
