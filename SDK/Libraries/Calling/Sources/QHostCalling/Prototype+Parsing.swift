extension Prototype {
  /// What is wrong with a declaration.
  public struct Problem: Error, Equatable, CustomStringConvertible {
    /// One sentence: culprit and remedy.
    public let description: String
  }

  /// Reads a declaration of C: `double(const double *x, int n)`, with or without the function's name.
  ///
  /// It may have numbers, pointers to them, `void *`, and the types of `<stdint.h>`. Arrays of arguments are
  /// pointers.
  ///
  /// - Parameter text: the declaration.
  /// - Throws: for variable arguments, structs by value, `long double`, and what is not a declaration.
  public init(parsing text: String) throws(Problem) {
    var reader = DeclarationReader(text)
    result = try reader.type()
    let called = reader.name()
    name = called.isEmpty ? nil : called
    try reader.expect("(")
    var list: [Argument] = []
    repeat {
      if list.isEmpty, reader.takes(")", isConsumed: false) { break }
      let kind = try reader.type()
      let name = reader.name()
      if reader.takes("[") {
        _ = reader.name()
        try reader.expect("]")
        list.append(Argument(name: name, kind: .pointer(kind)))
      } else {
        list.append(Argument(name: name, kind: kind))
      }
    } while reader.takes(",")
    try reader.expect(")")
    _ = reader.takes(";")
    try reader.expectEnd()
    if list == [Argument(kind: .value(.void))] { list = [] }
    guard !list.contains(where: { $0.kind == .value(.void) }) else {
      throw Problem(description: "an argument of '\(text)' is void; write void * for an address")
    }
    arguments = list
  }
}

/// Reads types, names and punctuation of a declaration one after another.
private struct DeclarationReader {
  private let text: String
  private var tokens: [String] = []
  private var place = 0

  init(_ text: String) {
    self.text = text
    var word = ""
    for character in text + " " {
      if character.isLetter || character.isNumber || character == "_" {
        word.append(character)
        continue
      }
      if !word.isEmpty { tokens.append(word) }
      word = ""
      if !character.isWhitespace { tokens.append(String(character)) }
    }
  }

  private var next: String? { place < tokens.count ? tokens[place] : nil }

  mutating func takes(_ token: String, isConsumed: Bool = true) -> Bool {
    guard next == token else { return false }
    if isConsumed { place += 1 }
    return true
  }

  mutating func expect(_ token: String) throws(Prototype.Problem) {
    guard takes(token) else { throw problem("has \(found) where '\(token)' should be") }
  }

  func expectEnd() throws(Prototype.Problem) {
    guard next == nil else { throw problem("has '\(next ?? "")' after its end") }
  }

  /// A name, if there is one here.
  mutating func name() -> String {
    guard let word = next, let first = word.first, first.isLetter || first == "_" || first.isNumber
    else { return "" }
    place += 1
    return word
  }

  private var found: String { next.map { "'\($0)'" } ?? "its end" }

  private func problem(_ what: String) -> Prototype.Problem {
    Prototype.Problem(
      description:
        "'\(text)' \(what); write it as in C, for example 'double(const double *x, int n)'")
  }

  private static let qualifiers: Set<String> = [
    "const", "volatile", "restrict", "__restrict", "extern", "static",
  ]
  private static let named: [String: CType] = [
    "void": .void, "float": .float, "int8_t": .int8, "uint8_t": .uint8, "int16_t": .int16,
    "uint16_t": .uint16, "int32_t": .int32, "uint32_t": .uint32, "int64_t": .int64,
    "uint64_t": .uint64, "size_t": .uint64, "ssize_t": .int64, "ptrdiff_t": .int64,
  ]
  private static let parts: Set<String> = [
    "char", "short", "int", "long", "signed", "unsigned", "double",
  ]

  mutating func type() throws(Prototype.Problem) -> Prototype.Kind {
    var words: [String] = []
    while let word = next, !["*", "(", ")", ",", "[", "]", ";"].contains(word) {
      if Self.qualifiers.contains(word) {
        place += 1
        continue
      }
      let isPart = Self.parts.contains(word)
      guard isPart || words.isEmpty else { break }
      words.append(word)
      place += 1
      if !isPart { break }
    }
    var kind = Prototype.Kind.value(try number(words))
    while let token = next, token == "*" || Self.qualifiers.contains(token) {
      if token == "*" { kind = .pointer(kind) }
      place += 1
    }
    return kind
  }

  /// The type that these words are.
  private func number(_ words: [String]) throws(Prototype.Problem) -> CType {
    guard let first = words.first else {
      if next == "." { throw problem("has variable arguments, which cannot be passed") }
      throw problem("has \(found) where a type should be")
    }
    if words.count == 1, let type = Self.named[first] { return type }
    if first == "." { throw problem("has variable arguments, which cannot be passed") }
    if ["struct", "union", "enum", "_Bool", "bool", "complex", "_Complex"].contains(first) {
      throw problem("has a \(first), which cannot be passed; numbers and pointers can")
    }
    guard words.allSatisfy(Self.parts.contains) else {
      throw problem("has the unknown type '\(first)'; numbers, pointers and void * are known")
    }
    let isUnsigned = words.contains("unsigned")
    if words.contains("double") {
      guard words.count == 1 else { throw problem("has a long double, which cannot be passed") }
      return .double
    }
    if words.contains("char") { return isUnsigned ? .uint8 : .int8 }
    if words.contains("short") { return isUnsigned ? .uint16 : .int16 }
    if words.contains("long") { return isUnsigned ? .uint64 : .int64 }
    return isUnsigned ? .uint32 : .int32
  }
}
