import Csodium
import Foundation
import QHostRuntime

/// Signs as minisign does, with a key pair of its own made by libsodium from a seed.
struct TestSigner {
  private let secret: [UInt8]
  private let `public`: [UInt8]
  private let number: [UInt8]

  init(seed: UInt8) {
    _ = sodium_init()
    var secret = [UInt8](repeating: 0, count: 64)
    var key = [UInt8](repeating: 0, count: 32)
    crypto_sign_seed_keypair(&key, &secret, [UInt8](repeating: seed, count: 32))
    self.secret = secret
    self.public = key
    number = (0..<8).map { $0 &+ seed }
  }

  /// The public key in minisign's letters.
  var key: String { Data([0x45, 0x64] + number + `public`).base64EncodedString() }

  /// The lines of a signature, over the file's BLAKE2b-512 as minisign makes them, or in its older form.
  func lines(_ file: [UInt8], comment: String, prehashed: Bool = true) -> [String] {
    var digest = [UInt8](repeating: 0, count: 64)
    crypto_generichash(&digest, 64, file, UInt64(file.count), nil, 0)
    let signature = sign(prehashed ? digest : file)
    let whole = [0x45, prehashed ? 0x44 : 0x64] + number + signature
    return [
      "untrusted comment: signature", Data(whole).base64EncodedString(),
      "trusted comment: \(comment)",
      Data(sign(signature + Array(comment.utf8))).base64EncodedString(),
    ]
  }

  private func sign(_ message: [UInt8]) -> [UInt8] {
    var signature = [UInt8](repeating: 0, count: 64)
    crypto_sign_detached(&signature, nil, message, UInt64(message.count), secret)
    return signature
  }
}

extension [String] {
  /// The bytes of a file that has these lines.
  var file: [UInt8] { Swift.Array<UInt8>((joined(separator: "\n") + "\n").utf8) }
}
