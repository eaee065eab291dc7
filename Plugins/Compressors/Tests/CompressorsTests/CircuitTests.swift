import Compressors
import Foundation
import QHostTesting
import Testing

@Suite("Circuits")
struct CircuitTests {
  /// Angles over ±π that look random, and some at the ends.
  static func angles(_ count: Int, _ seed: Int) -> [Double] {
    (0..<count).map { place in
      if place % 37 == 5 { return Double.pi }
      if place % 41 == 7 { return 0 }
      let x = sin(Double(place * 71 + seed * 131 + 1)) * 43_758.5453
      return (2 * (x - x.rounded(.down)) - 1) * .pi
    }
  }

  static func difference<Real: CircuitReal>(
    _ a: [(Real, Real)], _ b: [(Double, Double)]
  ) -> Double {
    zip(a, b).map { max(abs(Double($0.0) - $1.0), abs(Double($0.1) - $1.1)) }.max() ?? .infinity
  }

  @Test(
    "Amplitudes are those of the gates one by one", arguments: 2...14, Entangler.allCases)
  func amplitudes(n: Int, entangler: Entangler) {
    let ansatz = Ansatz(
      qubitCount: n, repetitions: 3, extraRotationLayers: 1, entangler: entangler)
    let angles = Self.angles(ansatz.angleCount, n)
    let reference = GateReference.efficientSU2(
      n, layers: 5, repetitions: 3, entangler: entangler.rawValue, angles: angles
    ).amplitudes
    let single = CircuitEngine<Float>(ansatz).amplitudes(angles: angles)
    let double = CircuitEngine<Double>(ansatz).amplitudes(angles: angles)
    let plain = CircuitEngine<Double>(ansatz, usesKernels: false).amplitudes(angles: angles)
    #expect(single.count == 1 << n)
    #expect(Self.difference(single, reference) < 1e-6)
    #expect(Self.difference(double, reference) < 1e-12)
    #expect(Self.difference(plain, reference) < 1e-12)
    let norm = double.reduce(0) { $0 + $1.0 * $1.0 + $1.1 * $1.1 }
    #expect(abs(norm - 1) < 1e-12)
  }

  @Test("U3 and CU3 in a circle too", arguments: [1, 2, 3, 5])
  func u3(n: Int) {
    let ansatz = Ansatz(.u3cu3, qubitCount: n, repetitions: 2)
    let angles = Self.angles(ansatz.angleCount, n)
    var state = GateReference(n)
    var place = 0
    for _ in 0..<2 {
      for q in 0..<(n > 1 ? 2 * n : 1) {
        let isControlled = q >= n
        state.u3(
          angles[place], angles[place + 1], angles[place + 2],
          isControlled ? (q - n + 1) % n : q, control: isControlled ? q - n : nil)
        place += 3
      }
    }
    #expect(place == angles.count)
    let amplitudes = CircuitEngine<Double>(ansatz).amplitudes(angles: angles)
    #expect(Self.difference(amplitudes, state.amplitudes) < 1e-12)
  }

  @Test("More than one tile of the high qubits and many blocks", arguments: Entangler.allCases)
  func large(entangler: Entangler) {
    let ansatz = Ansatz(qubitCount: 17, repetitions: 2, entangler: entangler)
    let angles = Self.angles(ansatz.angleCount, 17)
    let plain = CircuitEngine<Double>(ansatz, usesKernels: false).amplitudes(angles: angles)
    #expect(
      Self.difference(CircuitEngine<Double>(ansatz).amplitudes(angles: angles), plain) < 1e-12)
    #expect(
      Self.difference(CircuitEngine<Float>(ansatz).amplitudes(angles: angles), plain) < 1e-6)
  }

  @Test("Half turns of all qubits leave the range of single precision and are turned twice")
  func halfTurns() {
    let ansatz = Ansatz(qubitCount: 13, repetitions: 2)
    var angles = Self.angles(ansatz.angleCount, 3)
    for q in 0..<13 {
      angles[q] = .pi
      angles[2 * 13 + q] = q % 2 == 0 ? .pi : -.pi + 1e-9
      angles[4 * 13 + q] = 3 * .pi - 1e-5
    }
    let reference = GateReference.efficientSU2(
      13, layers: 3, repetitions: 2, entangler: "linear", angles: angles
    ).amplitudes
    #expect(
      Self.difference(CircuitEngine<Float>(ansatz).amplitudes(angles: angles), reference) < 1e-6)
    #expect(
      Self.difference(CircuitEngine<Double>(ansatz).amplitudes(angles: angles), reference) < 1e-12)
  }
}
