internal import Foundation

/// How fast a channel changes for a user that moves: Jakes' model.
public enum Doppler {
  /// The largest shift of a user that moves.
  ///
  /// - Parameters:
  ///   - speed: v in km/h.
  ///   - carrierGHz: f.
  /// - Returns: v f / c in Hz.
  public static func shift(speed: Double, carrierGHz: Double) -> Double {
    speed / 3.6 * carrierGHz * 1e9 / UrbanScenario.speedOfLight
  }

  /// The correlation J₀(2π f_D τ) of a tap with itself after a time τ.
  ///
  /// - Parameters:
  ///   - shift: f_D in Hz.
  ///   - seconds: τ.
  /// - Returns: -0.403 to 1; 1 at τ = 0.
  public static func correlation(shift: Double, after seconds: Double) -> Double {
    j0(2 * .pi * shift * seconds)
  }
}
