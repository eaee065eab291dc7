/// What a step takes, as C writes it.
struct Operand {
  var text: String
  var type: CType
  /// The bounds of a whole number.
  var range: ClosedRange<Int>
  /// Whether it has the low bits of its number only.
  var isWrapped = false
  /// Whether it is a number in the source.
  var isLiteral = false

  /// As another type; as it is where C takes it for the same number anyway.
  func converted(to other: CType) -> String {
    if isLiteral || type == other || (type.isPlain && other.isPlain) { return text }
    return "(\(other.rawValue))\(text)"
  }
}
