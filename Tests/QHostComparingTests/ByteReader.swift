import QHostComparing
import Testing

/// Bytes that are taken apart, numbers with the lowest byte first.
struct ByteReader {
  private let bytes: [UInt8]
  private(set) var place = 0

  init(_ bytes: [UInt8], at place: Int = 0) {
    self.bytes = bytes
    self.place = place
  }

  var isAtEnd: Bool { place == bytes.count }

  mutating func take(_ count: Int) throws -> [UInt8] {
    try #require(place + count <= bytes.count, "\(count) bytes at \(place) of \(bytes.count)")
    defer { place += count }
    return Array(bytes[place..<place + count])
  }

  mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
    try take(Number.bitWidth / 8).reversed().reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
  }

  mutating func text(_ count: Int) throws -> String {
    String(decoding: try take(count), as: UTF8.self)
  }

  mutating func varint() throws -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      let byte = try take(1)[0]
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { break }
    }
    return value
  }

  /// The checksum of bytes, bit by bit.
  static func checksum(_ bytes: [UInt8], reversedPolynomial: UInt32) -> UInt32 {
    var value: UInt32 = ~0
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ reversedPolynomial : value >> 1 }
    }
    return ~value
  }
}
