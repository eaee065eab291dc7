/// What a receiver knows of a block after each of its transmissions.
public struct HybridARQ: Sendable, Equatable {
  /// How transmissions are put together.
  public enum Combining: String, Sendable, CaseIterable {
    /// Chase: the same bits, whose signal-to-noise ratios add up.
    case chase
    /// Incremental redundancy: other bits of the code, whose informations add up; the code rate is about R/k after k transmissions.
    case redundancy
  }

  /// The redundancy versions, in the order in which they are sent.
  public static let versions = [0, 2, 3, 1]

  /// The most transmissions of a block.
  public static let transmissionLimit = versions.count

  /// How transmissions are put together.
  public let combining: Combining
  /// The ratios in dB of the transmissions so far.
  public private(set) var ratios: [Double] = []

  /// A new block.
  public init(_ combining: Combining) { self.combining = combining }

  /// Whether the block may not be sent again.
  public var isExhausted: Bool { ratios.count >= Self.transmissionLimit }

  /// The redundancy version of the next transmission; `nil`: there is none.
  public var nextVersion: Int? { isExhausted ? nil : Self.versions[ratios.count] }

  /// Notes a transmission's ratio in dB.
  public mutating func receive(snr: Double) {
    precondition(!isExhausted, "a block is sent \(Self.transmissionLimit) times at most")
    ratios.append(snr)
  }

  /// The part of such blocks that are lost with what has been received; 1 before the first transmission.
  ///
  /// - Parameters:
  ///   - scheme: of all transmissions.
  ///   - blockSize: bits of a code block.
  /// - Returns: 0 to 1.
  public func errorRate(_ scheme: CodingScheme, blockSize: Double) -> Double {
    guard !ratios.isEmpty else { return 1 }
    switch combining {
    case .chase:
      let sum = ratios.reduce(0) { $0 + Decibel.linear($1) }
      return BlockErrorRate(schemes: [scheme]).rate(0, snr: Decibel.of(sum), blockSize: blockSize)
    case .redundancy:
      let mean = EffectiveSINR.byInformation(ratios, bitsPerSymbol: scheme.bitsPerSymbol)
      let longer = CodingScheme(
        bitsPerSymbol: scheme.bitsPerSymbol,
        rateTimes1024: scheme.rateTimes1024 / Double(ratios.count))
      return BlockErrorRate(schemes: [longer]).rate(0, snr: mean, blockSize: blockSize)
    }
  }
}
