internal import FoundationEssentials
public import QHostRuntime

/// A minisign public key: `Ed`, the key's number (8 bytes), and an Ed25519 key (32 bytes), as base64.
///
/// Source: minisign's file format, version 0.11 (F. Denis).
public struct MinisignKey: Sendable, Equatable {
  /// The 56 letters of base64.
  public let text: String
  /// The number that signatures name, which is not a secret and proves nothing.
  let number: [UInt8]
  /// The Ed25519 key.
  let bytes: [UInt8]

  /// The key's number as minisign prints it: 16 hexadecimal digits, last byte first.
  public var name: String { Self.name(of: number) }

  /// Reads a key.
  ///
  /// - Parameter text: the 56 letters, or the path of the `.pub` file that holds them in its second line.
  /// - Throws: kind `usage` for a text that is neither, kind `data` for a file that holds no key.
  public init(_ text: String) throws(RunError) {
    if let key = Self(letters: text) {
      self = key
      return
    }
    guard FileAccess.exists(text) else {
      throw RunError(
        .usage,
        "'\(text.prefix(80))' is neither a minisign key (56 letters that begin with RW) nor a file; give what "
          + "'minisign -G' printed, or the path of the .pub file")
    }
    let content = String(decoding: try FileAccess.read(text), as: UTF8.self)
    let lines = content.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == 2 || lines.count == 3 && lines[2].isEmpty,
      lines[0].hasPrefix("untrusted comment: "), let key = Self(letters: String(lines[1]))
    else {
      throw RunError(
        .data,
        "'\(text)' is not a minisign public key: a comment and a key of 56 letters; give the .pub file"
      )
    }
    self = key
  }

  /// A key from its 56 letters alone; `nil` when they are not a key.
  public init?(letters: String) {
    guard letters.utf8.count == 56, let raw = CanonicalBase64.bytes(letters), raw.count == 42,
      raw[0] == UInt8(ascii: "E"), raw[1] == UInt8(ascii: "d")
    else { return nil }
    text = letters
    number = Array(raw[2..<10])
    bytes = Array(raw[10...])
  }

  /// A key's number as minisign prints it.
  static func name(of number: [UInt8]) -> String {
    number.reversed().map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
