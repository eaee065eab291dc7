import ClassicalOptimizers
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Annealing by swaps")
struct AnnealingSwapTests {
  /// 8 places, each with one of 4 letters, each letter twice; a wrong count costs 100.
  private static func loss(_ x: [Double]) -> Double {
    var (loss, counts) = (0.0, [0, 0, 0, 0])
    for (place, letter) in x.enumerated() {
      counts[Int(letter)] += 1
      loss += Double((place * 5 + Int(letter) * 7 + place * Int(letter) * 3) % 11)
    }
    return loss + 100 * Double(counts.reduce(0) { $0 + abs($1 - 2) })
  }

  private static func run(_ moves: String, seed: UInt64) throws -> Double {
    let count = 8
    let problem = Problem(
      queries: .points, initial: [0, 0, 1, 1, 2, 2, 3, 3],
      kinds: Array(repeating: .categorical, count: count),
      lower: Array(repeating: 0, count: count), upper: Array(repeating: 3, count: count))
    return try ObjectiveRun<SimulatedAnnealing>.best(
      problem, ["moves": .choice(moves, index: 0), "initial_temperature": .real(3)], seed: seed,
      budget: 3_000
    ) { loss(Array($0)) }
  }

  @Test("Swaps reach the best allocation that keeps its counts; single moves cannot cross between")
  func swaps() throws {
    var best = Double.infinity
    for code in 0..<65_536 {
      let x = (0..<8).map { Double(code >> (2 * $0) & 3) }
      best = min(best, Self.loss(x))
    }
    for seed in 1...5 as ClosedRange<UInt64> {
      #expect(try Self.run("swap", seed: seed) == best)
      #expect(try Self.run("own", seed: seed) > best)
    }
  }
}
