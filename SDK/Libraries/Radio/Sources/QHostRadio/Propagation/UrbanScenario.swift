internal import Foundation

/// The two outdoor scenarios of TR 38.901 that are modelled: their constants.
public enum UrbanScenario: String, Sendable, CaseIterable {
  /// UMa: base stations above the roofs, usually 25 m.
  case macro = "uma"
  /// UMi, street canyon: base stations below the roofs, usually 10 m.
  case micro = "umi"

  /// The speed of light in m/s.
  public static let speedOfLight = 299_792_458.0

  /// Standard deviation of shadowing in line of sight, in dB (table 7.4.1-1).
  public var lineOfSightDeviation: Double { 4 }

  /// Standard deviation of shadowing without line of sight, in dB (table 7.4.1-1).
  public var nonLineOfSightDeviation: Double { self == .macro ? 6 : 7.82 }

  /// The distance in m over which shadowing falls to a correlation of 1/e (table 7.5-6).
  public func correlationDistance(isLineOfSight: Bool) -> Double {
    switch self {
    case .macro: isLineOfSight ? 37 : 50
    case .micro: isLineOfSight ? 10 : 13
    }
  }

  /// The height of base stations in m, the distance between sites in m, and the least distance of a user in m, of calibrations
  /// (table 7.8-1).
  public var calibration: (baseHeight: Double, siteDistance: Double, leastDistance: Double) {
    self == .macro ? (25, 500, 35) : (10, 200, 10)
  }

  /// The probability of line of sight at a horizontal distance outdoors (table 7.4.2-1).
  ///
  /// UMa, with x = 18/d: (x + e^(-d/63) (1 - x)) (1 + C' 5/4 (d/100)³ e^(-d/150)), C' = ((h - 13)/10)^1.5 above 13 m, else 0;
  /// UMi: x + e^(-d/36) (1 - x); 1 up to 18 m in both.
  ///
  /// - Parameters:
  ///   - distance: horizontal, in m, at least 0.
  ///   - userHeight: h in m, 1.5 to 22.5; it matters in UMa alone.
  /// - Returns: 0 to 1. UMa's product exceeds 1 for high users; it is cut there.
  public func lineOfSightProbability(distance: Double, userHeight: Double = 1.5) -> Double {
    guard distance > 18 else { return 1 }
    let near = 18 / distance
    switch self {
    case .micro:
      return near + exp(-distance / 36) * (1 - near)
    case .macro:
      let ground = near + exp(-distance / 63) * (1 - near)
      guard userHeight > 13 else { return ground }
      let height = pow((userHeight - 13) / 10, 1.5)
      let scaled = distance / 100
      return min(1, ground * (1 + height * 1.25 * scaled * scaled * scaled * exp(-distance / 150)))
    }
  }
}
