internal import Foundation

/// Ratios of powers in decibels.
public enum Decibel {
  /// 10 lg of a ratio of powers; -∞ of 0.
  public static func of(_ ratio: Double) -> Double { 10 * log10(ratio) }

  /// The ratio 10^(x/10) of x decibels.
  public static func linear(_ decibels: Double) -> Double { exp(decibels * 0.23025850929940457) }

  /// The power of thermal noise, -174 + 10 lg(bandwidth in Hz) + noise figure.
  ///
  /// - Parameters:
  ///   - bandwidthHertz: above 0.
  ///   - noiseFigure: in dB.
  /// - Returns: dBm.
  public static func noise(bandwidthHertz: Double, noiseFigure: Double) -> Double {
    -174 + of(bandwidthHertz) + noiseFigure
  }
}
