/// One line of a program.
public struct Statement: Sendable {
  /// What it does.
  public enum Kind: Sendable {
    /// Names the place.
    case label(String)
    /// An instruction.
    case instruction(mnemonic: String, mode: AddressingMode, operand: Expression?)
    /// Bytes.
    case bytes([Expression])
    /// So many zeros.
    case reserve(Int)
    /// Says something to whoever reads.
    case comment
  }

  /// What it does.
  public var kind: Kind
  /// What stands behind a semicolon.
  public var comment: String?

  /// Makes a line.
  public init(_ kind: Kind, comment: String? = nil) { (self.kind, self.comment) = (kind, comment) }

  /// How many bytes it makes.
  public var byteCount: Int {
    switch kind {
    case .label, .comment: 0
    case .instruction(_, let mode, _): 1 + mode.operandByteCount
    case .bytes(let bytes): bytes.count
    case .reserve(let count): count
    }
  }

  /// As it stands in a listing.
  var text: String {
    let line: String
    switch kind {
    case .label(let name): line = "\(name):"
    case .instruction(let mnemonic, let mode, let operand):
      line = "  " + mnemonic + Self.operandText(mode, operand?.text ?? "")
    case .bytes(let bytes): line = "  .byte " + bytes.map(\.text).joined(separator: ",")
    case .reserve(let count): line = "  .res \(count)"
    case .comment: return "; \(comment ?? "")"
    }
    guard let comment else { return line }
    return line + String(repeating: " ", count: max(1, 24 - line.count)) + "; \(comment)"
  }

  private static func operandText(_ mode: AddressingMode, _ text: String) -> String {
    switch mode {
    case .implied: ""
    case .accumulator: " a"
    case .immediate: " #\(text)"
    case .zeroPage, .absolute, .relative: " \(text)"
    case .zeroPageX, .absoluteX: " \(text),x"
    case .zeroPageY, .absoluteY: " \(text),y"
    case .indirect: " (\(text))"
    case .indirectX: " (\(text),x)"
    case .indirectY: " (\(text)),y"
    }
  }
}
