internal import Foundation

/// The spectral efficiency of a link in simulations of systems: min(cap, α log₂(1 + SINR)) (TR 36.942, A.2, from memory of it).
///
/// The report sets it to 0 below -10 dB; that step is left out here, so that means over users are continuous.
public struct CappedShannonRate: Sendable, Equatable {
  /// α, the fraction of Shannon's capacity that the link reaches, 0 to 1.
  public var factor: Double
  /// The cap in bit/s/Hz.
  public var cap: Double

  /// The downlink of the report: α = 0.6, 4.4 bit/s/Hz at about 22 dB.
  public static let downlink = CappedShannonRate(factor: 0.6, cap: 4.4)
  /// Its uplink: α = 0.4, 2 bit/s/Hz at about 15 dB.
  public static let uplink = CappedShannonRate(factor: 0.4, cap: 2)

  /// Makes a rate.
  public init(factor: Double, cap: Double) {
    self.factor = factor
    self.cap = cap
  }

  /// The rate in bit/s/Hz at a ratio of powers.
  public func rate(sinr: Double) -> Double { min(cap, factor * log2(1 + sinr)) }
}
