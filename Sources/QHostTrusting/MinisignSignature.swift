internal import Csodium
public import QHostRuntime

/// A minisign signature, read more strictly than minisign itself reads it.
///
/// Exactly four lines that each end with a newline: an untrusted comment, the signature, the trusted comment, and the
/// signature of both. Only the prehashed form is taken (`ED`: Ed25519 over the BLAKE2b-512 digest of the file), and only
/// canonical base64.
///
/// Source: minisign's file format, version 0.11 (F. Denis); RFC 8032; RFC 7693.
public struct MinisignSignature: Sendable {
  /// The number of the key that signed.
  let keyNumber: [UInt8]
  /// The Ed25519 signature of the file's digest: 64 bytes.
  let signature: [UInt8]
  /// What the signer says of the file; it is signed too.
  public let trustedComment: String
  /// The Ed25519 signature of `signature` and `trustedComment`: 64 bytes.
  let globalSignature: [UInt8]

  /// The key's number as minisign prints it.
  public var keyName: String { MinisignKey.name(of: keyNumber) }

  /// The most bytes that a signature may have.
  static let sizeLimit = 8192

  /// Reads a signature.
  ///
  /// - Parameters:
  ///   - bytes: the content of a `.minisig` file.
  ///   - path: its path, for messages.
  /// - Throws: kind `data`, with what is not as it must be.
  public init(_ bytes: [UInt8], path: String) throws(RunError) {
    func refusal(_ reason: String) -> RunError {
      RunError(
        .data,
        "'\(path)' is not a signature that qhost takes: \(reason); sign the file again with minisign 0.8 or newer"
      )
    }
    guard bytes.count <= Self.sizeLimit else {
      throw refusal("it has \(bytes.count) bytes, where \(Self.sizeLimit) are the most")
    }
    guard let text = String(validating: bytes, as: UTF8.self),
      text.unicodeScalars.allSatisfy({
        $0 == "\n" || $0 == "\t" || $0.value >= 0x20 && $0.value != 0x7F
      })
    else { throw refusal("it is not plain text") }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == 5, lines[4].isEmpty else {
      throw refusal("it has \(max(0, lines.count - 1)) lines, where there must be four")
    }
    guard lines[0].hasPrefix("untrusted comment: ") else {
      throw refusal("line 1 is not an untrusted comment")
    }
    let comment = "trusted comment: "
    guard lines[2].hasPrefix(comment) else { throw refusal("line 3 is not a trusted comment") }
    guard let raw = CanonicalBase64.bytes(lines[1]), raw.count == 74 else {
      throw refusal("line 2 is not a signature of 74 bytes in base64")
    }
    guard raw[0] == UInt8(ascii: "E"), raw[1] == UInt8(ascii: "D") else {
      throw refusal("line 2 is not of the prehashed form (ED)")
    }
    guard let global = CanonicalBase64.bytes(lines[3]), global.count == 64 else {
      throw refusal("line 4 is not a signature of 64 bytes in base64")
    }
    keyNumber = Array(raw[2..<10])
    signature = Array(raw[10...])
    trustedComment = String(lines[2].dropFirst(comment.count))
    globalSignature = global
  }

  /// Whether a key has signed a file and this comment.
  ///
  /// - Parameters:
  ///   - file: the file's bytes.
  ///   - key: the key.
  /// - Returns: `false` for another key, another file, another comment.
  public func isValid(for file: [UInt8], by key: MinisignKey) -> Bool {
    guard sodium_init() >= 0, keyNumber == key.number else { return false }
    var digest = [UInt8](repeating: 0, count: 64)
    guard
      crypto_generichash(&digest, digest.count, file, UInt64(file.count), nil, 0) == 0,
      crypto_sign_verify_detached(signature, digest, UInt64(digest.count), key.bytes) == 0
    else { return false }
    let signed = signature + Array(trustedComment.utf8)
    return crypto_sign_verify_detached(globalSignature, signed, UInt64(signed.count), key.bytes)
      == 0
  }
}
