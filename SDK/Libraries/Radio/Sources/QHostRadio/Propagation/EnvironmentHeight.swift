internal import Foundation

/// The effective height of what reflects, h_E in UMa (TR 38.901, table 7.4.1-1, note 1).
///
/// 1 m with probability 1/(1 + C), else one of 12, 15, ..., h_UT - 1.5 m, all alike; C as in the probability of line of sight.
/// Drawn once for a link and kept: whoever draws it again at each call has links whose loss jumps.
public enum EnvironmentHeight {
  /// The height in m for two numbers uniform over [0, 1).
  ///
  /// - Parameters:
  ///   - distance: horizontal, in m.
  ///   - userHeight: in m, 1.5 to 22.5.
  ///   - first: says whether it is 1 m.
  ///   - second: picks one of the others.
  /// - Returns: h_E in m.
  public static func drawn(
    distance: Double, userHeight: Double, first: Double, second: Double
  ) -> Double {
    guard distance > 18, userHeight >= 13 else { return 1 }
    let scaled = distance / 100
    let growth =
      pow((userHeight - 13) / 10, 1.5) * 1.25 * scaled * scaled * scaled * exp(-distance / 150)
    guard first >= 1 / (1 + growth) else { return 1 }
    let count = max(1, ((userHeight - 13.5) / 3).rounded(.down) + 1)
    return 12 + 3 * min((second * count).rounded(.down), count - 1)
  }
}
