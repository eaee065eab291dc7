import NLoptOptimizers
import QHostInterfaces
import QHostTesting
import Testing

/// What NLopt's own Python package asked, beside what is asked here: see `Oracles/rosenbrock.py`.
@Suite("The points of NLopt's Python package", .needsNLopt)
struct NLoptOracleTests {
  @Test("Each deterministic algorithm is recorded")
  func some() { #expect(RecordedPoints.all.count == 7) }

  @Test(
    "From the same start the same points are asked, one for one",
    arguments: ["cobyla", "bobyqa", "nelder-mead", "sbplx", "direct-l", "lbfgs", "slsqp"])
  func points(_ name: String) throws {
    let recorded = try #require(RecordedPoints.all[name])
    let algorithm = try #require(EveryAlgorithm.named(name).first)
    let problem = Problem(
      queries: [.points, .gradient], initial: [-1.2, 1], lower: [-3, -3], upper: [3, 4],
      scales: [0.5, 0.5])
    func finished<Kind: LoopOptimizerComponent>(_ kind: Kind.Type) throws -> LoopRun {
      try LoopRun.finished(
        kind, problem, algorithm.changes(["tolerance": .real(0)]), budget: 60, rosenbrock)
    }
    let run = try finished(algorithm.kind)
    #expect(run.losses.count == recorded.count)
    // Another compiler of NLopt rounds otherwise, which the valley's curvature enlarges.
    #expect(abs(run.best - recorded.best) <= 1e-6 * max(1e-9, recorded.best))
    for (place, point) in recorded.points {
      let asked = run.points[place]
      for (a, b) in zip(asked, point) { #expect(abs(a - b) <= 1e-6) }
    }
  }
}
