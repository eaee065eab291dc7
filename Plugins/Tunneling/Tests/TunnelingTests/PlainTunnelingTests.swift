import Foundation
import QHostInterfaces
import QHostNumerics
import QHostTesting
import Testing
import Tunneling

@Suite("The plain trainer")
struct PlainTunnelingTests {
  /// The cross-entropy of a network of 2 inputs, 3 tanh units and 1 output on the four rows of XOR.
  private static func loss(_ w: [Double]) -> Double {
    [(-1.0, -1.0), (-1, 1), (1, -1), (1, 1)].reduce(0) { sum, row in
      let output = (0..<3).reduce(w[12]) { output, unit in
        let z = w[3 * unit] * row.0 + w[3 * unit + 1] * row.1 + w[3 * unit + 2]
        return output + w[9 + unit] * tanh(z)
      }
      let sign = row.0 == row.1 ? 1.0 : -1
      return sum + log1p(exp(sign * output)) / 4
    }
  }

  @Test("It makes the moves of the trainer, with losses within 1e-5", arguments: [3, 5, 9, 17])
  func sameMoves(_ offsets: Int) throws {
    for seed in 1...3 as ClosedRange<UInt64> {
      let start = TestHost(seed: seed).uniforms(step: 7, index: 9, count: 13).map { 2 * $0 - 1 }
      let spreads = start.indices.map { 0.5 + 0.05 * Double($0) }
      let budget = offsets * 13 * 30
      let problem = Problem(queries: .cuts, initial: start, scales: spreads)
      let trainer = try makeTrainer(problem, ["offsets": .integer(offsets)], seed: seed)
      var objective = CutObjective(Self.loss)
      try run(trainer, &objective, evaluations: budget)
      // The moves that the last answer led to go with the next query.
      var last = Query()
      try trainer.ask(&last)
      _ = objective.answer(last, progress: 1)

      var plain = PlainTunneling(start, spreads: spreads, offsetCount: offsets)
      var random = RandomStream(host: TestHost(seed: seed))
      plain.train(budget: budget, draw: { random.integer(below: $0) }, loss: Self.loss)

      #expect(plain.moves.count > 13 * 20)
      for (a, b) in zip(plain.parameters, objective.point) {
        #expect(abs(a - b) < 1e-6, "seed \(seed), \(offsets) offsets")
      }
      let losses = (Self.loss(plain.parameters), Self.loss(objective.point))
      #expect(abs(losses.0 - losses.1) < 1e-5)
      #expect(losses.0 < 0.95 * Self.loss(start))
    }
  }
}
