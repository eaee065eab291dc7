/// A modulation and a code rate.
public struct CodingScheme: Sendable, Equatable {
  /// Bits of a symbol: 2, 4, 6 or 8.
  public let bitsPerSymbol: Int
  /// The code rate times 1024.
  public let rateTimes1024: Double

  /// The code rate.
  public var rate: Double { rateTimes1024 / 1024 }
  /// Information bits of a symbol.
  public var spectralEfficiency: Double { Double(bitsPerSymbol) * rateTimes1024 / 1024 }

  /// Makes a scheme.
  public init(bitsPerSymbol: Int, rateTimes1024: Double) {
    self.bitsPerSymbol = bitsPerSymbol
    self.rateTimes1024 = rateTimes1024
  }

  static func list(_ rates: KeyValuePairs<Int, [Double]>) -> [CodingScheme] {
    rates.flatMap { bits, rates in
      rates.map { CodingScheme(bitsPerSymbol: bits, rateTimes1024: $0) }
    }
  }
}
