internal import Ccrypto

/// SHA-256 digests, by OpenSSL.
public struct SHA256Digest {
  private var context = SHA256_CTX()

  /// Makes the digest of nothing yet.
  public init() { SHA256_Init(&context) }

  /// Adds bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    SHA256_Update(&context, bytes.baseAddress, bytes.count)
  }

  /// The digest as 64 hexadecimal digits.
  public mutating func finish() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    SHA256_Final(&digest, &context)
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The digest of bytes.
  public static func of(_ bytes: UnsafeRawBufferPointer) -> String {
    var digest = SHA256Digest()
    digest.update(bytes)
    return digest.finish()
  }
}
