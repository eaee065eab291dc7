import Foundation
import QHostInterfaces
import QHostTesting
import SpikingNeurons
import Testing

@Suite("Spiking networks and their equations")
struct EquationTests {
  @Test(
    "Kernels do what the equations say",
    arguments: SpikingVariant.all + SpikingVariant.withoutGradient + SpikingVariant.encoders,
    [false, true])
  func plain(_ variant: SpikingVariant, isGraded: Bool) throws {
    let driven = try SpikingCase.bound(variant.settings, isGraded: isGraded)
    let point = try driven.start()
    let oracle = PlainOracle(driven, point)
    let outputs = try driven.forward(point)
    // Spikes are the same; the read-out sums some twenty products in another precision.
    for (a, b) in zip(outputs, oracle.outputs(oracle.all.map { Float($0) })) {
      #expect(abs(a - b) <= 1e-5 * max(1, abs(b)))
    }
    #expect(Set(outputs).count > 1, "all outputs are alike")
  }

  @Test("A membrane falls as e^(-t/tau)")
  func decay() throws {
    let model = try SpikingCase.model(
      [
        "hidden": .integers([]), "readout": SpikingCase.choice("membrane"),
        "time_constant": .real(20),
      ],
      input: [50, 1], outputCount: 1)
    var input = [Float](repeating: 0, count: 50)
    input[0] = 1
    let activity = try model.activity(of: input, parameters: [0.5, 0])
    for (step, membrane) in activity[0].membranes.enumerated() {
      let exact = 0.5 * exp(-Double(step) / 20)
      #expect(abs(Double(membrane[0]) - exact) <= 1e-6)
    }
  }

  @Test(
    "The period of a driven neuron is tau ln(I / (I - theta)) within 0.1 %",
    arguments: [1.25, 2, 8])
  func rate(_ current: Double) throws {
    let model = try SpikingCase.model(
      [
        "hidden": .integers([]), "readout": SpikingCase.choice("count"),
        "integration": SpikingCase.choice("exponential"), "reset": SpikingCase.choice("zero"),
        "time_constant": .real(10_000), "steps": .integer(60_000),
        "input": SpikingCase.choice("row"),
      ], input: [1], outputCount: 1)
    let activity = try model.activity(of: [1], parameters: [current, 0])
    let spikes = activity[0].spikes.indices.filter { activity[0].spikes[$0][0] }
    let period = Double(spikes[1] - spikes[0])
    let exact = 10_000 * log(current / (current - 1))
    #expect(abs(period / exact - 1) <= 1e-3, "\(period), not \(exact)")
  }

  @Test("The same on two threads at once")
  func threads() async throws {
    let alone = try outputs()
    let together = try await withThrowingTaskGroup(of: [Float].self) { group in
      for _ in 0..<2 { group.addTask { try outputs() } }
      return try await group.reduce(into: [[Float]]()) { $0.append($1) }
    }
    #expect(together == [alone, alone])
  }

  private func outputs() throws -> [Float] {
    let driven = try SpikingCase.bound(["recurrent": .boolean(true)])
    return try driven.forward(driven.start())
  }

  @Test("Dense products and single events give the same bits")
  func dense() throws {
    let driven = try SpikingCase.bound(["hidden": .integers([33])])
    for share in [0.1, 0.9] {
      let values = TestHost(seed: 3).uniforms(
        step: 0, index: 0, count: SpikingCase.steps * SpikingCase.channels * 4
      ).map { Float($0 < share ? 1 : 0) }
      try driven.bind(values, rowCount: 4)
      let point = try driven.start()
      let oracle = PlainOracle(driven, point)
      let plain = oracle.outputs(oracle.all.map { Float($0) })
      #expect(zip(try driven.forward(point), plain).allSatisfy { abs($0 - $1) <= 1e-5 })
    }
  }
}
