import Compressors
import Foundation
import QHostTesting
import Testing

@Suite("Gradients of circuits")
struct CircuitGradientTests {
  static func slopes(_ n: Int) -> [Double] { (0..<1 << n).map { sin(Double($0 * 17 + 3)) } }

  static func loss(_ engine: CircuitEngine<Double>, _ angles: [Double]) -> Double {
    var p = [Double](repeating: .nan, count: 1 << engine.ansatz.qubitCount)
    angles.withUnsafeBufferPointer { angles in
      p.withUnsafeMutableBufferPointer { engine.probabilities(angles: angles, into: $0) }
    }
    return zip(p, slopes(engine.ansatz.qubitCount)).reduce(0) { $0 + $1.0 * $1.1 }
  }

  static func gradient<Real: CircuitReal>(
    _ engine: CircuitEngine<Real>, _ angles: [Double]
  ) -> [Double] {
    var gradient = [Double](repeating: .nan, count: angles.count)
    slopes(engine.ansatz.qubitCount).withUnsafeBufferPointer { slopes in
      angles.withUnsafeBufferPointer { angles in
        gradient.withUnsafeMutableBufferPointer {
          engine.gradient(slopes: slopes, angles: angles, into: $0)
        }
      }
    }
    return gradient
  }

  static func check(_ ansatz: Ansatz, angles: [Double]) {
    let engine = CircuitEngine<Double>(ansatz)
    let gradient = gradient(engine, angles)
    let single = Self.gradient(CircuitEngine<Float>(ansatz), angles)
    let step = 1e-3
    for place in angles.indices {
      var (up, down) = (angles, angles)
      up[place] += step
      down[place] -= step
      let difference = (loss(engine, up) - loss(engine, down)) / (2 * step)
      // The loss has frequencies up to 1 in each angle, of controlled gates too: h²/6 of them is left out.
      #expect(abs(difference - gradient[place]) < 1e-6, "angle \(place)")
      #expect(abs(single[place] - gradient[place]) < 2e-6, "angle \(place)")
    }
  }

  @Test(
    "They agree with central differences", arguments: [2, 5, 8, 9, 10, 11, 12, 13, 14],
    Entangler.allCases)
  func efficientSU2(n: Int, entangler: Entangler) {
    let ansatz = Ansatz(
      qubitCount: n, repetitions: 2, extraRotationLayers: 1, entangler: entangler)
    Self.check(ansatz, angles: CircuitTests.angles(ansatz.angleCount, n + 7))
  }

  @Test("And those of U3 and CU3", arguments: [1, 2, 4])
  func u3(n: Int) {
    let ansatz = Ansatz(.u3cu3, qubitCount: n, repetitions: 2)
    Self.check(ansatz, angles: CircuitTests.angles(ansatz.angleCount, n))
  }

  @Test(
    "Kernels and gates one by one agree on many tiles and blocks", arguments: Entangler.allCases)
  func large(entangler: Entangler) {
    let ansatz = Ansatz(qubitCount: 17, repetitions: 1, entangler: entangler)
    let angles = CircuitTests.angles(ansatz.angleCount, 5)
    let plain = Self.gradient(CircuitEngine<Double>(ansatz, usesKernels: false), angles)
    let kernels = Self.gradient(CircuitEngine<Double>(ansatz), angles)
    for (a, b) in zip(plain, kernels) { #expect(abs(a - b) < 1e-12) }
    #expect(plain.contains { abs($0) > 1e-6 })
  }

  @Test("The last RZ of each qubit changes nothing, and half turns do no harm")
  func halfTurns() {
    let ansatz = Ansatz(qubitCount: 13, repetitions: 1)
    var angles = CircuitTests.angles(ansatz.angleCount, 3)
    for q in 0..<13 { angles[2 * 13 + q] = .pi - 1e-7 }
    let plain = Self.gradient(CircuitEngine<Double>(ansatz, usesKernels: false), angles)
    let kernels = Self.gradient(CircuitEngine<Double>(ansatz), angles)
    let single = Self.gradient(CircuitEngine<Float>(ansatz), angles)
    for place in angles.indices {
      #expect(abs(plain[place] - kernels[place]) < 1e-12)
      #expect(abs(plain[place] - single[place]) < 2e-6)
    }
    #expect(kernels.suffix(13).allSatisfy { $0 == 0 })
  }

  @Test("A gradient does not need the forward pass before it, and does not spoil the next one")
  func states() {
    let ansatz = Ansatz(qubitCount: 9, repetitions: 2)
    let angles = CircuitTests.angles(ansatz.angleCount, 1)
    let (used, fresh) = (CircuitEngine<Double>(ansatz), CircuitEngine<Double>(ansatz))
    let before = Self.loss(used, angles)
    let first = Self.gradient(used, angles)
    #expect(first == Self.gradient(used, angles))
    #expect(first == Self.gradient(fresh, angles))
    #expect(before == Self.loss(used, angles))
  }
}
