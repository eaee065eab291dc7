internal import Foundation

/// What a building takes away from a user indoors (TR 38.901, 7.4.3, the two models of walls).
///
///     low:  5 - 10 lg(0.3 10^(-L_glass/10) + 0.7 10^(-L_concrete/10)) + 0.5 d_in,  deviation 4.4 dB
///     high: 5 - 10 lg(0.7 10^(-L_IRR/10) + 0.3 10^(-L_concrete/10)) + 0.5 d_in,    deviation 6.5 dB
///
/// with L_glass = 2 + 0.2 f, L_concrete = 5 + 4 f, L_IRR = 23 + 0.3 f, f in GHz, as in version 16.1 (19.2 has 25.4 + 0.11 f for
/// L_IRR). d_in in m is the smaller of two numbers uniform over 0 ... 25 m.
public enum IndoorLoss: String, Sendable, CaseIterable {
  /// Old houses: glass and concrete.
  case low
  /// Modern ones: glass that reflects heat.
  case high

  /// The mean indoor distance in m.
  public static let meanDistance = 25.0 / 3

  /// Standard deviation in dB.
  public var deviation: Double { self == .low ? 4.4 : 6.5 }

  /// The loss in dB.
  ///
  /// - Parameters:
  ///   - carrierGHz: the carrier's frequency.
  ///   - indoorDistance: d_in in m.
  /// - Returns: dB.
  public func loss(carrierGHz: Double, indoorDistance: Double = meanDistance) -> Double {
    let concrete = Decibel.linear(-(5 + 4 * carrierGHz))
    let wall =
      switch self {
      case .low: 0.3 * Decibel.linear(-(2 + 0.2 * carrierGHz)) + 0.7 * concrete
      case .high: 0.7 * Decibel.linear(-(23 + 0.3 * carrierGHz)) + 0.3 * concrete
      }
    return 5 - Decibel.of(wall) + 0.5 * indoorDistance
  }
}
