/// Text of older programs under Windows, one byte a character.
public enum Latin1 {
  /// What the bytes 0x80 to 0x9F are in Windows-1252, which is what is meant by Latin-1 in practice; ISO 8859-1 has
  /// unprintable characters there.
  private static let printable: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
  ]

  /// The same text in UTF-8.
  ///
  /// Source: the WHATWG's *Encoding Standard*, index windows-1252.
  public static func utf8(_ text: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count + text.count / 8 + 1)
    for byte in text {
      guard byte >= 0x80 else {
        bytes.append(byte)
        continue
      }
      let value = byte < 0xA0 ? printable[Int(byte) - 0x80] : UInt32(byte)
      if let scalar = UnicodeScalar(value) { bytes.append(contentsOf: Array(String(scalar).utf8)) }
    }
    return bytes
  }
}
