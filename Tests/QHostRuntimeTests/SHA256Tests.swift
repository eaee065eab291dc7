import QHostRuntime
import Testing

@Suite("SHA256Digest")
struct SHA256Tests {
  private func digest(_ text: String) -> String {
    Array(text.utf8).withUnsafeBytes { SHA256Digest.of($0) }
  }

  @Test("Known answers of FIPS 180-4")
  func knownAnswers() {
    #expect(digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      digest(String(repeating: "a", count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test("Bytes may come in pieces")
  func pieces() {
    var digest = SHA256Digest()
    for part in ["", "a", "b", "c"] { Array(part.utf8).withUnsafeBytes { digest.update($0) } }
    #expect(digest.finish() == self.digest("abc"))
  }
}
