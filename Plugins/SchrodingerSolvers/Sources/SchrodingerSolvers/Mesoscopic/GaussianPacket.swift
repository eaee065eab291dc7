#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A Gaussian wave packet under the time-dependent variational principle.
///
/// ψ ∝ exp(−(x−q)²/4σ² + iπ(x−q)²/2ħσ + ip(x−q)/ħ) moves by Hamilton's equations of
/// ⟨H⟩ = p²/2m + π²/2m + ħ²/8mσ² + ⟨V⟩(q, σ), (q, p) and (σ, π) conjugate: exact while V is quadratic.
///
/// Source: Heller, J. Chem. Phys. 64 (1976) 63; Jackiw, Kerman, Phys. Lett. A 71 (1979) 158.
struct GaussianPacket {
  /// ⟨x⟩.
  var mean: Double
  /// ⟨p⟩.
  var momentum: Double
  /// The deviation σ of |ψ|².
  var width: Double
  /// π = m dσ/dt.
  var widthMomentum: Double
  /// m, the mass of the packet.
  let mass: Double
  /// ħ.
  let hbar: Double

  /// One step of fourth order: three leapfrogs.
  ///
  /// Source: Yoshida, Phys. Lett. A 150 (1990) 262.
  mutating func step(_ time: Double, in curve: PotentialCurve) {
    let outer = 1 / (2 - pow(2, 1.0 / 3))
    for part in [outer, 1 - 2 * outer, outer] {
      spread(part * time / 2)
      kick(part * time, in: curve)
      spread(part * time / 2)
    }
  }

  /// The exact motion in no potential.
  private mutating func spread(_ time: Double) {
    let t = time / mass
    let floor = hbar / (2 * width)
    let square = widthMomentum * widthMomentum + floor * floor
    let next = (width * width + t * (2 * width * widthMomentum + t * square)).squareRoot()
    widthMomentum = (width * widthMomentum + t * square) / next
    width = next
    mean += momentum * t
  }

  /// The forces −∂⟨V⟩/∂q and −∂⟨V⟩/∂σ for a while.
  private mutating func kick(_ time: Double, in curve: PotentialCurve) {
    let smooth = smoothed(curve)
    momentum -= time * smooth.slope
    widthMomentum -= time * smooth.widthSlope
  }

  /// ⟨H⟩.
  func energy(in curve: PotentialCurve) -> Double {
    let floor = hbar / (2 * width)
    let kinetic = momentum * momentum + widthMomentum * widthMomentum + floor * floor
    return kinetic / (2 * mass) + smoothed(curve).value
  }

  /// ⟨V⟩ and its derivatives by q and σ: 29 points half a width apart leave out e^−24.
  private func smoothed(
    _ curve: PotentialCurve
  ) -> (value: Double, slope: Double, widthSlope: Double) {
    var value = 0.0
    var slope = 0.0
    var curvature = 0.0
    for k in -14...14 {
      let z = 0.5 * Double(k)
      let part = Self.weights[k + 14] * curve.value(at: mean + width * z)
      value += part
      slope += part * z
      curvature += part * (z * z - 1)
    }
    return (value, slope / width, curvature / width)
  }

  private static let weights: [Double] = (-14...14).map {
    let z = 0.5 * Double($0)
    return 0.5 * exp(-0.5 * z * z) / (2 * Double.pi).squareRoot()
  }
}
