internal import Foundation

/// The error rate of code blocks: capacity, a gap for the code's length, and a waterfall.
///
///     SNR₁₀ = C⁻¹(spectral efficiency) + gap(N, R),  gap = 0.046 + 21.0 N^(-1/2) - 35.3/N + 0.44 R dB
///     BLER = ½ erfc((SNR - μ)/(2^(1/2) s)),  μ = SNR₁₀ - 1.2816 s
///
/// N = bits of a code block. The gap is a least-largest-error fit to the 10 % points of the tables that come with Sionna 2.2 (PDSCH,
/// tables 1 and 2): within 0.56 dB for all blocks of 100 bits or more. Their grid has steps of 1.6 to 1.8 dB, so that these points are
/// themselves known to about ±0.5 dB. Below 100 bits the gap goes with ln N to the tables' mean of 2.2 dB at 24 bits, where single
/// schemes are up to 3.5 dB off. The width is s = 1.4 (24/N)^0.436 dB, from the tables' 50 and 1 % points: about 0.28 dB at 1000 bits.
public struct BlockErrorRate: Sendable {
  /// The schemes.
  public let schemes: [CodingScheme]
  private let capacityPoints: [Double]

  /// Prepares the schemes of a table.
  public init(_ table: MCSTable) { self.init(schemes: table.schemes) }

  /// Prepares given schemes.
  public init(schemes: [CodingScheme]) {
    self.schemes = schemes
    capacityPoints = schemes.map {
      BICMCapacity.curve(bitsPerSymbol: $0.bitsPerSymbol).snr(capacity: $0.spectralEfficiency)
    }
  }

  /// Where the capacity is the scheme's spectral efficiency, in dB: no code is good below it.
  public func capacityPoint(_ scheme: Int) -> Double { capacityPoints[scheme] }

  /// The gap to capacity in dB at 10 % errors.
  ///
  /// - Parameters:
  ///   - blockSize: N, at least 24; less counts as 24.
  ///   - rate: the code rate.
  /// - Returns: dB above the capacity point.
  public static func gap(blockSize: Double, rate: Double) -> Double {
    let size = max(blockSize, 100)
    let long = 0.046 + 21.0 / size.squareRoot() - 35.3 / size + 0.44 * rate
    guard blockSize < 100 else { return long }
    let part = log(max(blockSize, 24) / 24) / log(100.0 / 24)
    return 2.2 + part * (long - 2.2)
  }

  /// The width s of the waterfall in dB.
  public static func width(blockSize: Double) -> Double {
    1.4 * pow(24 / max(blockSize, 24), 0.436)
  }

  /// The signal-to-noise ratio at which 10 % of code blocks are lost, SNR₁₀.
  ///
  /// - Parameters:
  ///   - scheme: its index in ``schemes``.
  ///   - blockSize: N, bits of a code block; less than 24 counts as 24.
  /// - Returns: dB.
  public func threshold(_ scheme: Int, blockSize: Double) -> Double {
    capacityPoints[scheme] + Self.gap(blockSize: blockSize, rate: schemes[scheme].rate)
  }

  /// The fraction of code blocks that are lost.
  ///
  /// - Parameters:
  ///   - scheme: its index in ``schemes``.
  ///   - snr: the signal-to-noise ratio in dB.
  ///   - blockSize: N, bits of a code block; less than 24 counts as 24.
  /// - Returns: 0 to 1.
  public func rate(_ scheme: Int, snr: Double, blockSize: Double) -> Double {
    let width = Self.width(blockSize: blockSize)
    let middle = threshold(scheme, blockSize: blockSize) - 1.2815515655446004 * width
    return 0.5 * erfc((snr - middle) / (2.0.squareRoot() * width))
  }

  /// The fraction of transport blocks that are lost: 1 - (1 - BLER)^C for C code blocks.
  ///
  /// - Parameters:
  ///   - scheme: its index in ``schemes``.
  ///   - snr: the signal-to-noise ratio in dB.
  ///   - block: how many code blocks it has, and of which size.
  /// - Returns: 0 to 1.
  public func rate(_ scheme: Int, snr: Double, block: TransportBlock) -> Double {
    let single = rate(scheme, snr: snr, blockSize: Double(block.codeBlockSize))
    return 1 - pow(1 - single, Double(block.codeBlockCount))
  }

  /// The scheme of the highest index whose 10 % point is at most a signal-to-noise ratio.
  ///
  /// This is what is called the inner loop.
  ///
  /// - Parameters:
  ///   - snr: the signal-to-noise ratio in dB.
  ///   - blockSize: N, bits of a code block; less than 24 counts as 24.
  /// - Returns: its index in ``schemes``; 0 when there is none.
  public func highestScheme(snr: Double, blockSize: Double) -> Int {
    schemes.indices.last { threshold($0, blockSize: blockSize) <= snr } ?? 0
  }
}
