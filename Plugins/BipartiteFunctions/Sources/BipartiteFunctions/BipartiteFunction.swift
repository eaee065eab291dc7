internal import Foundation
internal import QHostInterfaces

/// A function of two vectors x and y whose Schmidt spectrum is known, or is to be told.
public enum BipartiteFunction: String, CaseIterable, Sendable {
  /// sin(3 x₁) cos(3 y₂): one product.
  case product
  /// x₁² + sin(3 y₂): two.
  case additive
  /// 2 ⟨x, y⟩: d equal ones.
  case inner
  /// sin(2π k ⟨x, y⟩): about as many as there are polynomials of degree 2πk.
  case sine
  /// 1 where |x|² + |y|² is below its median, else −1; x and y are normal then, not on spheres.
  case ball

  static let choices: [ParameterDescriptor.Choice] = [
    .init("product", "sin(3 x1) cos(3 y2)."),
    .init("additive", "x1² + sin(3 y2)."),
    .init("inner", "2 ⟨x, y⟩."),
    .init("sine", "sin(2π k ⟨x, y⟩), k the frequency."),
    .init("ball", "1 within a ball that holds half of the points, -1 outside; inputs are normal."),
  ]

  /// Whether x and y lie on spheres; else they are normal.
  var isOnSpheres: Bool { self != .ball }

  /// The value.
  ///
  /// - Parameters:
  ///   - x: [d].
  ///   - y: [d].
  ///   - frequency: k, of a sine.
  ///   - radius: the squared radius of a ball.
  /// - Returns: f(x, y).
  func value(_ x: ArraySlice<Float>, _ y: ArraySlice<Float>, frequency: Double, radius: Double)
    -> Double
  {
    let (x, y) = (Array(x).map(Double.init), Array(y).map(Double.init))
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    switch self {
    case .product: return sin(3 * x[0]) * cos(3 * y[1])
    case .additive: return x[0] * x[0] + sin(3 * y[1])
    case .inner: return 2 * dot(x, y)
    case .sine: return sin(2 * Double.pi * frequency * dot(x, y))
    case .ball: return dot(x, x) + dot(y, y) < radius ? 1 : -1
    }
  }

  /// The median of χ² with an even number of degrees of freedom 2d: where Σ_{k<d} (z/2)ᵏ/k! e^{−z/2} is a half.
  static func medianRadius(dimension d: Int) -> Double {
    func above(_ z: Double) -> Double {
      var (term, sum) = (1.0, 1.0)
      for k in 1..<max(d, 2) where k < d {
        term *= z / 2 / Double(k)
        sum += term
      }
      return sum * exp(-z / 2)
    }
    var (lower, upper) = (0.0, 4.0 * Double(d) + 10)
    for _ in 0..<100 {
      let middle = 0.5 * (lower + upper)
      if above(middle) > 0.5 { lower = middle } else { upper = middle }
    }
    return 0.5 * (lower + upper)
  }
}
