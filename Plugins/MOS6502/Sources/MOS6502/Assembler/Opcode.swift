/// Where an instruction finds its operand.
public enum AddressingMode: Int, Sendable, CaseIterable {
  /// None.
  case implied
  /// `asl a`.
  case accumulator
  /// `lda #1`.
  case immediate
  /// `lda $12`.
  case zeroPage
  /// `lda $12,x`.
  case zeroPageX
  /// `ldx $12,y`.
  case zeroPageY
  /// `lda $1234`.
  case absolute
  /// `lda $1234,x`.
  case absoluteX
  /// `lda $1234,y`.
  case absoluteY
  /// `jmp ($1234)`.
  case indirect
  /// `lda ($12,x)`.
  case indirectX
  /// `lda ($12),y`.
  case indirectY
  /// `bne place`.
  case relative

  /// Bytes of the operand.
  public var operandByteCount: Int {
    switch self {
    case .implied, .accumulator: 0
    case .absolute, .absoluteX, .absoluteY, .indirect: 2
    default: 1
    }
  }
}

/// The machine code of a mnemonic and a mode.
public struct Opcode: Sendable, Equatable {
  /// Its first byte.
  public let byte: UInt8
  /// How it finds its operand.
  public let mode: AddressingMode

  /// The opcode, if there is one.
  public init?(_ mnemonic: String, _ mode: AddressingMode) {
    guard let byte = Self.table[mnemonic]?[mode] else { return nil }
    (self.byte, self.mode) = (byte, mode)
  }

  /// Whether there is such a mnemonic.
  public static func isMnemonic(_ text: String) -> Bool { table[text] != nil }

  /// The modes of a mnemonic.
  public static func modes(of mnemonic: String) -> [AddressingMode] {
    (table[mnemonic] ?? [:]).keys.sorted { $0.rawValue < $1.rawValue }
  }

  /// All mnemonics, in order.
  public static var mnemonics: [String] { table.keys.sorted() }

  private static let table: [String: [AddressingMode: UInt8]] = {
    var table: [String: [AddressingMode: UInt8]] = [:]
    for line in opcodeTable.split(separator: "\n") {
      let fields = line.split(separator: " ")
      for (mode, field) in zip(AddressingMode.allCases, fields.dropFirst()) {
        if let byte = UInt8(field, radix: 16) {
          table[String(fields[0]), default: [:]][mode] = byte
        }
      }
    }
    return table
  }()
}
