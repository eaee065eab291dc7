import Foundation
import QHostInterfaces
import QHostTesting
import Testing
import Tunneling

@Suite("Tunneling")
struct TunnelingTests {
  /// What the recorded run has seen after three scans and one narrow cut.
  private static let recordedLoss = 1.6475697250939447e-08

  private static func rastrigin(_ shift: [Double]) -> ([Double]) -> Double {
    { x in
      zip(x, shift).reduce(0) { sum, pair in
        let z = pair.0 - pair.1
        return sum + z * z - 10 * cos(2 * Double.pi * z) + 10
      }
    }
  }

  private static func numbers(_ count: Int, within bound: Double, seed: UInt64) -> [Double] {
    TestHost(seed: seed).uniforms(step: 7, index: 9, count: count).map { (2 * $0 - 1) * bound }
  }

  @Test("Shifted Rastrigin of 100 parameters falls below 1e-2 within 62,500 losses")
  func rastrigin() throws {
    for seed in 1...3 as ClosedRange<UInt64> {
      let shift = Self.numbers(100, within: 2, seed: seed)
      let start = Self.numbers(100, within: 5, seed: seed + 100)
      var objective = CutObjective(Self.rastrigin(shift))
      let trainer = try makeTrainer(boundedProblem(start, 5.12), seed: seed)
      try run(trainer, &objective, evaluations: 62_500, until: 1e-2)
      #expect(objective.bestLoss <= 1e-2, "seed \(seed)")
    }
  }

  @Test("A sphere is found to 1e-12, and the recommended point stands in it")
  func sphere() throws {
    var objective = CutObjective { $0.reduce(0) { $0 + ($1 - 0.7) * ($1 - 0.7) } }
    let trainer = try makeTrainer(boundedProblem(Array(repeating: -3, count: 10), 5))
    try run(trainer, &objective, evaluations: 3000)
    let point = try #require(try trainer.recommendation())
    #expect(objective.loss(point) < 1e-12)
  }

  @Test("Ackley of 10 parameters falls below 1e-2")
  func ackley() throws {
    let shift = Self.numbers(10, within: 12, seed: 4)
    var objective = CutObjective { x in
      let z = zip(x, shift).map { $0 - $1 }
      let square = z.reduce(0) { $0 + $1 * $1 } / 10
      let wave = z.reduce(0) { $0 + cos(2 * Double.pi * $1) } / 10
      return -20 * exp(-0.2 * square.squareRoot()) - exp(wave) + 20 + exp(1)
    }
    let trainer = try makeTrainer(boundedProblem(Array(repeating: 20, count: 10), 32.768))
    try run(trainer, &objective, evaluations: 20_000, until: 1e-2)
    #expect(objective.bestLoss <= 1e-2)
  }

  @Test("A coordinate leaves the wrong well of two")
  func doubleWell() throws {
    var objective = CutObjective { x in
      let z = x[0]
      return (z * z - 1) * (z * z - 1) + 0.2 * z
    }
    let trainer = try makeTrainer(
      Problem(queries: .cuts, initial: [1], scales: [1]), ["offsets": .integer(17)])
    try run(trainer, &objective, evaluations: 17 * 60)
    // (z² − 1)² + 0.2 z has its lowest minimum where 4z(z² − 1) = −0.2, near −1.0241.
    #expect(abs(objective.point[0] + 1.0241) < 0.05)
  }

  @Test("The same seed asks the same, another seed does not")
  func determinism() throws {
    func trace(seed: UInt64) throws -> [Double] {
      var objective = CutObjective(Self.rastrigin([0.3, -1, 2]))
      let trainer = try makeTrainer(boundedProblem([1, 2, 3], 5.12), seed: seed)
      try run(trainer, &objective, evaluations: 1500)
      return objective.trace
    }
    #expect(try trace(seed: 1) == trace(seed: 1))
    #expect(try trace(seed: 1) != trace(seed: 2))
  }

  @Test("A seeded run reaches the recorded loss")
  func recorded() throws {
    var objective = CutObjective(Self.rastrigin([0.3, -1, 2]))
    let trainer = try makeTrainer(boundedProblem([1, 2, 3], 5.12))
    try run(trainer, &objective, evaluations: 198)
    #expect(abs(objective.bestLoss / Self.recordedLoss - 1) < 1e-6, "\(objective.bestLoss)")
  }

  @Test("All queries stay within the bounds")
  func bounds() throws {
    let lower = [-1.0, 0, 2]
    let upper = [1.0, 1e-3, 50]
    for scan in ["auto", "never"] {
      var objective = CutObjective { x in
        for i in 0..<3 where x[i] < lower[i] - 1e-12 || x[i] > upper[i] + 1e-12 { return .nan }
        return x[0] - x[1] + (x[2] - 49) * (x[2] - 49)
      }
      let trainer = try makeTrainer(
        Problem(queries: .cuts, initial: [1, 0, 2], lower: lower, upper: upper),
        ["scan": .choice(scan, index: 0)])
      try run(trainer, &objective, evaluations: 4000)
      #expect(!objective.point.contains { $0.isNaN })
      #expect(objective.bestLoss < -0.95)
    }
  }

  @Test("Fixed parameters are left alone, and nothing to move ends the run")
  func fixedParameters() throws {
    var objective = CutObjective { $0[0] * $0[0] + $0[1] }
    let trainer = try makeTrainer(
      Problem(queries: .cuts, initial: [1, 3], lower: [-2, 3], upper: [2, 3]))
    try run(trainer, &objective, evaluations: 500)
    #expect(objective.point[1] == 3)
    #expect(objective.bestLoss < 3 + 1e-6)
    let stuck = try makeTrainer(Problem(queries: .cuts, initial: [3], lower: [3], upper: [3]))
    var query = Query()
    try stuck.ask(&query)
    #expect(query.kind == .done)
    #expect(query.reason == .converged)
  }

  @Test("Integers and categories stay on their sites and find the best ones")
  func lattices() throws {
    let costs = [3.0, 1, 4, 0.5, 5]
    var objective = CutObjective { x in
      #expect(x[0] == x[0].rounded() && x[1] == x[1].rounded())
      #expect((-20...20).contains(x[0]) && (0...4).contains(x[1]))
      return (x[0] - 13) * (x[0] - 13) + costs[Int(x[1])] + (x[2] - 0.5) * (x[2] - 0.5)
    }
    for block in [1, 3] {
      let trainer = try makeTrainer(
        Problem(
          queries: .cuts, initial: [-17, 2, 0], kinds: [.integer, .categorical, .real],
          lower: [-20, 0, -2], upper: [20, 4, 2]), ["block": .integer(block)])
      objective.evaluationCount = 0
      try run(trainer, &objective, evaluations: 600)
      #expect(objective.point[0] == 13)
      #expect(objective.point[1] == 3)
      #expect(abs(objective.point[2] - 0.5) < 1e-3)
    }
  }

  @Test("Integers without bounds walk to the best one")
  func unboundedIntegers() throws {
    var objective = CutObjective { ($0[0] - 40) * ($0[0] - 40) }
    let trainer = try makeTrainer(
      Problem(queries: .cuts, initial: [0], kinds: [.integer], scales: [3]))
    try run(trainer, &objective, evaluations: 1000)
    #expect(objective.point[0] == 40)
  }

  @Test("Infeasible points are walls, and all of them no reason to move")
  func infinities() throws {
    var objective = CutObjective { x in x[0] > 0.2 ? .infinity : (x[0] - 1) * (x[0] - 1) }
    let trainer = try makeTrainer(boundedProblem([-3], 4))
    try run(trainer, &objective, evaluations: 1500)
    #expect(objective.point[0] <= 0.2)
    let point = try #require(try trainer.recommendation())
    #expect(abs(point[0] - 0.2) < 0.05)
    var nowhere = CutObjective { _ in .infinity }
    let lost = try makeTrainer(boundedProblem([-3, 1], 4))
    try run(lost, &nowhere, evaluations: 1000)
    #expect(nowhere.point == [-3, 1])
  }

  @Test("Blocks of coordinates move together and still descend")
  func blocks() throws {
    var objective = CutObjective { x in
      x.reduce(0) { $0 + ($1 - 1) * ($1 - 1) } + 0.1 * x.reduce(0, +)
    }
    let trainer = try makeTrainer(
      Problem(queries: .cuts, initial: Array(repeating: 0, count: 12)),
      ["block": .integer(5), "damping": .real(0.5)])
    try run(trainer, &objective, evaluations: 3000)
    // Each coordinate: 2 (x − 1) + 0.1 = 0.
    #expect(objective.point.allSatisfy { abs($0 - 0.95) < 1e-2 })
  }

  @Test("Even offsets, a small grid and growing schedules are refused")
  func badSettings() throws {
    let problem = Problem(queries: .cuts, initial: [0])
    for changes: [String: ParameterValue] in [
      ["offsets": .integer(4)], ["scan_offsets": .integer(6)],
      ["offsets": .integer(35), "grid": .integer(33)],
      ["hbar_start": .real(0.1), "hbar_end": .real(0.2)],
      ["box_start": .real(0.1), "box_end": .real(0.2)],
    ] {
      #expect(throws: ComponentError.self) { try makeTrainer(problem, changes) }
    }
  }
}
