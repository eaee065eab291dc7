internal import Foundation

/// A column of elements with phases that tilt its beam electrically.
///
/// Weights w_m = K^(-1/2) e^(-j 2π d (m - 1) cos θ_tilt) give the gain A_E + 10 lg |Σ_m w_m e^(j 2π d (m - 1) cos θ)|², with d the
/// spacing in wavelengths and θ from the zenith. Side lobes rise and fall with the tilt: physically, not for lack of care. (TR 37.840,
/// TR 36.873 and TR 38.901, 7.3; from memory of the reports.)
public struct AntennaColumn: Sendable, Equatable {
  /// K, the elements.
  public let elementCount: Int
  /// d, the spacing in wavelengths.
  public let spacing: Double

  /// Makes a column.
  public init(elementCount: Int = 8, spacing: Double = 0.8) {
    precondition(elementCount > 0, "\(elementCount) elements")
    self.elementCount = elementCount
    self.spacing = spacing
  }

  /// The gain in dBi of the column.
  ///
  /// - Parameters:
  ///   - zenith: θ in degrees; 90 is the horizon.
  ///   - azimuth: φ, -180 to 180 degrees from the boresight.
  ///   - tilt: degrees below the horizon.
  /// - Returns: dBi.
  public func gain(zenith: Double, azimuth: Double, tilt: Double) -> Double {
    ElementPattern.gain(zenith: zenith, azimuth: azimuth) + arrayGain(zenith: zenith, tilt: tilt)
  }

  /// The gain of the array alone, 10 lg |Σ_m w_m e^(j 2π d (m - 1) cos θ)|².
  ///
  /// - Parameters:
  ///   - zenith: θ in degrees; 90 is the horizon.
  ///   - tilt: degrees below the horizon.
  /// - Returns: dB; at the tilt 10 lg K, in a null -∞.
  public func arrayGain(zenith: Double, tilt: Double) -> Double {
    let step =
      2 * Double.pi * spacing * (cos(zenith * .pi / 180) - cos((90 + tilt) * .pi / 180))
    var (real, imaginary) = (0.0, 0.0)
    for m in 0..<elementCount {
      real += cos(Double(m) * step)
      imaginary += sin(Double(m) * step)
    }
    return Decibel.of((real * real + imaginary * imaginary) / Double(elementCount))
  }
}
