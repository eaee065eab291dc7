/// A program for the assembler: lines, and names with given values.
public struct Program: Sendable {
  /// The address of the first byte.
  public let origin: Int
  /// The lines.
  public private(set) var statements: [Statement] = []
  /// The names with given values, in the order in which they came.
  public private(set) var equates: [(name: String, value: Int)] = []
  private var values: [String: Int] = [:]
  private var labelCount = 0

  /// Makes an empty program.
  public init(origin: Int) { self.origin = origin }

  /// Gives a name a value; names of addresses in page 0 make instructions short.
  public mutating func define(_ name: String, _ value: Int) {
    precondition(values[name] == nil, "'\(name)' is defined twice")
    values[name] = value
    equates.append((name, value))
  }

  var symbolValues: [String: Int] { values }

  /// The value that a name was given.
  public func value(of name: String) -> Int? { values[name] }

  /// A label that is in no other place.
  public mutating func uniqueLabel(_ stem: String) -> String {
    labelCount += 1
    return "\(stem)\(labelCount)"
  }

  /// Names this place.
  public mutating func label(_ name: String) { statements.append(Statement(.label(name))) }

  /// Says something to whoever reads.
  public mutating func comment(_ text: String) {
    statements.append(Statement(.comment, comment: text))
  }

  /// Appends lines.
  public mutating func append(_ lines: some Sequence<Statement>) { statements += lines }

  /// Appends bytes, sixteen a line.
  public mutating func bytes(_ bytes: [UInt8]) {
    for start in stride(from: 0, to: bytes.count, by: 16) {
      let line = bytes[start..<min(start + 16, bytes.count)]
      statements.append(Statement(.bytes(line.map { Expression(Int($0)) })))
    }
  }

  /// Appends zeros.
  public mutating func reserve(_ count: Int) {
    if count > 0 { statements.append(Statement(.reserve(count))) }
  }

  /// The bytes of all lines.
  public var byteCount: Int { statements.reduce(0) { $0 + $1.byteCount } }

  /// Appends an instruction; a mode that is none of the mnemonic's is a programmer's mistake.
  public mutating func emit(
    _ mnemonic: String, _ mode: AddressingMode = .implied, _ operand: Expression? = nil,
    comment: String? = nil
  ) {
    precondition(Opcode(mnemonic, mode) != nil, "there is no \(mnemonic) of mode \(mode)")
    statements.append(
      Statement(.instruction(mnemonic: mnemonic, mode: mode, operand: operand), comment: comment))
  }

  /// Appends an instruction on a name or address: in page 0 where its value is known to lie there.
  public mutating func emit(
    _ mnemonic: String, at operand: Expression, comment: String? = nil
  ) {
    let isShort = operand.value(values).map { (0..<256).contains($0) } ?? false
    emit(mnemonic, isShort ? .zeroPage : .absolute, operand, comment: comment)
  }

  /// The program as ca65 reads it.
  public var listing: String {
    var lines = ["  .org \(Expression.hexadecimal(origin))"]
    lines += equates.map { "\($0.name) = \(Expression.hexadecimal($0.value))" }
    lines += statements.map(\.text)
    return lines.joined(separator: "\n") + "\n"
  }

  /// Makes the machine code.
  ///
  /// - Throws: for a name without a value or with two, a branch that is too long, or a number that is
  ///   too large.
  public func assembled() throws(AssemblyError) -> AssembledProgram {
    let symbols = try addresses()
    var bytes: [UInt8] = []
    for statement in statements {
      try encode(statement, at: origin + bytes.count, symbols, into: &bytes)
    }
    return AssembledProgram(origin: origin, bytes: bytes, symbols: symbols)
  }
}
