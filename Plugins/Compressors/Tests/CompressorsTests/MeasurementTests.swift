import Compressors
import Foundation
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Shots and noise")
struct MeasurementTests {
  /// The outcomes of a circuit, none of them rare.
  static func probabilities(_ n: Int) -> [Double] {
    let p = (0..<1 << n).map { 1 + 0.9 * sin(Double($0 * 7 + 1)) }
    let total = p.reduce(0, +)
    return p.map { $0 / total }
  }

  @Test("Histograms of shots pass a chi-squared test", arguments: [1, 2, 3, 4, 5])
  func chiSquared(seed: UInt64) {
    let p = Self.probabilities(6)
    let shots = 64_000
    var seen = [Double](repeating: 0, count: p.count)
    let table = p.withUnsafeBufferPointer { Multinomial($0) }
    seen.withUnsafeMutableBufferPointer {
      table.sample(shots: shots, host: TestHost(seed: seed), step: 9, index: 3, into: $0)
    }
    #expect(abs(seen.reduce(0, +) - 1) < 1e-12)
    let chi = zip(seen, p).reduce(0) {
      let expected = $1.1 * Double(shots)
      let difference = $1.0 * Double(shots) - expected
      return $0 + difference * difference / expected
    }
    // 63 degrees of freedom: mean 63, deviation 11.2; beyond 5 of them once in some 10⁶.
    #expect(chi > 63 - 4 * 11.2 && chi < 63 + 5 * 11.2, "\(chi)")
  }

  @Test("Outcomes without probability are never seen, and a certain one always")
  func certain() {
    let p = [0, 0, 1.0, 0]
    var seen = [Double](repeating: 0, count: 4)
    let table = p.withUnsafeBufferPointer { Multinomial($0) }
    seen.withUnsafeMutableBufferPointer {
      table.sample(shots: 1000, host: TestHost(seed: 1), step: 0, index: 3, into: $0)
    }
    #expect(seen == p)
  }

  @Test("Bits that are read wrongly")
  func readout() {
    var p = [1.0, 0, 0, 0]
    p.withUnsafeMutableBufferPointer { CircuitNoise(readout: 0.1).read($0) }
    for (value, expected) in zip(p, [0.81, 0.09, 0.09, 0.01]) {
      #expect(abs(value - expected) < 1e-15)
    }
  }

  @Test("Trajectories average to the depolarised state of one qubit")
  func depolarising() {
    // One qubit, two rotations and a Hadamard: p_1 relaxes to 1/2 by 1 − λ for each gate.
    let ansatz = Ansatz(qubitCount: 1, repetitions: 0)
    let angles = [0.9, 0.4]
    let engine = CircuitEngine<Double>(ansatz)
    let noise = CircuitNoise(depolarising: 0.2)
    var exact = [0.0, 0]
    var (mean, count) = (0.0, 20_000)
    angles.withUnsafeBufferPointer { angles in
      exact.withUnsafeMutableBufferPointer { engine.probabilities(angles: angles, into: $0) }
      for trajectory in 0..<count {
        let uniforms = TestHost(seed: 7).uniforms(
          step: 0, index: UInt64(trajectory), count: CircuitNoise.placeCount(ansatz.gates))
        let errors = noise.errors(gates: ansatz.gates, uniforms: uniforms)
        var p = [0.0, 0]
        p.withUnsafeMutableBufferPointer {
          engine.probabilities(angles: angles, errors: errors, into: $0)
        }
        mean += p[1] / Double(count)
      }
    }
    let expected = 0.5 + (exact[1] - 0.5) * 0.8 * 0.8 * 0.8
    count = Int(Double(count).squareRoot())
    #expect(abs(mean - expected) < 3 / Double(count), "\(mean) and \(expected)")
    #expect(abs(mean - exact[1]) > 10 / Double(count))
  }
}
