internal import QHostRuntime

/// A checksum of 32 bits by a table: reflected, begun and ended with all bits set.
package struct CyclicRedundancy: Sendable {
  /// CRC-32, that of zip archives: polynomial 0x04C11DB7.
  ///
  /// Source: ISO 3309.
  package static let zip = CyclicRedundancy(reversedPolynomial: 0xEDB8_8320)
  /// CRC-32C, that of Castagnoli: polynomial 0x1EDC6F41.
  ///
  /// Source: RFC 3720, appendix B.4.
  package static let castagnoli = CyclicRedundancy(reversedPolynomial: 0x82F6_3B78)

  private let table: [UInt32]

  private init(reversedPolynomial: UInt32) {
    table = (0..<256).map { byte in
      (0..<8).reduce(UInt32(byte)) { value, _ in
        value >> 1 ^ (value & 1 == 1 ? reversedPolynomial : 0)
      }
    }
  }

  /// The checksum of bytes.
  package func callAsFunction(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { $0 >> 8 ^ table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] }
  }
}
