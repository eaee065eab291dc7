internal import Foundation

/// A gate on one qubit, which another one may control.
package struct Gate: Sendable, Equatable {
  /// What it does to its target.
  package enum Kind: Sendable {
    /// (1, 1; 1, −1) / √2.
    case hadamard
    /// (0, 1; 1, 0).
    case x
    /// (cos θ/2, −sin θ/2; sin θ/2, cos θ/2).
    case ry
    /// (e^(−iθ/2), 0; 0, e^(iθ/2)).
    case rz
    /// (cos θ/2, −e^(iλ) sin θ/2; e^(iφ) sin θ/2, e^(i(φ + λ)) cos θ/2).
    case u3

    /// How many angles it has.
    package var angleCount: Int {
      switch self {
      case .hadamard, .x: 0
      case .ry, .rz: 1
      case .u3: 3
      }
    }
  }

  /// What it does.
  package var kind: Kind
  /// The qubit that it changes.
  package var target: Int
  /// The qubit that must be 1 for it; `nil`: none.
  package var control: Int?
  /// Where its angles begin.
  package var angle: Int

  /// Makes a gate.
  package init(_ kind: Kind, target: Int, control: Int? = nil, angle: Int = 0) {
    self.kind = kind
    self.target = target
    self.control = control
    self.angle = angle
  }

  /// Its matrix, by rows.
  func matrix(_ angles: UnsafeBufferPointer<Double>) -> GateMatrix {
    switch kind {
    case .hadamard:
      let h = 0.5.squareRoot()
      return GateMatrix(h, h, h, -h)
    case .x: return GateMatrix(0, 1, 1, 0)
    case .ry:
      let (c, s) = (cos(angles[angle] / 2), sin(angles[angle] / 2))
      return GateMatrix(c, -s, s, c)
    case .rz:
      let (c, s) = (cos(angles[angle] / 2), sin(angles[angle] / 2))
      return GateMatrix((c, -s), (0, 0), (0, 0), (c, s))
    case .u3:
      let (c, s) = (cos(angles[angle] / 2), sin(angles[angle] / 2))
      return u3(c, s, phi: angles[angle + 1], lambda: angles[angle + 2], zero: true, row: true)
    }
  }

  /// The derivative of its matrix by angle `index` of its own.
  func derivative(_ index: Int, _ angles: UnsafeBufferPointer<Double>) -> GateMatrix {
    let theta = angles[angle]
    let (c, s) = (cos(theta / 2) / 2, sin(theta / 2) / 2)
    switch kind {
    case .hadamard, .x: return GateMatrix(0, 0, 0, 0)
    case .ry: return GateMatrix(-s, -c, c, -s)
    case .rz: return GateMatrix((-s, -c), (0, 0), (0, 0), (-s, c))
    case .u3:
      let (phi, lambda) = (angles[angle + 1], angles[angle + 2])
      if index == 0 { return u3(-s, c, phi: phi, lambda: lambda, zero: true, row: true) }
      // A factor of i where the phase is.
      var slope = u3(
        cos(theta / 2), sin(theta / 2), phi: phi, lambda: lambda, zero: false, row: index == 1)
      slope.timesI()
      return slope
    }
  }

  /// (c, −e^(iλ) s; e^(iφ) s, e^(i(φ + λ)) c), without what does not depend on φ (`row`) or λ, unless `zero`.
  private func u3(
    _ c: Double, _ s: Double, phi: Double, lambda: Double, zero: Bool, row: Bool
  ) -> GateMatrix {
    let upper = zero || !row ? -s : 0
    let lower = zero || row ? s : 0
    return GateMatrix(
      (zero ? c : 0, 0), (upper * cos(lambda), upper * sin(lambda)),
      (lower * cos(phi), lower * sin(phi)), (c * cos(phi + lambda), c * sin(phi + lambda)))
  }
}

/// A matrix of two rows, real and imaginary parts.
package struct GateMatrix {
  var values:
    (
      (Double, Double), (Double, Double), (Double, Double), (Double, Double)
    )

  init(_ a: Double, _ b: Double, _ c: Double, _ d: Double) {
    values = ((a, 0), (b, 0), (c, 0), (d, 0))
  }

  init(
    _ a: (Double, Double), _ b: (Double, Double), _ c: (Double, Double), _ d: (Double, Double)
  ) {
    values = (a, b, c, d)
  }

  /// The conjugate of the transpose: the inverse of a unitary one.
  var adjoint: GateMatrix {
    GateMatrix(
      (values.0.0, -values.0.1), (values.2.0, -values.2.1), (values.1.0, -values.1.1),
      (values.3.0, -values.3.1))
  }

  mutating func timesI() {
    values = (
      (-values.0.1, values.0.0), (-values.1.1, values.1.0), (-values.2.1, values.2.0),
      (-values.3.1, values.3.0)
    )
  }
}
