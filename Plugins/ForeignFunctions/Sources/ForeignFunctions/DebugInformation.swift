internal import CForeignFunctions
internal import QHostCalling

/// What a shared library's debug information (DWARF) says about a function.
struct DebugInformation {
  /// The types of result and arguments, as `qhost_prototype` writes them.
  private let words: [String]

  /// Looks for a function; `nil`: the library, which is loaded, has no debug information of it.
  init?(of symbol: String, in library: String) {
    var text = [CChar](repeating: 0, count: 4096)
    guard qhost_prototype(library, symbol, &text, text.count) == QHOST_PROTOTYPE_FOUND else {
      return nil
    }
    words = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      .split(separator: " ").map(String.init)
  }

  /// Whether a declaration says the same.
  func agrees(with prototype: Prototype) -> Bool {
    let declared = [prototype.result] + prototype.arguments.map(\.kind)
    return words.count == declared.count
      && zip(words, declared).allSatisfy { Self.agrees($0[...], $1) }
  }

  private static func agrees(_ word: Substring, _ kind: Prototype.Kind) -> Bool {
    guard case .pointer(let pointee) = kind else { return word == code(kind)[...] }
    guard word.first == "p" else { return false }
    let rest = word.dropFirst()
    return rest == "v" || pointee == .value(.void) || agrees(rest, pointee)
  }

  private static func code(_ kind: Prototype.Kind) -> String {
    switch kind {
    case .pointer(let pointee): "p" + code(pointee)
    case .value(let type):
      switch type {
      case .void: "v"
      case .int8: "i1"
      case .uint8: "u1"
      case .int16: "i2"
      case .uint16: "u2"
      case .int32: "i4"
      case .uint32: "u4"
      case .int64: "i8"
      case .uint64: "u8"
      case .float: "f4"
      case .double: "f8"
      case .pointer: "pv"
      }
    }
  }

  /// The types as C has them.
  var description: String {
    let texts = words.map { Self.spelling($0[...]) }
    let arguments = texts.dropFirst().joined(separator: ", ")
    return "\(texts.first ?? "?")(\(arguments.isEmpty ? "void" : arguments))"
  }

  private static func spelling(_ word: Substring) -> String {
    if word.first == "p" {
      let pointee = spelling(word.dropFirst())
      return pointee.hasSuffix("*") ? pointee + "*" : pointee + " *"
    }
    let all: [CType] = [
      .void, .int8, .uint8, .int16, .uint16, .int32, .uint32, .int64, .uint64, .float, .double,
    ]
    if let type = all.first(where: { code(.value($0)) == word }) { return type.spelling }
    switch word.first {
    case ".": return "..."
    case "s": return "a struct of \(word.dropFirst()) bytes"
    case "f": return "a real number of \(word.dropFirst()) bytes"
    default: return "another type"
    }
  }
}
