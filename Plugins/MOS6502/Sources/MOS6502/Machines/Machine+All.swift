extension Machine {
  /// Sources: Atari, *De Re Atari* (1981); its editor's put-byte vector is in IOCB 0 at $346.
  static let atari800 = Machine(
    name: "atari800", documentation: "Atari 800, NTSC, 1.79 MHz, without what its display takes.",
    clockHertz: 1_789_773, startAddress: 0x2000, end: 0xBC00, container: .xex, suffix: ".xex",
    putCharacter: """
        tay
        lda $0347
        pha
        lda $0346
        pha
        tya
        rts
      """, newline: 0x9B,
    interrupts: (
      "  sei\n  lda #0\n  sta $d40e\n  sta $d400",
      "  lda #$40\n  sta $d40e\n  lda #$22\n  sta $d400\n  cli"
    ),
    farewell: "stay:\n  jmp stay")

  /// Source: Commodore, *Commodore 64 Programmer's Reference Guide* (1982); CHROUT is at $FFD2.
  static let c64 = Machine(
    name: "c64", documentation: "Commodore 64, PAL, 0.985 MHz, without what its display takes.",
    clockHertz: 985_248, startAddress: 0x0900, end: 0xA000, container: .prg, suffix: ".prg",
    putCharacter: "  jmp $ffd2", newline: 0x0D, interrupts: ("  sei", "  cli"), farewell: "  rts")

  /// Source: *Apple II Reference Manual* (1979), where COUT is at $FDED and the mean clock is given.
  static let apple2 = Machine(
    name: "apple2", documentation: "Apple II, 1.0205 MHz.", clockHertz: 1_020_484,
    startAddress: 0x2000, end: 0x9600, container: .appleBinary, suffix: ".apple2.bin",
    putCharacter: "  ora #$80\n  jmp $fded", newline: 0x0D, interrupts: ("  sei", "  cli"),
    farewell: "  rts")

  /// Source: Acorn, *BBC Microcomputer User Guide* (1984); OSASCI is at $FFE3.
  static let bbc = Machine(
    name: "bbc", documentation: "BBC Micro, 2 MHz, in mode 7.", clockHertz: 2_000_000,
    startAddress: 0x1900, end: 0x7C00, container: .acorn, suffix: ".bbc",
    putCharacter: "  jmp $ffe3", newline: 0x0D, interrupts: ("  sei", "  cli"), farewell: "  rts")
}
