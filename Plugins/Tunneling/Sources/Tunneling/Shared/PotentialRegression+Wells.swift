extension PotentialRegression {
  /// The coefficients of Hermite's polynomials of degrees 3 and 4, by averages.
  package struct HigherDegrees {
    /// c₃, [n].
    package var cubic: LeastSquares.Fit
    /// c₄, [n].
    package var quartic: LeastSquares.Fit
  }

  /// Averages what a fit leaves of the losses against u³ − 3u and u⁴ − 6u² + 3, of variance 6 and 24.
  ///
  /// - Parameters:
  ///   - samples: the pairs of the fit, which no bound folded.
  ///   - slopes: a, [n].
  ///   - curvatures: b, [n].
  /// - Returns: the coefficients with their variances.
  package func higherDegrees(
    _ samples: PairSamples, slopes: [Double], curvatures: [Double]
  ) -> HigherDegrees {
    let (m, n) = (samples.pairCount, samples.dimension)
    var cubic = Array(repeating: Float(0), count: n)
    var quartic = cubic
    let (odd, even) = residuals(samples, slopes, curvatures)
    samples.odd.withUnsafeBufferPointer { z in
      cubic.withUnsafeMutableBufferPointer { cubic in
        quartic.withUnsafeMutableBufferPointer { quartic in
          for row in 0..<m {
            let (left, right) = (Float(odd.values[row]), Float(even.values[row]))
            for i in 0..<n {
              let u = z[row * n + i]
              let square = u * u
              cubic[i] += left * u * (square - 3)
              quartic[i] += right * ((square - 6) * square + 3)
            }
          }
        }
      }
    }
    let rows = Double(m)
    return HigherDegrees(
      cubic: .init(
        coefficients: cubic.map { Double($0) * odd.unit / (6 * rows) },
        variance: odd.meanSquare / (6 * rows)),
      quartic: .init(
        coefficients: quartic.map { Double($0) * even.unit / (24 * rows) },
        variance: even.meanSquare / (24 * rows)))
  }

  /// What is left of the losses, in units in which it is near 1.
  private struct Residual {
    var values: [Double]
    var unit = 1.0
    var meanSquare: Double

    init(_ raw: [Double]) {
      meanSquare = raw.reduce(0) { $0 + $1 * $1 } / Double(raw.count)
      values = raw
      guard meanSquare > 0 else { return }
      unit = meanSquare.squareRoot()
      for row in values.indices { values[row] /= unit }
    }
  }

  private func residuals(
    _ samples: PairSamples, _ slopes: [Double], _ curvatures: [Double]
  ) -> (odd: Residual, even: Residual) {
    let n = samples.dimension
    var odd = zip(samples.plus, samples.minus).map { 0.5 * ($0 - $1) }
    var even = zip(samples.plus, samples.minus).map { 0.5 * ($0 + $1) }
    samples.odd.withUnsafeBufferPointer { z in
      for row in odd.indices {
        var (line, bend) = (0.0, 0.0)
        for i in 0..<n {
          let u = Double(z[row * n + i])
          line += slopes[i] * u
          bend += curvatures[i] * (u * u - 1)
        }
        odd[row] -= line
        even[row] -= bend
      }
    }
    let mean = even.reduce(0, +) / Double(even.count)
    for row in even.indices { even[row] -= mean }
    return (Residual(odd), Residual(even))
  }
}
