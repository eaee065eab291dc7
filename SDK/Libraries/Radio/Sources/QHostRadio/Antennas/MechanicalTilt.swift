internal import Foundation

/// An antenna that is turned downwards as a whole (TR 38.901, 7.1; from memory of the report).
///
///     θ' = arccos(cos φ sin θ sin β + cos θ cos β)
///     φ' = arg(cos φ sin θ cos β - cos θ sin β + j sin φ sin θ)
///
/// To first order the tilt is β cos φ: the back looks up, unlike with an electrical tilt.
public struct MechanicalTilt: Sendable, Equatable {
  /// β, degrees downwards.
  public let angle: Double

  /// Makes a tilt of an angle in degrees.
  public init(angle: Double) { self.angle = angle }

  /// A direction as the turned antenna sees it.
  ///
  /// - Parameters:
  ///   - zenith: θ in degrees; 90 is the horizon.
  ///   - azimuth: φ in degrees from the boresight.
  /// - Returns: θ', 0 to 180 degrees, and φ', -180 to 180 degrees.
  public func local(zenith: Double, azimuth: Double) -> (zenith: Double, azimuth: Double) {
    let degree = Double.pi / 180
    let (theta, phi, beta) = (zenith * degree, azimuth * degree, angle * degree)
    let height = cos(phi) * sin(theta) * sin(beta) + cos(theta) * cos(beta)
    let forward = cos(phi) * sin(theta) * cos(beta) - cos(theta) * sin(beta)
    let side = sin(phi) * sin(theta)
    return (acos(min(1, max(-1, height))) / degree, atan2(side, forward) / degree)
  }
}
