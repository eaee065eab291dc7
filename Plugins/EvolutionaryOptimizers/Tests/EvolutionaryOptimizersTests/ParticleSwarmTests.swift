import EvolutionaryOptimizers
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Particle swarm")
struct ParticleSwarmTests {
  private typealias Run = ObjectiveRun<ParticleSwarm>

  @Test("Every topology solves the sphere, n = 10", arguments: ["random", "ring", "global"])
  func sphere(topology: String) throws {
    let optimum = TestFunctions.optimum(10, 5.12, seed: 1)
    let best = try Run.best(
      TestFunctions.box(10, 5.12, seed: 1), ["topology": .choice(topology, index: 0)], seed: 1,
      budget: 20_000
    ) { TestFunctions.sphere($0, about: optimum) }
    #expect(best < 1e-8)
  }

  @Test("The first swarm holds the initial point, and each one is one query")
  func generations() throws {
    let problem = TestFunctions.box(3, 5, seed: 1)
    var run = try Run(ParticleSwarm.self, problem, ["population": .integer(8)], budget: 24) {
      x, _ in (TestFunctions.rosenbrock(x), [])
    }
    try run.finish()
    #expect(run.points[0] == problem.initial)
    #expect(run.queries.map { $0.points.count / 3 } == [8, 8, 8])
  }

  @Test("Without inertia a particle ends in the ball about the mean of the points that attract it")
  func ball() throws {
    // All particles know the best: p is its own first place, l the place of the least loss.
    let (count, n, c) = (20, 3, 1.2)
    let problem = Problem(queries: .points, initial: [0, 0, 0], scales: [1, 1, 1])
    var run = try Run(
      ParticleSwarm.self, problem,
      [
        "population": .integer(count), "topology": .choice("global", index: 2),
        "inertia": .real(0), "attraction": .real(c),
      ], budget: 2 * count
    ) { x, _ in (TestFunctions.rosenbrock(x), []) }
    try run.finish()
    let first = Array(run.points[..<count])
    let losses = first.map { TestFunctions.rosenbrock($0[...]) }
    let least = try #require(losses.indices.min { losses[$0] < losses[$1] })
    for index in 0..<count where index != least {
      let x = first[index]
      let towards = (0..<n).map { c * (first[least][$0] - x[$0]) / 3 }
      let radius = towards.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let moved = (0..<n).map { run.points[count + index][$0] - x[$0] - towards[$0] }
      let distance = moved.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(distance <= radius * (1 + 1e-12) && distance > 0)
    }
  }

  @Test("Only the order of losses counts")
  func order() throws {
    func points(_ change: @escaping (Double) -> Double) throws -> [[Double]] {
      var run = try Run(ParticleSwarm.self, TestFunctions.box(4, 5, seed: 2), budget: 400) {
        x, _ in (change(TestFunctions.rosenbrock(x)), [])
      }
      try run.finish()
      return run.points
    }
    #expect(try points { $0 } == points { 3 * $0.squareRoot() - 7 })
  }
}
