import Foundation
import QHostInterfaces
import QHostTesting
import SchrodingerSolvers
import Testing
import Tunneling

@Suite("Tunneling's dynamics")
struct DynamicsTests {
  /// (z² − 1)² + 0.2 z: the lower well is near −1.024, the upper one near 0.974.
  private static func doubleWell(_ x: [Double]) -> Double {
    let z = x[0]
    return (z * z - 1) * (z * z - 1) + 0.2 * z
  }

  private static let problem = Problem(queries: .cuts, initial: [0.974], scales: [1])

  /// Where one wide cut through both wells, made from the upper one, takes the parameter.
  private static func step(_ dynamics: String, _ changes: [String: ParameterValue] = [:]) throws
    -> Double
  {
    var all: [String: ParameterValue] = [
      "offsets": .integer(33), "grid": .integer(65), "hbar_start": .real(0.05),
      "box_start": .real(2.1), "steps": .integer(1000),
      "dynamics": .choice(dynamics, index: 0),
    ]
    all.merge(changes) { $1 }
    var objective = CutObjective(doubleWell)
    let trainer = try makeTrainer(problem, all)
    try run(trainer, &objective, evaluations: 66, of: 1_000_000)
    return objective.point[0]
  }

  @Test("The ground state and the lowest point lie in the lower well, whatever the start")
  func stationary() throws {
    for dynamics in ["ground-state", "minimum", "smoothing"] {
      #expect(try Self.step(dynamics) < -0.8, "\(dynamics)")
    }
  }

  @Test("Imaginary time stays where it starts while it is short, and tunnels when it is long")
  func imaginaryTime() throws {
    #expect(try Self.step("imaginary-time", ["time": .real(0.1)]) > 0.8)
    #expect(try Self.step("imaginary-time", ["time": .real(8)]) < -0.8)
  }

  @Test("Real time with friction stays in its well where ħ is small, and tunnels where it is large")
  func realTime() throws {
    let long: ParameterValue = .real(60)
    #expect(try Self.step("real-time", ["hbar_start": .real(0.02), "time": long]) > 0.8)
    #expect(try Self.step("real-time", ["hbar_start": .real(0.1), "time": long]) < -0.8)
  }

  @Test("Quantum Hamiltonian descent begins as a wave over the box and ends in the lower well")
  func descent() throws {
    #expect(try Self.step("qhd", ["time": .real(8)]) < -0.8)
  }

  @Test("The mean of a packet in two wells lies between them, its peak in one of them")
  func readOuts() throws {
    let even = Problem(queries: .cuts, initial: [0], scales: [1])
    var places: [String: Double] = [:]
    for readOut in ["mean", "peak", "auto"] {
      var objective = CutObjective { ($0[0] * $0[0] - 1) * ($0[0] * $0[0] - 1) + 1e-3 * $0[0] }
      let trainer = try makeTrainer(
        even,
        [
          "offsets": .integer(33), "grid": .integer(65), "hbar_start": .real(0.3),
          "box_start": .real(1.6), "read_out": .choice(readOut, index: 0),
        ])
      try run(trainer, &objective, evaluations: 66, of: 1_000_000)
      places[readOut] = objective.point[0]
    }
    #expect(abs(places["mean"] ?? 9) < 0.5)
    #expect(abs(places["peak"] ?? 0) > 0.5)
  }

  @Test(
    "Every dynamics finds a sphere, by cuts and by shared samples",
    arguments: ["ground-state", "imaginary-time", "real-time", "qhd", "minimum", "smoothing"])
  func spheres(dynamics: String) throws {
    for builder in ["cut", "shared", "subspace"] {
      let problem = openProblem(Array(repeating: -3, count: 6), 5)
      var objective = PointObjective { $0.reduce(0) { $0 + ($1 - 0.7) * ($1 - 0.7) } }
      let trainer = try makeTrainer(
        problem,
        ["builder": .choice(builder, index: 0), "dynamics": .choice(dynamics, index: 0)])
      try run(trainer, &objective, problem, evaluations: 20_000, until: 1e-3)
      #expect(objective.bestLoss <= 1e-3, "\(builder)")
    }
  }

  @Test("All solvers serve the dynamics that they have")
  func solvers() throws {
    let host = TestHost()
    let solvers: [any Solver] = [
      try FiniteDifference(request: request(for: FiniteDifference.descriptor, host: host)),
      try SplitOperator(request: request(for: SplitOperator.descriptor, host: host)),
      try Mesoscopic(request: request(for: Mesoscopic.descriptor, host: host)),
      try SignedParticle(request: request(for: SignedParticle.descriptor, host: host)),
    ]
    for solver in solvers {
      for dynamics in ["ground-state", "imaginary-time", "real-time"] {
        var objective = CutObjective { ($0[0] - 0.3) * ($0[0] - 0.3) }
        let trainer = try Tunneling(
          request: request(
            for: Tunneling.descriptor,
            ["dynamics": .choice(dynamics, index: 0), "steps": .integer(8), "grid": .integer(33)],
            host: host, solvers: ["solver": solver]),
          problem: Problem(queries: .cuts, initial: [1], scales: [1]))
        try run(trainer, &objective, evaluations: 60)
        #expect(abs(objective.point[0] - 0.3) < 0.15, "\(dynamics) \(solver)")
      }
    }
  }

  /// Has no real time.
  private final class Still: Solver {
    func evolve(_ packets: inout Packets) throws(ComponentError) {
      throw .unsupported("still has no real time; take another solver")
    }
  }

  @Test("A solver without the mode is refused in its own words")
  func missingMode() throws {
    let trainer = try Tunneling(
      request: request(
        for: Tunneling.descriptor, ["dynamics": .choice("real-time", index: 2)],
        host: TestHost(), solvers: ["solver": Still()]),
      problem: Self.problem)
    var objective = CutObjective(Self.doubleWell)
    #expect(throws: ComponentError.self) { try run(trainer, &objective, evaluations: 6) }
  }
}
