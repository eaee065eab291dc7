#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The parabola nearest to a potential: c + b(x − x₀) + a(x − x₀)²/2, moved through as Newton does.
struct QuadraticPart {
  /// x₀.
  var center = 0.0
  /// c.
  var height = 0.0
  /// b.
  var slope = 0.0
  /// a.
  var curvature = 0.0

  /// No parabola.
  init() {}

  /// The least-squares fit with given weights.
  ///
  /// - Parameters:
  ///   - curve: the potential.
  ///   - weights: [G], above 0.
  ///   - isConvex: whether a < 0 is replaced by the nearest straight line.
  init(of curve: PotentialCurve, weights: [Double], isConvex: Bool) {
    center = curve.origin + curve.spacing * 0.5 * Double(curve.values.count - 1)
    if fit(curve, weights, degree: curve.values.count > 2 ? 2 : 1) && isConvex && curvature < 0 {
      curvature = 0
      _ = fit(curve, weights, degree: 1)
    }
  }

  /// The value at x.
  @inline(__always)
  func value(at x: Double) -> Double {
    let d = x - center
    return height + d * (slope + 0.5 * curvature * d)
  }

  /// Gram and Schmidt's polynomials on the grid.
  private mutating func fit(_ curve: PotentialCurve, _ weights: [Double], degree: Int) -> Bool {
    let places = curve.values.indices.map {
      (Double($0) - 0.5 * Double(curve.values.count - 1)) * curve.spacing
    }
    func product(_ a: [Double], _ b: (Int) -> Double) -> Double {
      a.indices.reduce(0) { $0 + weights[$1] * a[$1] * b($1) }
    }
    let ones = places.map { _ in 1.0 }
    let total = product(ones) { _ in 1 }
    let middle = product(ones) { places[$0] } / total
    let first = places.map { $0 - middle }
    let square = product(first) { first[$0] }
    let shear = product(first) { first[$0] * first[$0] } / square
    let lift = product(ones) { first[$0] * first[$0] } / total
    let second = first.map { $0 * $0 - shear * $0 - lift }
    let c0 = product(ones) { curve.values[$0] } / total
    let c1 = product(first) { curve.values[$0] } / square
    let norm = product(second) { second[$0] }
    let c2 = degree == 2 && norm > 0 ? product(second) { curve.values[$0] } / norm : 0
    curvature = 2 * c2
    slope = c1 - shear * c2 - 2 * middle * c2
    height = c0 - lift * c2 - middle * (c1 - shear * c2) + middle * middle * c2
    guard height.isFinite, slope.isFinite, curvature.isFinite else {
      (height, slope, curvature) = (0, 0, 0)
      return false
    }
    return degree == 2
  }
}

/// The exact motion of Newton's particle in a parabola for one stretch of time.
struct ClassicalFlight {
  private let center: Double
  private let cosine: Double
  private let sine: Double
  private let turn: Double
  private let fall: Double
  private let kick: Double

  /// Prepares the map (x, p) → (x, p) of a time.
  init(in part: QuadraticPart, mass: Double, time: Double) {
    let square = part.curvature / mass
    let frequency = abs(square).squareRoot()
    let angle = frequency * time
    center = part.center
    if angle < 1e-6 {
      cosine = 1 - 0.5 * square * time * time
      sine = time / mass
      fall = -0.5 * part.slope * time * time / mass
    } else {
      cosine = square > 0 ? cos(angle) : cosh(angle)
      sine = (square > 0 ? sin(angle) : sinh(angle)) / (frequency * mass)
      fall = -part.slope * (1 - cosine) / part.curvature
    }
    turn = -part.curvature * sine
    kick = -part.slope * sine * mass
  }

  /// Moves one particle.
  @inline(__always)
  func move(_ particle: inout SignedParticles.Particle) {
    let d = particle.x - center
    particle.x = center + cosine * d + sine * particle.p + fall
    particle.p = cosine * particle.p + turn * d + kick
  }
}
