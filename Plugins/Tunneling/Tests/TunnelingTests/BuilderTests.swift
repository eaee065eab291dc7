import Foundation
import QHostInterfaces
import QHostTesting
import Testing
import Tunneling

@Suite("Tunneling's builders")
struct BuilderTests {
  static func choice(_ builder: String) -> [String: ParameterValue] {
    ["builder": .choice(builder, index: 0)]
  }

  static func numbers(_ count: Int, within bound: Double, seed: UInt64) -> [Double] {
    TestHost(seed: seed).uniforms(step: 7, index: 9, count: count).map { (2 * $0 - 1) * bound }
  }

  /// Rastrigin's function about a place, along the rows of a rotation or the axes.
  static func rastrigin(_ shift: [Double], _ axes: [[Double]]? = nil) -> ([Double]) -> Double {
    { x in
      let d = zip(x, shift).map { $0 - $1 }
      let z = axes.map { $0.map { row in zip(row, d).reduce(0) { $0 + $1.0 * $1.1 } } } ?? d
      return z.reduce(0) { $0 + $1 * $1 + 10 - 10 * cos(2 * Double.pi * $1) }
    }
  }

  @Test("Rotated Rastrigin, n = 30, where cuts stall, falls below 1e-2", arguments: [true, false])
  func rotated(isRotated: Bool) throws {
    for seed in 1...3 as ClosedRange<UInt64> {
      let shift = Self.numbers(30, within: 3, seed: seed)
      let axes = isRotated ? rotation(30, seed: seed) : nil
      let problem = openProblem(
        Self.numbers(30, within: 5, seed: seed + 9), 5.12, hasFastCuts: true)
      for builder in ["auto", "shared", "subspace"] {
        var objective = PointObjective(Self.rastrigin(shift, axes))
        let trainer = try makeTrainer(problem, Self.choice(builder), seed: seed)
        try run(trainer, &objective, problem, evaluations: 100_000, until: 1e-2)
        #expect(objective.bestLoss <= 1e-2, "\(builder), seed \(seed)")
      }
      guard isRotated else { continue }
      var cuts = PointObjective(Self.rastrigin(shift, axes))
      let trainer = try makeTrainer(problem, Self.choice("cut"), seed: seed)
      try run(trainer, &cuts, problem, evaluations: 20_000, until: 1e-2)
      #expect(cuts.bestLoss > 10)
    }
  }

  @Test("Shared samples need as many losses whether the function is rotated or not")
  func rotationInvariance() throws {
    func count(_ axes: [[Double]]?, seed: UInt64) throws -> Double {
      let shift = Self.numbers(20, within: 2, seed: 5)
      let problem = openProblem(Array(repeating: 0, count: 20), 5.12)
      var objective = PointObjective(Self.rastrigin(shift, axes))
      let trainer = try makeTrainer(problem, Self.choice("shared"), seed: seed)
      try run(trainer, &objective, problem, evaluations: 200_000, until: 1e-2)
      #expect(objective.bestLoss <= 1e-2)
      return Double(objective.evaluationCount)
    }
    var (plain, rotated) = (0.0, 0.0)
    for seed in 1...5 as ClosedRange<UInt64> {
      plain += try count(nil, seed: seed)
      rotated += try count(rotation(20, seed: seed), seed: seed)
    }
    #expect(abs(log(plain / rotated)) < log(1.5))
  }

  @Test("Learned directions follow a rotated ellipsoid of condition 10⁴ and Rosenbrock's valley")
  func directions() throws {
    let axes = rotation(10, seed: 8)
    let shift = Self.numbers(10, within: 2, seed: 2)
    let problem = openProblem(Array(repeating: 1, count: 10), 5)
    var ellipsoid = PointObjective { x in
      let d = zip(x, shift).map { $0 - $1 }
      return axes.enumerated().reduce(0) { sum, row in
        let z = zip(row.element, d).reduce(0) { $0 + $1.0 * $1.1 }
        return sum + pow(10, 4 * Double(row.offset) / 9) * z * z
      }
    }
    let trainer = try makeTrainer(problem, Self.choice("subspace"))
    try run(trainer, &ellipsoid, problem, evaluations: 20_000, until: 1e-6)
    #expect(ellipsoid.bestLoss <= 1e-6)
    var valley = PointObjective { x in
      zip(x, x.dropFirst()).reduce(0) { sum, pair in
        let (a, b) = (pair.1 - pair.0 * pair.0, 1 - pair.0)
        return sum + 100 * a * a + b * b
      }
    }
    let follower = try makeTrainer(problem, Self.choice("subspace"))
    try run(follower, &valley, problem, evaluations: 30_000, until: 1e-6)
    #expect(valley.bestLoss <= 1e-6)
  }

  @Test("All points stay within the bounds, and fixed parameters where they are")
  func bounds() throws {
    for builder in ["shared", "subspace"] {
      let problem = Problem(
        queries: [.points, .cuts], initial: [1, 0, 2, 0.5], lower: [-1, 0, 2, 0.5],
        upper: [1, 1e-3, 50, 0.5])
      var objective = PointObjective { $0[0] - $0[1] + ($0[2] - 49) * ($0[2] - 49) }
      objective.keepsTrace = true
      let trainer = try makeTrainer(problem, Self.choice(builder))
      try run(trainer, &objective, problem, evaluations: 6000)
      #expect(
        objective.trace.allSatisfy { x in
          x.indices.allSatisfy { problem.lower[$0] <= x[$0] && x[$0] <= problem.upper[$0] }
        })
      // The minimum is in a corner: −1 − 0.001.
      #expect(objective.bestLoss < -0.99)
    }
  }

  @Test("Unbounded parameters far from the minimum walk there")
  func unbounded() throws {
    let problem = Problem(
      queries: .points, initial: Array(repeating: 0, count: 8), rowCount: 1)
    var objective = PointObjective { x in
      x.enumerated().reduce(0) { $0 + ($1.1 - 40) * ($1.1 - 40) * Double(1 + $1.0) }
    }
    let trainer = try makeTrainer(problem, Self.choice("shared"))
    try run(trainer, &objective, problem, evaluations: 20_000, until: 1e-4)
    #expect(objective.bestLoss <= 1e-4)
  }

  @Test("Infeasible points are high, and nothing but them is survived")
  func infinities() throws {
    for builder in ["shared", "subspace"] {
      let problem = openProblem([-3, 1, 0], 4)
      var objective = PointObjective { x in
        x[0] > 0.2 ? .infinity : x.reduce(0) { $0 + ($1 - 0.1) * ($1 - 0.1) }
      }
      let trainer = try makeTrainer(problem, Self.choice(builder))
      try run(trainer, &objective, problem, evaluations: 20_000, until: 1e-4)
      #expect(objective.bestLoss <= 1e-4)
      var nowhere = PointObjective { _ in .infinity }
      let lost = try makeTrainer(problem, Self.choice(builder))
      try run(lost, &nowhere, problem, evaluations: 3000)
      #expect(nowhere.evaluationCount >= 3000)
    }
  }

  @Test(
    "A run saved in the middle continues as an unbroken one", arguments: ["shared", "subspace"])
  func saving(builder: String) throws {
    let problem = openProblem(Array(repeating: 1, count: 5), 5)
    let loss = Self.rastrigin(Self.numbers(5, within: 2, seed: 3), rotation(5, seed: 1))
    for queries in [0, 1, 3, 20, 60, 200] {
      var whole = PointObjective(loss)
      whole.keepsTrace = true
      let first = try makeTrainer(problem, Self.choice(builder))
      try run(first, &whole, problem, evaluations: 40_000, queries: queries)
      let saved = try first.save()
      var copy = whole
      let second = try makeTrainer(problem, Self.choice(builder))
      try second.load(saved)
      #expect(try second.save() == saved)
      try run(first, &whole, problem, evaluations: 40_000, queries: 100)
      try run(second, &copy, problem, evaluations: 40_000, queries: 100)
      #expect(whole.trace == copy.trace)
      #expect(try first.save() == second.save())
    }
  }

  @Test("A run that stalled on cuts and continues with directions can be resumed")
  func savingAfterStall() throws {
    let problem = openProblem(Array(repeating: 1, count: 5), 5, hasFastCuts: true)
    let loss = Self.rastrigin(Self.numbers(5, within: 2, seed: 3), rotation(5, seed: 1))
    var objective = PointObjective(loss)
    let first = try makeTrainer(problem)
    try run(first, &objective, problem, evaluations: 5000)
    #expect(!objective.lastPoints.isEmpty)
    let second = try makeTrainer(problem)
    try second.load(try first.save())
    var copy = objective
    objective.keepsTrace = true
    copy.keepsTrace = true
    try run(first, &objective, problem, evaluations: 9000)
    try run(second, &copy, problem, evaluations: 9000)
    #expect(objective.trace == copy.trace)
  }

  @Test("What a builder cannot do is refused with the reason")
  func refusals() throws {
    let whole = Problem(queries: [.points, .cuts], initial: [0, 1], kinds: [.real, .integer])
    let cuts = Problem(queries: .cuts, initial: [0, 1])
    let batches = Problem(queries: .points, initial: [0, 1], rowCount: 10, batchRows: 2)
    let fixed = Problem(queries: .points, initial: [0], lower: [0], upper: [0])
    for (problem, builder) in [
      (whole, "shared"), (cuts, "shared"), (fixed, "shared"), (whole, "subspace"),
      (batches, "subspace"),
    ] {
      #expect(throws: ComponentError.self) { try makeTrainer(problem, Self.choice(builder)) }
    }
    for problem in [whole, cuts, batches, fixed] { _ = try makeTrainer(problem) }
    _ = try makeTrainer(batches, Self.choice("shared"))
  }

  @Test("Boxes of many parameters without fast cuts are sampled, all others are cut")
  func choosing() throws {
    for (count, isFast, kind) in [
      (10, false, Query.Kind.cuts), (100, true, .cuts), (100, false, .points),
    ] {
      let trainer = try makeTrainer(
        openProblem(Array(repeating: 1, count: count), 5, hasFastCuts: isFast))
      var query = Query()
      try trainer.ask(&query)
      #expect(query.kind == kind)
    }
    let unbounded = try makeTrainer(
      Problem(queries: [.points, .cuts], initial: Array(repeating: 1, count: 100)))
    var query = Query()
    try unbounded.ask(&query)
    #expect(query.kind == .cuts)
  }
}
