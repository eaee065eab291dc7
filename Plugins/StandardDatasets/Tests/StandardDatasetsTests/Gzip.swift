/// Packs bytes as gzip without compressing them (RFC 1952, stored blocks of RFC 1951).
func gzip(_ bytes: [UInt8]) -> [UInt8] {
  var packed: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
  var start = 0
  repeat {
    let count = min(bytes.count - start, 0xFFFF)
    let isLast: UInt8 = start + count == bytes.count ? 1 : 0
    packed += [isLast, UInt8(count & 255), UInt8(count >> 8)]
    packed += [~UInt8(count & 255), ~UInt8(count >> 8)]
    packed += bytes[start..<start + count]
    start += count
  } while start < bytes.count
  return packed + littleEndian(checksum(bytes)) + littleEndian(UInt32(bytes.count))
}

/// CRC-32 of RFC 1952.
private func checksum(_ bytes: [UInt8]) -> UInt32 {
  var remainder = UInt32.max
  for byte in bytes {
    remainder ^= UInt32(byte)
    for _ in 0..<8 { remainder = remainder >> 1 ^ (remainder & 1 == 1 ? 0xEDB8_8320 : 0) }
  }
  return ~remainder
}

private func littleEndian(_ number: UInt32) -> [UInt8] {
  (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}
