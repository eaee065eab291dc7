import QHostInterfaces

/// Which packets see more than a parabola: the third and fourth degree of their potentials.
///
/// V_i(u) gains c₃ (u³ − 3u) + c₄ (u⁴ − 6u² + 3), Hermite's polynomials, from what slopes and curvatures
/// leave of the losses. Their errors are those of plain averages; a packet counts as one with several
/// wells when a coefficient is five standard errors from 0.
struct WellEvidence {
  private static let significance = 5.0

  private var cubic: [Double]
  private var quartic: [Double]
  private var cubicVariance = 0.0
  private var quarticVariance = 0.0
  private var roundCount = 0

  /// Knows nothing of n packets.
  init(dimension n: Int) {
    cubic = Array(repeating: 0, count: n)
    quartic = cubic
  }

  /// Adds a round's coefficients.
  mutating func take(_ round: PotentialRegression.HigherDegrees) {
    for i in cubic.indices {
      cubic[i] += round.cubic.coefficients[i]
      quartic[i] += round.quartic.coefficients[i]
    }
    cubicVariance += round.cubic.variance
    quarticVariance += round.quartic.variance
    roundCount += 1
  }

  /// c₃ and c₄ of a packet with several wells within three widths; 0 for all others.
  ///
  /// - Parameters:
  ///   - i: the packet.
  ///   - slope: a.
  ///   - curvature: b.
  /// - Returns: both coefficients.
  func coefficients(
    _ i: Int, slope: Double, curvature: Double
  ) -> (cubic: Double, quartic: Double) {
    let (c, d) = significant(i)
    guard c != 0 || d != 0 else { return (0, 0) }
    var changeCount = 0
    var isFalling = true
    for step in -12...12 {
      let u = 0.25 * Double(step)
      let rise =
        slope + 2 * curvature * u + 3 * c * (u * u - 1) + 4 * d * u * (u * u - 3)
      guard (rise < 0) != isFalling else { continue }
      isFalling = rise < 0
      // From falling to rising is a minimum; a potential that rises from the wall on begins with one.
      if !isFalling { changeCount += 1 }
    }
    return changeCount > 1 ? (c, d) : (0, 0)
  }

  /// The coefficients that are five standard errors from 0.
  private func significant(_ i: Int) -> (cubic: Double, quartic: Double) {
    guard roundCount > 0 else { return (0, 0) }
    let rounds = Double(roundCount)
    let limit = Self.significance * Self.significance
    let isCubic = cubic[i] * cubic[i] > limit * cubicVariance
    let isQuartic = quartic[i] * quartic[i] > limit * quarticVariance
    return (isCubic ? cubic[i] / rounds : 0, isQuartic ? quartic[i] / rounds : 0)
  }

  /// Forgets everything: other widths, another potential.
  mutating func clear() { self = WellEvidence(dimension: cubic.count) }

  /// Adds all that is known to a state.
  func save(_ writer: inout StateWriter) {
    writer.write(cubic)
    writer.write(quartic)
    writer.write([cubicVariance, quarticVariance])
    writer.write(roundCount)
  }

  /// Takes what a state holds of n packets.
  mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    cubic = try reader.readReals(count: cubic.count)
    quartic = try reader.readReals(count: quartic.count)
    let variances = try reader.readReals(count: 2)
    (cubicVariance, quarticVariance) = (variances[0], variances[1])
    roundCount = try reader.readInteger()
  }
}
