internal import Foundation
internal import QHostRadio

/// The rates of users on sub-bands in bit/s/Hz, multiples of 2⁻²⁰.
///
/// Such numbers are exact in single precision, and sums of a few thousand of them in double precision in any order: a score
/// that was changed step by step is the same to the last bit as one that is computed again.
enum RateTable {
  private static let steps = 0x1p20

  /// The nearest multiple of 2⁻²⁰.
  static func rounded(_ rate: Double) -> Double { (rate * steps).rounded() / steps }

  /// Rates [S × U], all other cells sending all the time.
  static func rates(_ drop: UserDrop, _ fading: FadingTable, _ settings: SubBandSettings)
    -> [Double]
  {
    ratios(drop, fading, settings).map { rounded(CappedShannonRate.downlink.rate(sinr: $0)) }
  }

  /// Ratios of signal to interference and noise [S × U], all other cells sending all the time without fading.
  static func ratios(
    _ drop: UserDrop, _ fading: FadingTable, _ settings: SubBandSettings
  ) -> [Double] {
    let means = (0..<settings.userCount).map { drop.meanRatio(ofUser: $0, cell: 0) }
    return (0..<settings.subBandCount).flatMap { band in
      means.enumerated().map { user, mean in mean * fading.gain(user: user, subBand: band) }
    }
  }
}

/// The coding schemes of mode single-mcs: every second one of TS 38.214, table 2, from 0 to 26.
enum SchemeTable {
  /// The bits of a code block that thresholds are for.
  private static let blockSize = 1_000.0
  private static let indices = Array(stride(from: 0, through: 26, by: 2))

  /// Spectral efficiencies in bit/s/Hz, rising.
  static let efficiencies = indices.map {
    RateTable.rounded(MCSTable.qam256.schemes[$0].spectralEfficiency)
  }

  /// How many of the schemes lose 10 % of their blocks at most at ratios of powers.
  static func levels(_ ratios: [Double]) -> [Int] {
    let errors = BlockErrorRate(.qam256)
    let thresholds = indices.map {
      Decibel.linear(errors.threshold($0, blockSize: blockSize))
    }
    return ratios.map { ratio in thresholds.prefix { $0 <= ratio }.count }
  }
}
