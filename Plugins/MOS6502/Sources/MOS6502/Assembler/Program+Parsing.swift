extension Program {
  /// Appends lines of text in the syntax of ca65: labels, instructions, `.byte`, `.res`, `name = value`.
  ///
  /// - Throws: with the line that cannot be read.
  public mutating func parse(_ text: String) throws(AssemblyError) {
    for line in text.split(separator: "\n") {
      let code = line.prefix { $0 != ";" }
      var rest = Self.trimmed(code)
      let comment =
        line.dropFirst(code.count).isEmpty ? nil : Self.trimmed(line.dropFirst(code.count + 1))
      if rest.isEmpty {
        if let comment { self.comment(comment) }
        continue
      }
      if let colon = rest.firstIndex(of: ":") {
        label(String(rest[..<colon]))
        rest = Self.trimmed(rest[rest.index(after: colon)...])
      }
      if !rest.isEmpty { try parseStatement(rest, comment) }
    }
  }

  private mutating func parseStatement(
    _ text: String, _ comment: String?
  ) throws(AssemblyError) {
    let word = String(text.prefix { $0 != " " })
    let rest = Self.trimmed(text.dropFirst(word.count))
    if rest.hasPrefix("=") {
      let expression = try Self.expression(Self.trimmed(rest.dropFirst()), text)
      guard let value = expression.value(symbolValues) else {
        throw AssemblyError("'\(text)': the value is not known here")
      }
      define(word, value)
    } else if word == ".byte" {
      var values: [Expression] = []
      for part in rest.split(separator: ",") {
        values.append(try Self.expression(Self.trimmed(part), text))
      }
      append([Statement(.bytes(values), comment: comment)])
    } else if word == ".res", let count = try Self.expression(rest, text).value(symbolValues) {
      reserve(count)
    } else {
      guard Opcode.isMnemonic(word) else { throw AssemblyError("'\(text)': what is '\(word)'?") }
      try parseInstruction(word, rest, text, comment)
    }
  }

  private mutating func parseInstruction(
    _ mnemonic: String, _ operand: String, _ line: String, _ comment: String?
  ) throws(AssemblyError) {
    let (inner, direct, short) = Self.modes(of: operand)
    var (mode, expression) = (direct, Expression?.none)
    if !inner.isEmpty {
      expression = try Self.expression(inner, line)
      let value = expression?.value(symbolValues)
      let isShort = value.map { (0..<256).contains($0) } ?? false
      if isShort, let short, Opcode(mnemonic, short) != nil { mode = short }
      if Opcode(mnemonic, .relative) != nil { mode = .relative }
    }
    guard mode.operandByteCount == 0 || expression != nil else {
      throw AssemblyError("'\(line)': a value is missing")
    }
    guard Opcode(mnemonic, mode) != nil else {
      throw AssemblyError("'\(line)': \(mnemonic) has no such operand")
    }
    emit(mnemonic, mode, expression, comment: comment)
  }

  /// What is inside, its mode, and its mode for an address in page 0.
  private static func modes(
    of operand: String
  ) -> (inner: String, mode: AddressingMode, short: AddressingMode?) {
    let text = operand.filter { $0 != " " }
    func inside(_ prefix: Int, _ suffix: Int) -> String {
      String(text.dropFirst(prefix).dropLast(suffix))
    }
    if text.isEmpty { return ("", .implied, nil) }
    if text == "a" { return ("", .accumulator, nil) }
    if text.hasPrefix("#") { return (inside(1, 0), .immediate, nil) }
    if text.hasPrefix("("), text.hasSuffix("),y") { return (inside(1, 3), .indirectY, nil) }
    if text.hasPrefix("("), text.hasSuffix(",x)") { return (inside(1, 3), .indirectX, nil) }
    if text.hasPrefix("("), text.hasSuffix(")") { return (inside(1, 1), .indirect, nil) }
    if text.hasSuffix(",x") { return (inside(0, 2), .absoluteX, .zeroPageX) }
    if text.hasSuffix(",y") { return (inside(0, 2), .absoluteY, .zeroPageY) }
    return (text, .absolute, .zeroPage)
  }

  /// A number or a name, with a number added, behind `<` or `>`.
  private static func expression(_ text: String, _ line: String) throws(AssemblyError) -> Expression
  {
    var rest = text[...]
    var part = Expression.Part.whole
    if rest.hasPrefix("<") || rest.hasPrefix(">") {
      part = rest.hasPrefix("<") ? .low : .high
      rest = rest.dropFirst()
      if rest.hasPrefix("("), rest.hasSuffix(")") { rest = rest.dropFirst().dropLast() }
    }
    let sign = rest.dropFirst().firstIndex { $0 == "+" || $0 == "-" }
    let first = rest[..<(sign ?? rest.endIndex)]
    var expression = Expression(number(first) == nil ? String(first) : nil, part: part)
    expression.offset = number(first) ?? 0
    if let sign {
      guard let offset = number(rest[rest.index(after: sign)...]) else {
        throw AssemblyError("'\(line)': '\(text)' is not a number or name plus a number")
      }
      expression.offset += rest[sign] == "+" ? offset : -offset
    }
    guard !first.isEmpty else { throw AssemblyError("'\(line)': a value is missing") }
    return expression
  }

  private static func number(_ text: Substring) -> Int? {
    if text.hasPrefix("$") { return Int(text.dropFirst(), radix: 16) }
    if text.hasPrefix("%") { return Int(text.dropFirst(), radix: 2) }
    return Int(text)
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let front = text.drop { $0 == " " || $0 == "\t" }
    let back = front.reversed().drop { $0 == " " || $0 == "\t" || $0 == "\r" }
    return String(back.reversed())
  }
}
