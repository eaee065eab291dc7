internal import Foundation

/// Points of φ on which operators are matrices, symmetric about 0.
///
/// They are ±h/2, ±3h/2 and so on.
/// By parity a matrix of n points falls apart into two of n/2: even and odd functions of φ, of which the points above 0
/// say all.
package struct PositionGrid: Sendable {
  /// h, the distance of grid points.
  package let step: Double
  /// The points above 0, [n/2].
  package let points: [Double]

  /// Makes a grid that reaches so far that a particle of the well is not beyond it.
  ///
  /// - Parameters:
  ///   - well: the well; its wave functions are about (2ω)^−½ wide, and the grid goes 10 times that beyond the minimum.
  ///   - step: h; `nil`: 0.6 √a, with which sums over the grid are integrals to double precision.
  package init(_ well: Well, step: Double? = nil) {
    let reach = 1 + 10 / (2 * well.frequency).squareRoot()
    let width = step ?? 0.6 * well.spacing.squareRoot()
    self.step = width
    points = (0..<Int((reach / width).rounded(.up))).map { (Double($0) + 0.5) * width }
  }

  /// The matrix [n/2 × n/2] of an operator on functions of one parity.
  ///
  /// - Parameters:
  ///   - isOdd: which.
  ///   - element: ⟨x|A|y⟩ of points of either sign, a function of both that is even if both change sign.
  /// - Returns: by rows.
  package func matrix(isOdd: Bool, _ element: (Double, Double) -> Double) -> [Double] {
    var matrix: [Double] = []
    matrix.reserveCapacity(points.count * points.count)
    for x in points {
      for y in points {
        let mirrored = element(x, -y)
        matrix.append(element(x, y) + (isOdd ? -mirrored : mirrored))
      }
    }
    return matrix
  }
}
