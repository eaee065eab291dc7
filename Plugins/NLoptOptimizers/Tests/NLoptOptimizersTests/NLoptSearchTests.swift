import Foundation
import NLoptOptimizers
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Every algorithm of NLopt, through libffi", .needsNLopt)
struct NLoptSearchTests {
  private static let box = Problem(
    queries: [.points, .gradient], initial: [1, -0.5, 2, -1], lower: [-2, -2, -2, -2],
    upper: [2, 2, 2, 2])

  private func run(
    _ algorithm: EveryAlgorithm, _ problem: Problem, _ changes: [String: ParameterValue] = [:],
    budget: Int, host: any HostServices = TestHost(), _ function: @escaping LoopRun.Function = bowl
  ) throws -> LoopRun {
    func finished<Kind: LoopOptimizerComponent>(_ kind: Kind.Type) throws -> LoopRun {
      try LoopRun.finished(
        kind, problem, algorithm.changes(changes), budget: budget, host: host, function)
    }
    return try finished(algorithm.kind)
  }

  @Test("It gets close to the bottom of a bowl", arguments: EveryAlgorithm.all)
  func bottom(_ algorithm: EveryAlgorithm) throws {
    let run = try run(algorithm, Self.box, budget: 4000)
    // The start has a loss of 15.6. Random searches come within a hundredth of it.
    #expect(run.best < (["isres", "esch"].contains(algorithm.algorithm) ? 0.15 : 1e-6))
    #expect(run.kinds.contains(.gradient) == algorithm.needsGradient)
  }

  @Test(
    "Integers are asked about as such, and brought down",
    arguments: EveryAlgorithm.all.filter { !$0.needsGradient })
  func wholeNumbers(_ algorithm: EveryAlgorithm) throws {
    let problem = Problem(
      queries: .points, initial: [0, 0, 0.5], kinds: [.integer, .categorical, .real],
      lower: [-9, 0, -2], upper: [9, 3, 2], scales: [3, 1, 1])
    let run = try run(algorithm, problem, budget: 500) { x in
      ((x[0] - 4) * (x[0] - 4) + abs(x[1] - 1) + x[2] * x[2], [])
    }
    #expect(run.points.allSatisfy { $0[0] == $0[0].rounded() && $0[1] == $0[1].rounded() })
    // The start has 17.25.
    #expect(run.best < 5)
  }

  @Test("All that it asks lies within the bounds", arguments: EveryAlgorithm.all)
  func bounds(_ algorithm: EveryAlgorithm) throws {
    let problem = Problem(
      queries: [.points, .gradient], initial: [0, 1, -2, 0.25, 0.5],
      lower: [-1, 1, -3, 0.25, 0.4], upper: [1, 3, 0, 0.25, .infinity], scales: [1, 2, 3, 1, 0.1])
    let run = try run(algorithm, problem, ["box": .real(4)], budget: 1500)
    #expect(run.losses.count > 3)
    for point in run.points {
      for i in point.indices {
        #expect(point[i] >= problem.lower[i])
        #expect(point[i] <= (i == 4 ? 0.5 + 4 * 0.1 : problem.upper[i]))
      }
    }
  }

  @Test("It returns as soon as the run is over, wherever that is", arguments: EveryAlgorithm.all)
  func cancelled(_ algorithm: EveryAlgorithm) throws {
    for budget in [0, 1, 2, 7, 30, 200] {
      let run = try run(algorithm, Self.box, ["tolerance": .real(0)], budget: budget, rosenbrock)
      #expect(run.losses.count <= budget)
      #expect(run.lateCount == 0 || run.reason != nil)
    }
  }

  @Test("The same seed gives the same points", arguments: EveryAlgorithm.all)
  func seeds(_ algorithm: EveryAlgorithm) throws {
    let runs = try [1, 1, 2].map { seed in
      try run(algorithm, Self.box, budget: 300, host: TestHost(seed: seed), rosenbrock)
    }
    #expect(runs[0].points == runs[1].points)
    // praxis draws a number only where its axes degenerate.
    guard algorithm.algorithm != "praxis" else { return }
    let isRandom = ["crs2", "isres", "esch"].contains(algorithm.algorithm)
    #expect((runs[0].points != runs[2].points) == isRandom)
  }

  @Test(
    "Infinite losses end it at most, and never with a point that is not a number",
    arguments: EveryAlgorithm.all)
  func infeasible(_ algorithm: EveryAlgorithm) throws {
    for limit in [1.5, -100] {
      let host = TestHost()
      let run = try run(algorithm, Self.box, budget: 1000, host: host) { x in
        x.reduce(0, +) > limit ? (.infinity, []) : bowl(x)
      }
      #expect(run.points.joined().allSatisfy { $0.isFinite })
      #expect(host.log.isEmpty || run.reason == .stalled)
    }
  }

  @Test("One free parameter is searched, or refused in a sentence", arguments: EveryAlgorithm.all)
  func single(_ algorithm: EveryAlgorithm) throws {
    let problem = Problem(
      queries: [.points, .gradient], initial: [1, 2], lower: [-3, 2], upper: [3, 2])
    if algorithm.algorithm == "bobyqa" {
      let error = #expect(throws: ComponentError.self) {
        try run(algorithm, problem, budget: 100)
      }
      #expect(error?.kind == .parameter)
      #expect(error?.message.contains("needs 2 parameters") == true)
    } else {
      let run = try run(algorithm, problem, budget: 1000)
      // 2 · 1.7² of the fixed one are left.
      #expect(run.best < 5.78 + 0.01)
    }
  }

  @Test(
    "A loop says why it ends",
    arguments: EveryAlgorithm.named("bobyqa") + EveryAlgorithm.named("lbfgs"))
  func reasons(_ algorithm: EveryAlgorithm) throws {
    #expect(
      try run(algorithm, Self.box, ["tolerance": .real(1e-4)], budget: 5000).reason == .converged)
    #expect(try run(algorithm, Self.box, ["tolerance": .real(1e-4)], budget: 3).reason == nil)
  }
}
