extension Program {
  /// The values of all names.
  func addresses() throws(AssemblyError) -> [String: Int] {
    var symbols: [String: Int] = [:]
    for (name, value) in equates { symbols[name] = value }
    var address = origin
    for statement in statements {
      if case .label(let name) = statement.kind {
        guard symbols.updateValue(address, forKey: name) == nil else {
          throw AssemblyError("the name '\(name)' is defined twice; rename one")
        }
      }
      address += statement.byteCount
    }
    guard address <= Memory.byteCount else {
      throw AssemblyError(
        "the program ends at \(Expression.hexadecimal(address)), beyond $ffff; shorten it")
    }
    return symbols
  }

  func encode(
    _ statement: Statement, at address: Int, _ symbols: [String: Int], into bytes: inout [UInt8]
  ) throws(AssemblyError) {
    switch statement.kind {
    case .label, .comment: break
    case .reserve(let count): bytes += [UInt8](repeating: 0, count: count)
    case .bytes(let values):
      for value in values {
        bytes.append(UInt8(try number(value, symbols, in: 0...255, statement)))
      }
    case .instruction(let mnemonic, let mode, let operand):
      guard let opcode = Opcode(mnemonic, mode) else {
        throw AssemblyError("'\(statement.text)': there is no such instruction")
      }
      bytes.append(opcode.byte)
      guard let operand else { return }
      try encode(operand, mode, at: address, symbols, statement, into: &bytes)
    }
  }

  private func encode(
    _ operand: Expression, _ mode: AddressingMode, at address: Int, _ symbols: [String: Int],
    _ statement: Statement, into bytes: inout [UInt8]
  ) throws(AssemblyError) {
    switch mode.operandByteCount {
    case 1 where mode == .relative:
      let target = try number(operand, symbols, in: 0...0xFFFF, statement)
      let distance = target - address - 2
      guard let offset = Int8(exactly: distance) else {
        throw AssemblyError("'\(statement.text)' branches \(distance) bytes; use a jump")
      }
      bytes.append(UInt8(bitPattern: offset))
    case 1: bytes.append(UInt8(try number(operand, symbols, in: 0...255, statement)))
    default:
      let value = try number(operand, symbols, in: 0...0xFFFF, statement)
      bytes += [UInt8(value & 0xFF), UInt8(value >> 8)]
    }
  }

  private func number(
    _ expression: Expression, _ symbols: [String: Int], in range: ClosedRange<Int>,
    _ statement: Statement
  ) throws(AssemblyError) -> Int {
    guard let value = expression.value(symbols) else {
      throw AssemblyError("'\(statement.text)': the name '\(expression.symbol ?? "")' has no value")
    }
    guard range.contains(value) else {
      throw AssemblyError("'\(statement.text)': \(value) is not in \(range)")
    }
    return value
  }
}
