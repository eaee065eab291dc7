import QHostRuntime
import QHostTrusting
import Testing

@Suite("Signatures of minisign")
struct MinisignTests {
  private static let content = Array("hello\n".utf8)

  @Test("a key and a signature that minisign 0.11 wrote are read, and valid for that file alone")
  func aRecordedSignatureIsValid() throws {
    let key = try MinisignKey("RWS/dW9jFEKyKY2d16lxKclp1x49d2XoC6cjKAx5cO+VlW86w4zChE3U")
    #expect(key.name == "29B24214636F75BF")
    let file = [
      "untrusted comment: signature from minisign secret key",
      "RUS/dW9jFEKyKWey7IJcAvhCkyfaHYKXd3huhZl8cgGEKnJHsW9Tr+uHIo5eNYXbeURoDRyInTjWmcAw06CPDzl4bjwM3eCsTQs=",
      "trusted comment: qhost plugin x 1.0",
      "lGEL1LBbEzXmUo/n03iGus4UD7ecZa5YgYb/B/RUg7JaaCaPZ+Bx3W8fdA2L+P9NSpeQ7ck8HDqSc8hCUvctBA==",
    ].file
    let signature = try MinisignSignature(file, path: "x.minisig")
    #expect(signature.trustedComment == "qhost plugin x 1.0")
    #expect(signature.keyName == key.name)
    #expect(signature.isValid(for: Self.content, by: key))
    #expect(!signature.isValid(for: Self.content + [0], by: key))
    #expect(!signature.isValid(for: [], by: key))
  }

  @Test("each part of a signature counts: file, comment, key and both signatures")
  func everyPartCounts() throws {
    let signer = TestSigner(seed: 1)
    let key = try MinisignKey(signer.key)
    let lines = signer.lines(Self.content, comment: "c")
    func isValid(_ lines: [String], by key: MinisignKey) throws -> Bool {
      try MinisignSignature(lines.file, path: "x").isValid(for: Self.content, by: key)
    }
    #expect(try isValid(lines, by: key))
    var other = lines
    other[2] += "d"
    #expect(try !isValid(other, by: key))
    other = lines
    other[1] = signer.lines([1], comment: "c")[1]
    #expect(try !isValid(other, by: key))
    other = lines
    other[3] = signer.lines(Self.content, comment: "d")[3]
    #expect(try !isValid(other, by: key))
    #expect(try !isValid(lines, by: MinisignKey(TestSigner(seed: 2).key)))
    // The comment that is not signed may change: so it is in minisign, and it is shown nowhere.
    other = lines
    other[0] += " of mine"
    #expect(try isValid(other, by: key))
  }

  @Test(
    "what minisign itself would read is refused where it is not the one form", arguments: Damage.all
  )
  func looseFormsAreRefused(_ damage: Damage) throws {
    let lines = TestSigner(seed: 1).lines(Self.content, comment: "c", prehashed: damage.isPrehashed)
    let error = #expect(throws: RunError.self) {
      try MinisignSignature(damage.bytes(lines), path: "x.minisig")
    }
    #expect(error?.kind == .data)
    #expect(error?.message.contains("'x.minisig'") == true)
    #expect(error?.message.contains(damage.word) == true, "\(error?.message ?? "")")
  }

  @Test(
    "a text that is not a key is refused by name",
    arguments: ["", "RW", "RWS/dW9jFEKyKY2d16lx", "nothing.pub"])
  func badKeys(_ text: String) {
    let error = #expect(throws: RunError.self) { try MinisignKey(text) }
    #expect(error?.kind == .usage)
    #expect(error?.message.contains("'\(text)'") == true)
  }
}

/// A way in which a signature is not as it must be.
struct Damage: Sendable, CustomTestStringConvertible {
  var testDescription: String
  /// What the refusal says.
  var word: String
  var isPrehashed = true
  var bytes: @Sendable ([String]) -> [UInt8]

  static let all = [
    Damage(testDescription: "legacy", word: "prehashed", isPrehashed: false) { $0.file },
    Damage(testDescription: "a fifth line", word: "5 lines") { ($0 + ["more"]).file },
    Damage(testDescription: "no last newline", word: "lines") { $0.file.dropLast() },
    Damage(testDescription: "carriage returns", word: "plain text") {
      $0.map { $0 + "\r" }.file
    },
    Damage(testDescription: "terminal escape", word: "plain text") { lines in
      [lines[0] + "\u{1B}[2J"].file + Array(lines[1...]).file
    },
    Damage(testDescription: "no padding", word: "line 4") { lines in
      (lines[..<3] + [String(lines[3].dropLast(2))]).file
    },
    Damage(testDescription: "space in base64", word: "line 2") { lines in
      [lines[0], " " + lines[1], lines[2], lines[3]].file
    },
    Damage(testDescription: "no trusted comment", word: "line 3") { lines in
      [lines[0], lines[1], "comment: c", lines[3]].file
    },
    Damage(testDescription: "not UTF-8", word: "plain text") { [0xFF] + $0.file },
    Damage(testDescription: "much too long", word: "bytes") {
      $0.file + [UInt8](repeating: 0x41, count: 9000)
    },
  ]
}
