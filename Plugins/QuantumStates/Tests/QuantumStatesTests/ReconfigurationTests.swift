import Foundation
import QHostInterfaces
import QHostTesting
import QuantumStates
import Testing

@Suite("Stochastic reconfiguration")
struct ReconfigurationTests {
  private static let chain = SpinHamiltonian(
    z: [Double](repeating: -1, count: 6), x: [Double](repeating: 0, count: 6),
    h: [Double](repeating: 1, count: 6))
  private static let hidden: [String: ParameterValue] = ["hidden": .integer(6)]
  private static let sum: [String: ParameterValue] = ["estimator": .choice("sum", index: 1)]

  private static func problem(_ wave: WaveCase) -> Problem {
    let description = wave.model.modelDescription
    var problem = Problem(
      queries: [.points, .gradient], initial: wave.model.initialParameters(start: 0),
      lower: description.lower, upper: description.upper, scales: description.scales)
    problem.blocks = description.blocks
    return problem
  }

  private static func run(
    _ changes: [String: ParameterValue], wave: WaveCase, steps: Int
  ) throws -> ObjectiveRun<StochasticReconfiguration> {
    var draw: UInt64 = 0
    var run = try ObjectiveRun(
      StochasticReconfiguration.self, problem(wave), changes, budget: steps
    ) { point, _ in
      draw += 1
      guard let loss = try? wave.energy(Array(point), draw: draw),
        let gradient = try? wave.gradient()
      else { return (.infinity, [Double](repeating: 0, count: point.count)) }
      return (loss, gradient)
    }
    try run.finish()
    return run
  }

  @Test("With exact sums it finds the ground state of a critical ring to 1e-4")
  func exact() throws {
    let wave = try WaveCase(Self.chain, Self.hidden.merging(Self.sum) { $1 })
    let run = try Self.run(
      Self.sum.merging(["learning_rate": .real(0.1)]) { $1 }, wave: wave, steps: 300)
    let energy = try #require(FreeFermions.ring(spinCount: 6, coupling: -1, field: 1)) / 6
    #expect(abs(run.best / energy - 1) < 1e-4)
    // A state is never below the lowest one; the output is single.
    #expect(run.best > energy - 1e-6)
  }

  @Test("With samples it comes within 1e-3")
  func sampled() throws {
    let wave = try WaveCase(Self.chain, Self.hidden)
    let run = try Self.run(["learning_rate": .real(0.1)], wave: wave, steps: 200)
    let exact = try WaveCase(Self.chain, Self.hidden.merging(Self.sum) { $1 })
    let point = try #require(try run.optimizer.recommendation())
    let energy = try #require(FreeFermions.ring(spinCount: 6, coupling: -1, field: 1)) / 6
    #expect(abs(try exact.energy(point) / energy - 1) < 1e-3)
  }

  @Test("Saved and loaded on the way it takes the same steps")
  func resumed() throws {
    let wave = try WaveCase(Self.chain, ["hidden": .integer(2), "samples": .integer(8)])
    let changes: [String: ParameterValue] = ["samples": .integer(8)]
    let problem = Self.problem(wave)
    let whole = try ResumedRun.trace(
      StochasticReconfiguration.self, changes, problem, count: 12, pauses: [])
    let parts = try ResumedRun.trace(
      StochasticReconfiguration.self, changes, problem, count: 12, pauses: [3, 7])
    #expect(whole == parts)
  }

  @Test("Points without an energy lead half way back, and an end where there is no way")
  func stranded() throws {
    let wave = try WaveCase(Self.chain, ["hidden": .integer(2)])
    let problem = Self.problem(wave)
    var run = try ObjectiveRun(
      StochasticReconfiguration.self, problem, ["samples": .integer(8)], budget: 100
    ) { point, _ in (.infinity, [Double](repeating: 0, count: point.count)) }
    try run.finish()
    #expect(run.evaluationCount == 20)
    #expect(run.queries.last?.reason == .stalled)
    #expect(try run.optimizer.recommendation() == problem.initial)
  }

  @Test("Another model's problem is refused")
  func anotherModel() {
    #expect {
      _ = try StochasticReconfiguration(
        request: request(for: StochasticReconfiguration.descriptor),
        problem: Problem(queries: .gradient, initial: [0, 0]))
    } throws: { ($0 as? ComponentError)?.message.contains("--model rbm") == true }
  }
}
