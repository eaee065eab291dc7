#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif
internal import CQHostRuntime

/// Polynomials through what rows lose with a unit at some places t, which are between −1 and 1.
///
/// The places are the extremes of Chebyshev's polynomial, t_j = cos(πj/N), j = 0 ... N; those of N are among those of 2N. A loss that
/// is analytic in an ellipse around [−1, 1] whose half axes add up to ρ is met there within 4 M ρ^(−N)/(ρ − 1), M its largest
/// value in the ellipse: the narrower the interval of sums that places stand for, the larger is ρ.
/// Source: Trefethen, Approximation Theory and Approximation Practice (2013), theorem 8.2.
final class PotentialFit: Sendable {
  /// t_j, falling, [P].
  let places: [Double]
  private let chebyshev: [Float]
  private let monomials: [Float]

  /// Those of units with two outputs.
  static let line = PotentialFit(placeCount: 2)
  /// Those of others, with ever more places; the places of each are every second one of the next.
  static let curves = [5, 9].map { PotentialFit(placeCount: $0) }

  /// Makes that of P = `placeCount` places, at least 2.
  init(placeCount: Int) {
    let last = placeCount - 1
    let angle = Double.pi / Double(last)
    places = (0...last).map { 2 * $0 == last ? 0 : cos(angle * Double($0)) }
    var chebyshev: [Float] = []
    for k in 0...last {
      for j in 0...last {
        let ends = (k == 0 || k == last ? 0.5 : 1) * (j == 0 || j == last ? 0.5 : 1)
        chebyshev.append(Float(2 * ends / Double(last) * cos(angle * Double(j * k))))
      }
    }
    self.chebyshev = chebyshev
    monomials = Self.monomials(placeCount)
  }

  /// P.
  var placeCount: Int { places.count }

  /// The coefficient of t^p in T_k at k·P + p, from T_k = 2 t T_(k−1) − T_(k−2).
  private static func monomials(_ count: Int) -> [Float] {
    var rows = [[1.0], [0.0, 1.0]]
    for k in 2..<max(3, count) {
      var row = [0.0] + rows[k - 1].map { 2 * $0 }
      for (power, value) in rows[k - 2].enumerated() { row[power] -= value }
      rows.append(row)
    }
    return rows[..<count].flatMap { row in
      (row + [Double](repeating: 0, count: count - row.count)).map { Float($0) }
    }
  }

  /// Writes the polynomials' coefficients [P × B], and estimates their error.
  ///
  /// - Parameters:
  ///   - values: what rows lose at the places, [P × stride].
  ///   - stride: B rounded up to 16, or more.
  ///   - rowCount: B.
  ///   - coefficients: written.
  /// - Returns: the mean over rows of the error between places, infinity where a loss is not finite; and that of how far
  ///   polynomials go from their middles.
  func write(
    _ values: UnsafePointer<Float>, stride: Int, rowCount: Int,
    into coefficients: UnsafeMutablePointer<Float>
  ) -> (error: Float, variation: Float) {
    chebyshev.withUnsafeBufferPointer { chebyshev in
      monomials.withUnsafeBufferPointer { monomials in
        var fit = qhost_kernel_fit(
          count: placeCount, chebyshev: chebyshev.baseAddress, monomials: monomials.baseAddress)
        var variation: Float = 0
        let error = qhost_kernel_potential_fit(
          &fit, values, stride, rowCount, coefficients, &variation)
        return (error, variation)
      }
    }
  }
}
