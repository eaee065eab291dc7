/// What a step takes, as C writes it.
struct Operand {
  var text: String
  var type: CType
  /// The bounds of an integer.
  var range: ClosedRange<Int>
  /// Whether it has the low bits of its number only.
  var isWrapped = false
  /// Whether it is a number in the source.
  var isLiteral = false

  /// As another type; as it is where any compiler takes it for the same number anyway.
  ///
  /// A uint8_t is converted although C takes it for an int: to cc65 2.19 it is unsigned, and so is what it
  /// is compared with.
  func converted(to other: CType) -> String {
    if isLiteral || type == other || (type == .int8 && other == .int16) { return text }
    return "(\(other.rawValue))\(text)"
  }
}
