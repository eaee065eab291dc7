/// A number, or a name plus a number, of which an operand may take one byte.
public struct Expression: Sendable, Equatable, ExpressibleByIntegerLiteral,
  ExpressibleByStringLiteral
{
  /// What is taken of the value.
  public enum Part: Sendable {
    /// All of it.
    case whole
    /// Its low byte, `<`.
    case low
    /// Its high byte, `>`.
    case high
  }

  /// The name, if there is one.
  public var symbol: String?
  /// What is added to its value.
  public var offset: Int
  /// What is taken of the sum.
  public var part: Part

  /// Makes an expression.
  public init(_ symbol: String?, plus offset: Int = 0, part: Part = .whole) {
    (self.symbol, self.offset, self.part) = (symbol, offset, part)
  }

  /// A number.
  public init(_ number: Int) { self.init(nil, plus: number) }

  /// A number.
  public init(integerLiteral number: Int) { self.init(number) }

  /// A name.
  public init(stringLiteral name: String) { self.init(name) }

  /// The low byte of a name.
  public static func low(_ name: String) -> Expression { Expression(name, part: .low) }

  /// The high byte of a name.
  public static func high(_ name: String) -> Expression { Expression(name, part: .high) }

  /// Its value where names have these values; `nil` for a name that has none.
  func value(_ symbols: [String: Int]) -> Int? {
    var value = offset
    if let symbol {
      guard let base = symbols[symbol] else { return nil }
      value += base
    }
    switch part {
    case .whole: return value
    case .low: return value & 0xFF
    case .high: return value >> 8 & 0xFF
    }
  }

  /// As it stands in a listing.
  var text: String {
    var text = symbol ?? Self.hexadecimal(offset)
    if symbol != nil, offset != 0 { text += offset > 0 ? "+\(offset)" : "\(offset)" }
    switch part {
    case .whole: return text
    case .low: return "<(\(text))"
    case .high: return ">(\(text))"
    }
  }

  static func hexadecimal(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    let width = number < 0x100 ? 2 : 4
    return "$" + String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
