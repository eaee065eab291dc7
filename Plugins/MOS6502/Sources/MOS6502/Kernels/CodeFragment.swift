/// Instructions in the making, with what they cost.
struct CodeFragment: Sendable {
  private(set) var statements: [Statement] = []
  /// Cycles of the way straight through, with branches over rare cases taken.
  private(set) var cycles = 0.0
  private(set) var byteCount = 0
  let prefix: String
  private var labelCount = 0

  /// Makes an empty fragment whose labels begin with `prefix`.
  init(prefix: String) { self.prefix = prefix }

  mutating func newLabel() -> String {
    labelCount += 1
    return "\(prefix)_\(labelCount)"
  }

  mutating func append(contentsOf lines: [Statement]) {
    for line in lines { append(line) }
  }

  mutating func label(_ name: String) { append(Statement(.label(name))) }

  mutating func comment(_ text: String) { append(Statement(.comment, comment: text)) }

  mutating func emit(
    _ mnemonic: String, _ mode: AddressingMode = .implied, _ operand: Expression? = nil,
    comment: String? = nil
  ) {
    append(
      Statement(.instruction(mnemonic: mnemonic, mode: mode, operand: operand), comment: comment))
  }

  mutating func emit(_ mnemonic: String, _ place: Location, comment: String? = nil) {
    emit(mnemonic, place.mode, place.expression, comment: comment)
  }

  /// An instruction on a byte of an array, by X.
  mutating func emitByX(_ mnemonic: String, _ place: Location) {
    emit(mnemonic, place.isInPageZero ? .zeroPageX : .absoluteX, place.expression)
  }

  mutating func emit(_ mnemonic: String, value: Int, comment: String? = nil) {
    emit(mnemonic, .immediate, Expression(value & 0xFF), comment: comment)
  }

  mutating func branch(_ mnemonic: String, _ label: String) {
    emit(mnemonic, .relative, Expression(label))
  }

  mutating func append(_ statement: Statement) {
    statements.append(statement)
    byteCount += statement.byteCount
    cycles += statement.cycles
  }

  /// Appends what belongs to a path that is rarely taken: bytes, no cycles.
  mutating func rarely(_ mnemonic: String, _ place: Location? = nil) {
    let before = cycles
    if let place { emit(mnemonic, place) } else { emit(mnemonic) }
    cycles = before
  }

  mutating func rarely(_ mnemonic: String, value: Int) {
    let before = cycles
    emit(mnemonic, value: value)
    cycles = before
  }

  /// Appends a fragment with the same prefix, whose labels come first.
  mutating func join(_ other: CodeFragment) {
    statements += other.statements
    byteCount += other.byteCount
    cycles += other.cycles
    labelCount = max(labelCount, other.labelCount)
  }
}

extension Statement {
  /// Cycles of an instruction, no page crossed and branches taken.
  var cycles: Double {
    guard case .instruction(let mnemonic, let mode, _) = kind else { return 0 }
    let isStore = mnemonic.hasPrefix("st")
    let isChange = ["asl", "lsr", "rol", "ror", "inc", "dec"].contains(mnemonic)
    switch mode {
    case .accumulator, .immediate: return 2
    case .implied:
      switch mnemonic {
      case "rts", "rti": return 6
      case "pha", "php": return 3
      case "pla", "plp": return 4
      case "brk": return 7
      default: return 2
      }
    case .relative: return 3
    case .zeroPage: return isChange ? 5 : 3
    case .zeroPageX, .zeroPageY: return isChange ? 6 : 4
    case .absolute: return mnemonic == "jsr" || isChange ? 6 : mnemonic == "jmp" ? 3 : 4
    case .absoluteX, .absoluteY: return isChange ? 7 : isStore ? 5 : 4
    case .indirect: return 5
    case .indirectX: return 6
    case .indirectY: return isStore ? 6 : 5
    }
  }
}
