import Foundation
public import QHostInterfaces

/// Functions of the literature, moved so that their minimum of 0 is nowhere special.
public enum TestFunctions {
  /// A box of the given half width with a random starting point.
  public static func box(_ n: Int, _ halfWidth: Double, seed: UInt64) -> Problem {
    let start = TestHost(seed: seed, component: "start").uniforms(step: 0, index: 0, count: n)
    return Problem(
      queries: .points, initial: start.map { (2 * $0 - 1) * halfWidth },
      lower: Array(repeating: -halfWidth, count: n), upper: Array(repeating: halfWidth, count: n),
      scales: Array(repeating: halfWidth / 2, count: n))
  }

  /// A minimum within four fifths of the box.
  public static func optimum(_ n: Int, _ halfWidth: Double, seed: UInt64) -> [Double] {
    TestHost(seed: seed, component: "optimum").uniforms(step: 0, index: 0, count: n)
      .map { (2 * $0 - 1) * 0.8 * halfWidth }
  }

  /// Σ (xᵢ − sᵢ)².
  public static func sphere(_ x: ArraySlice<Double>, about optimum: [Double]) -> Double {
    zip(x, optimum).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  /// Rastrigin's, Σ (xᵢ − sᵢ)² + 10 (1 − cos 2π(xᵢ − sᵢ)).
  public static func rastrigin(_ x: ArraySlice<Double>, about optimum: [Double]) -> Double {
    var sum = 0.0
    for (a, b) in zip(x, optimum) { sum += (a - b) * (a - b) + 10 - 10 * cos(2 * .pi * (a - b)) }
    return sum
  }

  /// Rosenbrock's, with its minimum at (1, …, 1).
  public static func rosenbrock(_ x: ArraySlice<Double>) -> Double {
    var sum = 0.0
    for i in x.indices.dropLast() {
      let curve = x[i + 1] - x[i] * x[i]
      sum += 100 * curve * curve + (1 - x[i]) * (1 - x[i])
    }
    return sum
  }
}
