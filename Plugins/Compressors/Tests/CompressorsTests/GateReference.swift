import Foundation

/// Circuits as textbooks have them: complex amplitudes, one gate after the other, in double precision.
struct GateReference {
  var amplitudes: [(Double, Double)]
  let n: Int

  init(_ n: Int) {
    self.n = n
    amplitudes = [(Double, Double)](repeating: (0, 0), count: 1 << n)
    amplitudes[0] = (1, 0)
  }

  /// A matrix [2 × 2] of complex numbers on qubit `target`, where `control` is 1.
  mutating func apply(_ m: [(Double, Double)], _ target: Int, control: Int? = nil) {
    for x in amplitudes.indices where x >> target & 1 == 0 {
      if let control, x >> control & 1 == 0 { continue }
      let y = x | 1 << target
      let (a, b) = (amplitudes[x], amplitudes[y])
      amplitudes[x] = Self.sum(Self.times(m[0], a), Self.times(m[1], b))
      amplitudes[y] = Self.sum(Self.times(m[2], a), Self.times(m[3], b))
    }
  }

  static func times(_ a: (Double, Double), _ b: (Double, Double)) -> (Double, Double) {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
  }
  static func sum(_ a: (Double, Double), _ b: (Double, Double)) -> (Double, Double) {
    (a.0 + b.0, a.1 + b.1)
  }
  static func phase(_ angle: Double) -> (Double, Double) { (cos(angle), sin(angle)) }

  mutating func hadamard(_ q: Int) {
    let h = 1 / 2.0.squareRoot()
    apply([(h, 0), (h, 0), (h, 0), (-h, 0)], q)
  }
  mutating func cx(_ control: Int, _ target: Int) {
    apply([(0, 0), (1, 0), (1, 0), (0, 0)], target, control: control)
  }
  mutating func ry(_ angle: Double, _ q: Int) {
    let (c, s) = (cos(angle / 2), sin(angle / 2))
    apply([(c, 0), (-s, 0), (s, 0), (c, 0)], q)
  }
  mutating func rz(_ angle: Double, _ q: Int) {
    apply([Self.phase(-angle / 2), (0, 0), (0, 0), Self.phase(angle / 2)], q)
  }
  mutating func u3(_ theta: Double, _ phi: Double, _ lambda: Double, _ q: Int, control: Int? = nil)
  {
    let (c, s) = (cos(theta / 2), sin(theta / 2))
    let (p, l, both) = (Self.phase(phi), Self.phase(lambda), Self.phase(phi + lambda))
    apply(
      [(c, 0), (-l.0 * s, -l.1 * s), (p.0 * s, p.1 * s), (both.0 * c, both.1 * c)], q,
      control: control)
  }

  /// Qiskit's `EfficientSU2` behind Hadamards; the entangler by its name there.
  static func efficientSU2(
    _ n: Int, layers: Int, repetitions: Int, entangler: String, angles: [Double]
  ) -> GateReference {
    var state = GateReference(n)
    for q in 0..<n { state.hadamard(q) }
    for layer in 0..<layers {
      if layer > 0 && layer <= repetitions { state.entangle(entangler) }
      for q in 0..<n { state.ry(angles[2 * layer * n + q], q) }
      for q in 0..<n { state.rz(angles[(2 * layer + 1) * n + q], q) }
    }
    return state
  }

  mutating func entangle(_ name: String) {
    switch name {
    case "linear": for q in 0..<n - 1 { cx(q, q + 1) }
    case "reverse-linear": for q in (0..<n - 1).reversed() { cx(q, q + 1) }
    case "circular":
      if n > 2 { cx(n - 1, 0) }
      for q in 0..<n - 1 { cx(q, q + 1) }
    case "full": for i in 0..<n { for j in i + 1..<n { cx(i, j) } }
    default: break
    }
  }
}
