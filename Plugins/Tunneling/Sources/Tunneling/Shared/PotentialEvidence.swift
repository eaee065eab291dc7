/// What all rounds so far say about the packets' potentials V_i(u) = a_i u + b_i u².
///
/// Every round brings slopes and curvatures with a variance. They are merged with what is known by
/// Kalman's rule; when the widths have changed, the potential seen through them may have changed too,
/// and what is known is trusted less by as much as the new figures contradict it. Curvatures are drawn
/// together as far as their scatter is no more than their error (empirical Bayes).
struct PotentialEvidence {
  /// How many standard deviations of a mean square make a contradiction.
  private static let significance = 8.0

  /// a [n], in units of the loss at one width.
  var slopes: [Double]
  /// b [n], drawn together.
  var curvatures: [Double]
  /// The variance of each place −a/2b, [n], in squared widths.
  var placeVariances: [Double]
  /// Whether the common curvature is above 0 beyond doubt.
  var isConvex = false
  /// The part of the last round's slopes that was taken over, 0 to 1.
  var gain = 1.0
  /// Rounds at these widths.
  var roundCount = 0
  /// The standard error of the places, or of the slopes where there is no place, relative.
  var error = Double.infinity
  /// b where all packets have the same curvature, [n].
  var common: [Double]

  /// Whether no round came yet.
  var isFirst = true
  /// b as fitted, [n].
  var raw: [Double]
  var rawVariance = 0.0
  var curvatureVariance = 0.0
  var slopeVariances: [Double]

  /// Knows nothing of n packets.
  init(dimension n: Int) {
    slopes = Array(repeating: 0, count: n)
    curvatures = slopes
    placeVariances = slopes
    common = slopes
    raw = slopes
    slopeVariances = slopes
  }

  /// What the next regression may take off: nothing before the first round.
  var knownCurvatures: [Double] { isFirst ? [] : curvatures }

  /// Takes a round's figures.
  ///
  /// - Parameters:
  ///   - round: slopes and curvatures of m pairs.
  ///   - widths: of the packets, [n].
  ///   - freedom: m − n, at least 1.
  mutating func take(
    _ round: (slopes: LeastSquares.Fit, curvatures: LeastSquares.Fit), widths: [Double],
    freedom: Int
  ) {
    let n = Double(slopes.count)
    let limit = 1 + Self.significance * (2 / n + 2 / Double(max(freedom, 1))).squareRoot()
    takeCurvatures(round.curvatures, widths, limit)
    takeSlopes(round.slopes, limit)
    isFirst = false
    roundCount += 1
    judge()
  }

  private mutating func takeCurvatures(
    _ fit: LeastSquares.Fit, _ widths: [Double], _ limit: Double
  ) {
    if isFirst {
      raw = fit.coefficients
      rawVariance = fit.variance
    } else {
      let change = meanSquare(fit.coefficients, minus: raw)
      let surprise = change - (fit.variance + rawVariance) * limit
      let before = rawVariance + (roundCount == 0 ? max(0, surprise) : 0)
      let gain = before / (before + fit.variance + 1e-300)
      for i in raw.indices { raw[i] += gain * (fit.coefficients[i] - raw[i]) }
      rawVariance = (1 - gain) * before
    }
    drawTogether(widths)
  }

  /// b = common + w (raw − common), common the fit of h s²/2 with one h for all.
  private mutating func drawTogether(_ widths: [Double]) {
    let n = Double(raw.count)
    var (product, square) = (0.0, 0.0)
    for i in raw.indices {
      let s = widths[i] * widths[i]
      product += raw[i] * s
      square += s * s
    }
    let height = product / square
    for i in raw.indices { common[i] = height * widths[i] * widths[i] }
    let scatter = meanSquare(raw, minus: common)
    let own = max(0, 1 - rawVariance / (scatter + 1e-300))
    for i in raw.indices { curvatures[i] = common[i] + own * (raw[i] - common[i]) }
    curvatureVariance = own * rawVariance + rawVariance / n
    isConvex = common.reduce(0, +) / n > 2 * (rawVariance / n).squareRoot()
  }

  private mutating func takeSlopes(_ fit: LeastSquares.Fit, _ limit: Double) {
    guard !isFirst else {
      slopes = fit.coefficients
      for i in slopeVariances.indices { slopeVariances[i] = fit.variance }
      return gain = 1
    }
    if roundCount == 0, isConvex {
      for i in slopes.indices where placeVariances[i] < .infinity {
        let steepness = 2 * firmCurvature(i)
        slopeVariances[i] = placeVariances[i] * steepness * steepness
      }
    }
    let n = Double(slopes.count)
    let before = slopeVariances.reduce(0, +) / n
    let change = meanSquare(fit.coefficients, minus: slopes)
    let surprise = change - (fit.variance + before) * limit
    let drift = roundCount == 0 ? max(0, surprise) : 0
    var gains = 0.0
    for i in slopes.indices {
      let variance = slopeVariances[i] + drift
      let part = variance / (variance + fit.variance + 1e-300)
      slopes[i] += part * (fit.coefficients[i] - slopes[i])
      slopeVariances[i] = (1 - part) * variance
      gains += part
    }
    gain = gains / n
  }

  private mutating func judge() {
    let n = Double(slopes.count)
    for i in slopes.indices {
      let steepness = 2 * firmCurvature(i)
      placeVariances[i] = isConvex ? slopeVariances[i] / (steepness * steepness) : .infinity
    }
    if isConvex {
      error = (placeVariances.reduce(0, +) / n).squareRoot()
    } else {
      let square = slopes.reduce(0) { $0 + $1 * $1 }
      error = (slopeVariances.reduce(0, +) / (square + 1e-300)).squareRoot()
    }
  }

  /// The curvature, at least twice its standard error.
  private func firmCurvature(_ i: Int) -> Double {
    max(curvatures[i], 2 * curvatureVariance.squareRoot(), 1e-140)
  }

  private func meanSquare(_ a: [Double], minus b: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices { sum += (a[i] - b[i]) * (a[i] - b[i]) }
    return sum / Double(a.count)
  }

  /// Sees the same potentials from means moved by `steps` widths and through widths times `factors`.
  ///
  /// Where `wells` knows more of a potential, slope and curvature are those of the place moved to.
  mutating func move(by steps: [Double], scaling factors: [Double], _ wells: WellEvidence) {
    roundCount = 0
    var scale = 0.0
    for i in slopes.indices {
      let factor = factors[i]
      let firm = firmCurvature(i)
      let (c, d) = wells.coefficients(i, slope: slopes[i], curvature: curvatures[i])
      let u = steps[i]
      let rise = c * 3 * (u * u - 1) + d * 4 * u * (u * u - 3)
      let bend = c * 3 * u + d * 6 * (u * u - 1)
      slopes[i] = (slopes[i] + 2 * curvatures[i] * u + rise) * factor
      curvatures[i] += bend
      raw[i] += bend
      placeVariances[i] += steps[i] * steps[i] * curvatureVariance / (firm * firm)
      placeVariances[i] /= factor * factor
      slopeVariances[i] =
        (slopeVariances[i] + 4 * steps[i] * steps[i] * curvatureVariance) * factor * factor
      raw[i] *= factor * factor
      curvatures[i] *= factor * factor
      scale += factor * factor * factor * factor
    }
    scale /= Double(slopes.count)
    rawVariance *= scale
    curvatureVariance *= scale
  }
}
