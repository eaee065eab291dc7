/// Numbers as C writes them.
enum Literal {
  /// A real, to the bit.
  static func real(_ number: Float) -> String { "\(number)f" }

  /// An integer of at most 32 bits; `long` has these on any machine.
  static func whole(_ number: Int) -> String {
    switch number {
    case -32_767...32_767: "\(number)"
    // -2147483648 is not a number of C but the negative of one that `long` may not hold.
    case Int(Int32.min): "(-2147483647L - 1)"
    default: "\(number)L"
    }
  }

  /// What may stand behind an operator.
  static func operand(_ text: String) -> String { text.hasPrefix("-") ? "(\(text))" : text }

  /// A name from a graph as it can stand in a comment.
  static func comment(_ name: String) -> String {
    String(
      name.prefix(64).map { character in
        character.isASCII && !"*/\\?".contains(character)
          && (character.isLetter || character.isNumber || character.isPunctuation
            || character.isSymbol || character == " ")
          ? character : "_"
      })
  }

  /// A number with commas between thousands.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    return digits.enumerated().reduce(into: "") { text, digit in
      if digit.offset > 0, (digits.count - digit.offset) % 3 == 0, digits[digit.offset - 1] != "-" {
        text.append(",")
      }
      text.append(digit.element)
    }
  }
}
