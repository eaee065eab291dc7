internal import Foundation

/// A tapped delay line with Rayleigh taps that change from slot to slot.
///
/// h ← ρ h + (1 - ρ²)^(1/2) w for each tap, with ρ = J₀(2π f_D τ) and w complex normal of the tap's power: a first-order process that
/// has Jakes' correlation from a slot to the next, and its powers beyond.
public struct FadingChannel: Sendable {
  /// Delays of the taps in seconds.
  public let delays: [Double]
  /// The correlation from a slot to the next.
  public let correlation: Double
  private let amplitudes: [Double]
  /// Real parts of the taps.
  public private(set) var real: [Double]
  /// Imaginary parts of the taps.
  public private(set) var imaginary: [Double]

  /// Prepares a channel; ``draw(_:)`` or ``advance(_:)`` comes next.
  ///
  /// - Parameters:
  ///   - profile: its taps.
  ///   - delaySpreadNanoseconds: above 0, for example 30 to 300.
  ///   - dopplerShift: in Hz, at least 0.
  ///   - slotSeconds: τ.
  public init(
    _ profile: DelayProfile, delaySpreadNanoseconds: Double, dopplerShift: Double,
    slotSeconds: Double
  ) {
    precondition(delaySpreadNanoseconds > 0, "a delay spread of \(delaySpreadNanoseconds) ns")
    delays = profile.delays.map { $0 * delaySpreadNanoseconds * 1e-9 }
    amplitudes = profile.powers.map { ($0 / 2).squareRoot() }
    correlation = Doppler.correlation(shift: dopplerShift, after: slotSeconds)
    real = Array(repeating: 0, count: delays.count)
    imaginary = real
  }

  /// How many standard normal numbers a slot takes: two for each tap.
  public var normalCount: Int { 2 * delays.count }

  /// Draws all taps again from standard normal numbers [``normalCount``].
  public mutating func draw(_ normals: [Double]) { change(keeping: 0, normals) }

  /// Continues by one slot, from standard normal numbers [``normalCount``].
  public mutating func advance(_ normals: [Double]) { change(keeping: correlation, normals) }

  /// The power gain |Σ h e^(-j 2π f t)|² at a frequency in Hz from the carrier; of mean 1.
  public func gain(at frequency: Double) -> Double {
    var (sumReal, sumImaginary) = (0.0, 0.0)
    for tap in delays.indices {
      let angle = -2 * Double.pi * frequency * delays[tap]
      let (c, s) = (cos(angle), sin(angle))
      sumReal += real[tap] * c - imaginary[tap] * s
      sumImaginary += real[tap] * s + imaginary[tap] * c
    }
    return sumReal * sumReal + sumImaginary * sumImaginary
  }

  private mutating func change(keeping kept: Double, _ normals: [Double]) {
    precondition(normals.count == normalCount, "\(normals.count) numbers for \(normalCount)")
    let fresh = (1 - kept * kept).squareRoot()
    for tap in delays.indices {
      real[tap] = kept * real[tap] + fresh * amplitudes[tap] * normals[2 * tap]
      imaginary[tap] = kept * imaginary[tap] + fresh * amplitudes[tap] * normals[2 * tap + 1]
    }
  }
}
