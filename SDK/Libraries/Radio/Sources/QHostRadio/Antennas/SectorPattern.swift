/// The antenna of a macro sector with a tilt of its own, after TR 36.814, table A.2.1.1-2.
///
///     A_H = -min(12 (φ/70)², 25),  A_V = -min(12 ((θ - θ_tilt)/10)², 20),  A = G - min(-(A_H + A_V), 25)
///
/// θ is the angle below the horizon, φ that from the boresight, in degrees. The figures are from memory of the report and of ITU-R
/// M.2135, which has 17 dBi in place of 14.
public struct SectorPattern: Sendable, Equatable {
  /// Gain at the boresight in dBi.
  public var gain = 14.0
  /// Width of the beam between its half powers, horizontally, in degrees.
  public var horizontalWidth = 70.0
  /// The same vertically.
  public var verticalWidth = 10.0
  /// The largest attenuation in dB, horizontally and in all.
  public var frontToBack = 25.0
  /// The largest attenuation in dB, vertically.
  public var sideLobe = 20.0

  /// Makes the report's pattern.
  public init() {}

  /// The gain in dBi.
  ///
  /// - Parameters:
  ///   - azimuth: φ, -180 to 180 degrees from the boresight.
  ///   - depression: θ, degrees below the horizon.
  ///   - tilt: θ_tilt, the electrical downtilt in degrees.
  /// - Returns: dBi.
  public func gain(azimuth: Double, depression: Double, tilt: Double) -> Double {
    let across = azimuth / horizontalWidth
    let down = (depression - tilt) / verticalWidth
    let horizontal = min(12 * across * across, frontToBack)
    let vertical = min(12 * down * down, sideLobe)
    return gain - min(horizontal + vertical, frontToBack)
  }
}
