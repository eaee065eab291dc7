import CCompressors
import Compressors
import Glibc
import QHostMemory

/// State vectors of circuits of 10 qubits.
enum CircuitDuels {
  static func all() -> [Duel] {
    let layers = Ansatz(qubitCount: 10, repetitions: 4)
    let gates = Ansatz(.u3cu3, qubitCount: 10, repetitions: 2)
    return circuit(Float.self, layers, "kernel_circuit (f32)", 2e-5)
      + circuit(Double.self, layers, "kernel_circuit (f64)", 1e-12)
      + circuit(Float.self, gates, "kernel_gate (f32)", 2e-5)
      + circuit(Double.self, gates, "kernel_gate (f64)", 1e-12) + functions()
  }

  /// Probabilities, then those and their gradient, each at other angles than the call before.
  private static func circuit<Real: CircuitReal>(
    _: Real.Type, _ ansatz: Ansatz, _ name: String, _ tolerance: Double
  ) -> [Duel] {
    let angles = [1, 2].map { Numbers.doubles(ansatz.angleCount, seed: $0, in: -3...3) }
    let count = 1 << ansatz.qubitCount
    let slopes = Numbers.doubles(count, seed: 3)
    let shape = "\(ansatz.qubitCount) qubits, \(ansatz.angleCount) angles"
    func room(_ count: Int) -> (AlignedBuffer<Double>, AlignedBuffer<Double>) {
      (AlignedBuffer(count: count), AlignedBuffer(count: count))
    }
    /// What an engine does twice, so that no state of the call before is left to use.
    func twice(
      _ engine: CircuitEngine<Real>, _ count: Int,
      _ body:
        @escaping (
          CircuitEngine<Real>, UnsafeBufferPointer<Double>, UnsafeMutableBufferPointer<Double>
        ) -> Void
    ) -> (UnsafeMutablePointer<Double>) -> Void {
      { out in
        let out = UnsafeMutableBufferPointer(start: out, count: count)
        for angles in angles { body(engine, angles.view, out) }
      }
    }
    func duel(
      _ name: String, _ count: Int,
      _ body:
        @escaping (
          CircuitEngine<Real>, UnsafeBufferPointer<Double>, UnsafeMutableBufferPointer<Double>
        ) -> Void
    ) -> Duel {
      Duel(
        name, twin: "PlainCircuit", shape + ", twice", tolerance: tolerance, room(count),
        run: twice(CircuitEngine<Real>(ansatz), count, body),
        plain: twice(CircuitEngine<Real>(ansatz, usesKernels: false), count, body))
    }
    return [
      duel(name + " probabilities", count) { $0.probabilities(angles: $1, into: $2) },
      duel(name + " gradient", ansatz.angleCount) {
        $0.gradient(slopes: slopes.view, angles: $1, into: $2)
      },
    ]
  }

  private static func functions() -> [Duel] {
    let count = 4096
    let angles = Numbers.doubles(count, seed: 4, in: -30...30)
    let z = Numbers.floats(count, seed: 5, in: -30...30)
    func room<Number>() -> (AlignedBuffer<Number>, AlignedBuffer<Number>) {
      (AlignedBuffer(count: 2 * count), AlignedBuffer(count: 2 * count))
    }
    return [
      Duel("kernel_half_angles", twin: "libm", "\(count) angles", tolerance: 1e-15, room()) {
        (out: UnsafeMutablePointer<Double>) in
        qhost_kernel_half_angles(count, angles.start, out, out + count)
      } plain: {
        for place in 0..<count {
          $0[place] = cos(0.5 * angles.start[place])
          $0[count + place] = sin(0.5 * angles.start[place])
        }
      },
      Duel("kernel_sine", twin: "libm", "\(count) numbers", tolerance: 1e-6, room()) {
        (out: UnsafeMutablePointer<Float>) in
        qhost_kernel_sine(z.start, 1, count, out, out + count)
      } plain: {
        for place in 0..<count {
          $0[place] = sinf(z.start[place])
          $0[count + place] = cosf(z.start[place])
        }
      },
    ]
  }
}
