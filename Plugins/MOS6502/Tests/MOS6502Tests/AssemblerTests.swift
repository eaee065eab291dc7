import MOS6502
import Testing

@Suite("The assembler")
struct AssemblerTests {
  /// Every mnemonic in every mode.
  private static func everything() throws -> Program {
    var program = Program(origin: 0x1000)
    program.define("short", 0x42)
    program.label("place")
    for mnemonic in Opcode.mnemonics {
      for mode in Opcode.modes(of: mnemonic) {
        switch mode {
        case .implied, .accumulator: program.emit(mnemonic, mode)
        case .immediate: program.emit(mnemonic, mode, .high("place"))
        case .relative:
          let here = program.uniqueLabel("here")
          program.label(here)
          program.emit(mnemonic, mode, Expression(here))
        case .absolute, .absoluteX, .absoluteY, .indirect:
          program.emit(mnemonic, mode, Expression("place", plus: 5))
        default: program.emit(mnemonic, mode, "short")
        }
      }
    }
    return program
  }

  @Test("knows the 151 documented opcodes, each once")
  func table() throws {
    let bytes = Opcode.mnemonics.flatMap { mnemonic in
      Opcode.modes(of: mnemonic).compactMap { Opcode(mnemonic, $0)?.byte }
    }
    #expect(bytes.count == 151 && Set(bytes).count == 151)
  }

  @Test(
    "and ca65 make the same bytes of all opcodes",
    .enabled(if: CrossAssembler.isPresent, "ca65 and ld65 (package cc65) are not installed"))
  func oracle() throws {
    let program = try Self.everything()
    #expect(try CrossAssembler.bytes(program.listing) == program.assembled().bytes)
  }

  @Test("reads its own listings")
  func roundTrip() throws {
    let program = try Self.everything()
    var copy = Program(origin: program.origin)
    try copy.parse(program.listing.split(separator: "\n").dropFirst().joined(separator: "\n"))
    #expect(try copy.assembled().bytes == program.assembled().bytes)
  }

  @Test("takes page 0 where an address lies there, and names what it cannot read")
  func parsing() throws {
    var program = Program(origin: 0x200)
    try program.parse(
      """
      zp = $12
      start: lda zp+1,x ; a comment
        sta $1234
        lda #<start
        bne start
        .byte 1, $ff, %11
      """)
    #expect(
      try program.assembled().bytes == [
        0xB5, 0x13, 0x8D, 0x34, 0x12, 0xA9, 0x00, 0xD0, 0xF7, 1, 0xFF, 3,
      ])
    for (text, culprit) in [
      ("  foo $12", "foo"), ("  lda", "lda"), ("  asl ($12),y", "asl"), ("  lda #", "missing"),
    ] {
      let error = #expect(throws: AssemblyError.self) { try program.parse(text) }
      #expect(error?.description.contains(culprit) == true, "\(text): \(error?.description ?? "")")
    }
  }

  @Test("refuses names without value or with two, long branches and large numbers")
  func refusals() throws {
    func error(_ text: String) throws -> String {
      var program = Program(origin: 0x200)
      try program.parse(text)
      return #expect(throws: AssemblyError.self) { try program.assembled() }?.description ?? ""
    }
    #expect(try error("  lda nowhere").contains("'nowhere' has no value"))
    #expect(try error("a1:\na1:").contains("'a1' is defined twice"))
    #expect(try error("there: .res 130\n  bne there").contains("branches -132 bytes"))
    #expect(try error("  lda #300").contains("300 is not in 0...255"))
    #expect(try error("  .res 65100").contains("beyond $ffff"))
  }
}
