import EvolutionaryOptimizers
import QHostInterfaces
import QHostTesting
import Testing

@Suite("OpenAI's evolution strategy")
struct EvolutionStrategyTests {
  private typealias Run = ObjectiveRun<EvolutionStrategy>

  private static let plain: [String: ParameterValue] = [
    "pairs": .integer(5), "update": .choice("momentum", index: 1), "momentum": .real(0),
    "schedule": .choice("constant", index: 0), "sigma_final_ratio": .real(1),
    "sigma": .real(0.5), "learning_rate": .real(0.25),
  ]

  @Test("Points come in pairs on both sides of the mean, and the mean itself last")
  func pairs() throws {
    let problem = Problem(queries: .points, initial: [1, 2, 3], scales: [1, 2, 4])
    var run = try Run(EvolutionStrategy.self, problem, Self.plain, budget: 11) { _, _ in (0, []) }
    try run.finish()
    #expect(run.points.count == 11)
    #expect(run.points[10] == problem.initial)
    for pair in 0..<5 {
      for i in 0..<3 {
        let sum = run.points[2 * pair][i] + run.points[2 * pair + 1][i]
        #expect(abs(sum - 2 * problem.initial[i]) < 1e-14)
        #expect(run.points[2 * pair][i] != problem.initial[i])
      }
    }
  }

  @Test("A step is the mean of the noise by the differences of ranks")
  func step() throws {
    let problem = Problem(queries: .points, initial: [1, 2], scales: [1, 2])
    var run = try Run(EvolutionStrategy.self, problem, Self.plain, budget: 22) { x, _ in
      (TestFunctions.rosenbrock(x), [])
    }
    try run.finish()
    let points = run.points[..<10]
    let losses = points.map { TestFunctions.rosenbrock($0[...]) }
    let ranks = losses.map { loss in Double(losses.filter { $0 < loss }.count) / 9 - 0.5 }
    for i in 0..<2 {
      var slope = 0.0
      for pair in 0..<5 {
        // σε in units of the scale, over σ.
        let noise = (points[2 * pair][i] - problem.initial[i]) / problem.scales[i] / 0.5
        slope += (ranks[2 * pair] - ranks[2 * pair + 1]) * noise
      }
      let expected = problem.initial[i] - 0.25 * problem.scales[i] * slope / (10 * 0.5)
      #expect(abs(run.points[21][i] - expected) < 1e-13)
    }
  }

  @Test("A plateau has no slope")
  func plateau() throws {
    var run = try Run(
      EvolutionStrategy.self, Problem(queries: .points, initial: [1, 2]), budget: 300
    ) { _, _ in (4, []) }
    try run.finish()
    #expect(run.points.last == [1, 2])
  }

  @Test("Decay alone shrinks the mean by the learning rate times its weight")
  func decay() throws {
    for update in ["adam", "momentum"] {
      var changes = Self.plain
      changes["update"] = .choice(update, index: 0)
      changes["weight_decay"] = .real(0.5)
      var run = try Run(
        EvolutionStrategy.self, Problem(queries: .points, initial: [1, 2]), changes, budget: 22
      ) { _, _ in (4, []) }
      try run.finish()
      #expect(run.points.last == [0.875, 1.75])
    }
  }

  @Test("The sphere, n = 10, is solved to the size of the last perturbations")
  func sphere() throws {
    let optimum = TestFunctions.optimum(10, 5.12, seed: 1)
    let best = try Run.best(TestFunctions.box(10, 5.12, seed: 1), seed: 1, budget: 20_000) {
      TestFunctions.sphere($0, about: optimum)
    }
    // Perturbations end at 0.01 of a scale of 2.56: n (0.0256)², which the mean itself lies below.
    #expect(best < 10 * 0.0256 * 0.0256)
  }
}
