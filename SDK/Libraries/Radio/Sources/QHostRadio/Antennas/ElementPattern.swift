/// One element of an antenna panel, after TR 38.901, table 7.3-1.
///
///     A_V = -min(12 ((θ - 90)/65)², 30),  A_H = -min(12 (φ/65)², 30),  A = 8 - min(-(A_V + A_H), 30) dBi
public enum ElementPattern {
  /// The gain in dBi.
  ///
  /// - Parameters:
  ///   - zenith: θ, 0 (up) to 180 degrees (down).
  ///   - azimuth: φ, -180 to 180 degrees from the boresight.
  /// - Returns: dBi.
  public static func gain(zenith: Double, azimuth: Double) -> Double {
    let down = (zenith - 90) / 65
    let across = azimuth / 65
    return 8 - min(min(12 * down * down, 30) + min(12 * across * across, 30), 30)
  }
}
