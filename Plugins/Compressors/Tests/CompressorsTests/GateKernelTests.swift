import Compressors
import Foundation
import Testing

@Suite("Kernels of single gates")
struct GateKernelTests {
  @Test(
    "Amplitudes and gradients of U3 and CU3 are those without kernels", arguments: [4, 5, 8, 11])
  func u3(n: Int) {
    compare(Ansatz(.u3cu3, qubitCount: n, repetitions: 2))
  }

  @Test(
    "And those of small circuits with every entangler", arguments: [4, 6, 7], Entangler.allCases)
  func efficientSU2(n: Int, entangler: Entangler) {
    compare(Ansatz(qubitCount: n, repetitions: 2, entangler: entangler))
  }

  private func compare(_ ansatz: Ansatz) {
    let angles = CircuitTests.angles(ansatz.angleCount, ansatz.qubitCount)
    let plain = CircuitEngine<Double>(ansatz, usesKernels: false)
    let (single, double) = (CircuitEngine<Float>(ansatz), CircuitEngine<Double>(ansatz))
    let amplitudes = plain.amplitudes(angles: angles)
    #expect(CircuitTests.difference(double.amplitudes(angles: angles), amplitudes) < 1e-13)
    #expect(CircuitTests.difference(single.amplitudes(angles: angles), amplitudes) < 1e-6)
    let gradient = CircuitGradientTests.gradient(plain, angles)
    #expect(gradient.contains { abs($0) > 1e-3 })
    for (a, b) in zip(gradient, CircuitGradientTests.gradient(double, angles)) {
      #expect(abs(a - b) < 1e-13)
    }
    for (a, b) in zip(gradient, CircuitGradientTests.gradient(single, angles)) {
      #expect(abs(a - b) < 2e-6)
    }
  }
}
