internal import Foundation

/// The bits of a slot and the code blocks that they are cut into (TS 38.214, 5.1.3.2, and TS 38.212, 5.2.2).
public struct TransportBlock: Sendable, Equatable {
  /// Information bits.
  public let size: Int
  /// How many code blocks there are.
  public let codeBlockCount: Int

  /// Bits of a code block with its checks: 16 or 24 bits for the block, 24 for each code block where there are several.
  public var codeBlockSize: Int {
    (size + (size > 3824 ? 24 : 16)) / codeBlockCount + (codeBlockCount > 1 ? 24 : 0)
  }

  /// Computes the block of an allocation.
  ///
  /// - Parameters:
  ///   - scheme: modulation and code rate.
  ///   - resourceBlockCount: 1 to 275.
  ///   - symbolCount: OFDM symbols, 1 to 14.
  ///   - referenceCount: resource elements of a block that DMRS takes.
  ///   - overhead: resource elements of a block that are lost otherwise.
  ///   - layerCount: layers, 1 to 8.
  public init(
    _ scheme: CodingScheme, resourceBlockCount: Int, symbolCount: Int = 14,
    referenceCount: Int = 12, overhead: Int = 0, layerCount: Int = 1
  ) {
    precondition((1...275).contains(resourceBlockCount), "\(resourceBlockCount) resource blocks")
    precondition((1...14).contains(symbolCount), "\(symbolCount) symbols")
    precondition((1...8).contains(layerCount), "\(layerCount) layers")
    let elements = min(156, 12 * symbolCount - referenceCount - overhead) * resourceBlockCount
    precondition(elements > 0, "references and overhead leave \(elements) elements for data")
    self.init(
      informationBits: Double(elements * scheme.bitsPerSymbol * layerCount) * scheme.rate,
      rate: scheme.rate)
  }

  /// Computes the block for N_info information bits.
  ///
  /// - Parameters:
  ///   - informationBits: N_info, a real number that need not be an allowed size.
  ///   - rate: the code rate, 0 to 1, which decides how large code blocks are.
  public init(informationBits: Double, rate: Double) {
    guard informationBits > 3824 else {
      let step = pow(2, max(3, floor(log2(max(informationBits, 1))) - 6))
      let rounded = max(24, Int(step * floor(informationBits / step)))
      size = Self.sizes.first { $0 >= rounded } ?? 3824
      codeBlockCount = 1
      return
    }
    let step = pow(2, floor(log2(informationBits - 24)) - 5)
    let rounded = max(3840, step * floor((informationBits - 24) / step + 0.5))
    let limit: Double = rate <= 0.25 ? 3816 : 8424
    let count = rate <= 0.25 || rounded > 8424 ? ceil((rounded + 24) / limit) : 1
    codeBlockCount = Int(count)
    size = Int(8 * count * ceil((rounded + 24) / (8 * count)) - 24)
  }

  /// Table 5.1.3.2-1.
  private static let sizes = [
    24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120, 128, 136, 144, 152, 160, 168, 176, 184,
    192, 208, 224, 240, 256, 272, 288, 304, 320, 336, 352, 368, 384, 408, 432, 456, 480, 504, 528,
    552, 576, 608, 640, 672, 704, 736, 768, 808, 848, 888, 928, 984, 1032, 1064, 1128, 1160, 1192,
    1224, 1256, 1288, 1320, 1352, 1416, 1480, 1544, 1608, 1672, 1736, 1800, 1864, 1928, 2024, 2088,
    2152, 2216, 2280, 2408, 2472, 2536, 2600, 2664, 2728, 2792, 2856, 2976, 3104, 3240, 3368, 3496,
    3624, 3752, 3824,
  ]
}
