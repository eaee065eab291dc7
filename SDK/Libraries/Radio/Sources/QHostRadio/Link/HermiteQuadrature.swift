internal import Foundation

/// Nodes and weights of Gauss-Hermite quadrature: ∫ f(x) e^(-x²) dx ≈ Σ w f(x).
///
/// Roots by Newton's method on normalised Hermite functions, from Szegö's first guesses; see Press et al., *Numerical Recipes*, 4.6.
struct HermiteQuadrature {
  let nodes: [Double]
  let weights: [Double]

  init(count: Int) {
    var nodes: [Double] = []
    var weights: [Double] = []
    let n = Double(count)
    for index in 0..<(count / 2) {
      var z: Double
      switch index {
      case 0: z = (2 * n + 1).squareRoot() - 1.85575 * pow(2 * n + 1, -1.0 / 6)
      case 1: z = nodes[0] - 1.14 * pow(n, 0.426) / nodes[0]
      case 2: z = 1.86 * nodes[1] - 0.86 * nodes[0]
      case 3: z = 1.91 * nodes[2] - 0.91 * nodes[1]
      default: z = 2 * nodes[index - 1] - nodes[index - 2]
      }
      var slope = 1.0
      for _ in 0..<100 {
        let (value, previous) = Self.functions(z, count)
        slope = (2 * n).squareRoot() * previous
        let step = value / slope
        z -= step
        if abs(step) < 1e-14 * max(1, abs(z)) { break }
      }
      nodes.append(z)
      weights.append(2 / (slope * slope))
    }
    self.nodes = nodes + nodes.map { -$0 }
    self.weights = weights + weights
  }

  /// The normalised functions of orders `count` and `count` - 1.
  private static func functions(_ x: Double, _ count: Int) -> (Double, Double) {
    var (current, previous) = (pow(Double.pi, -0.25), 0.0)
    for order in 1...count {
      let k = Double(order)
      let next = x * (2 / k).squareRoot() * current - ((k - 1) / k).squareRoot() * previous
      (previous, current) = (current, next)
    }
    return (current, previous)
  }
}
