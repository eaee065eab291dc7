/// A number as people and offices write it: with thousands separators, a currency, a percent sign, brackets for minus.
public struct LocalNumber: Sendable, Equatable {
  /// What it is; of a percentage, the number before the sign.
  public var value: Double
  /// Whether it has a percent sign.
  public var isPercent = false
  /// The currency that it has.
  public var currency: UnicodeScalar?
  /// Whether it has a single separator that another country would read as its decimal sign.
  public var isDoubtful = false

  private static let spaces: Set<UnicodeScalar> = [" ", "\u{A0}", "\u{202F}", "\u{2009}"]
  private static let currencies: Set<UnicodeScalar> = ["$", "€", "£", "¥", "₹"]
  private static let marks: Set<UnicodeScalar> = ["'", "’"]

  /// Reads a text; `nil` when it is not such a number.
  ///
  /// - Parameters:
  ///   - text: spaces at its ends are allowed; more than 64 bytes are not a number.
  ///   - decimal: the decimal sign.
  public init?(_ text: String, decimal: CSVDecimal) {
    guard text.utf8.count <= 64 else { return nil }
    var rest = Self.trimmed(Array(text.unicodeScalars)[...])
    var isNegative = false
    if rest.first == "(", rest.last == ")" {
      isNegative = true
      rest = Self.trimmed(rest.dropFirst().dropLast())
    }
    var hasSign = isNegative
    func takeSign() {
      guard !hasSign, let first = rest.first, ["-", "+", "\u{2212}"].contains(first) else { return }
      hasSign = true
      isNegative = first != "+"
      rest = Self.trimmed(rest.dropFirst())
    }
    takeSign()
    if let first = rest.first, Self.currencies.contains(first) {
      currency = first
      rest = Self.trimmed(rest.dropFirst())
      takeSign()
    }
    if rest.last == "%" {
      isPercent = true
      rest = Self.trimmed(rest.dropLast())
    } else if currency == nil, let last = rest.last, Self.currencies.contains(last) {
      currency = last
      rest = Self.trimmed(rest.dropLast())
    }
    guard let (digits, isDoubtful) = Self.plain(rest, decimal), let number = Double(digits) else {
      return nil
    }
    value = isNegative ? -number : number
    self.isDoubtful = isDoubtful
  }

  private static func trimmed(_ text: ArraySlice<UnicodeScalar>) -> ArraySlice<UnicodeScalar> {
    var text = text
    while let first = text.first, spaces.contains(first) { text.removeFirst() }
    while let last = text.last, spaces.contains(last) { text.removeLast() }
    return text
  }

  /// A number without its separators of thousands, and with a decimal point; `nil`: it is none.
  private static func plain(
    _ text: ArraySlice<UnicodeScalar>, _ decimal: CSVDecimal
  ) -> (digits: String, isDoubtful: Bool)? {
    let sign = UnicodeScalar(decimal.byte)
    let separator = UnicodeScalar(decimal.other.byte)
    let whole = text.prefix { $0 != sign && $0 != "e" && $0 != "E" }
    let rest = text.dropFirst(whole.count)
    guard
      whole.contains(where: isDigit)
        || (rest.first == sign && rest.dropFirst().first.map(isDigit) == true)
    else { return nil }
    let groups = whole.split(omittingEmptySubsequences: false) { !isDigit($0) }
    let between = Set(whole.filter { !isDigit($0) })
    guard between.count <= 1 else { return nil }
    var isDoubtful = false
    if let mark = between.first {
      guard mark == separator || spaces.contains(mark) || marks.contains(mark),
        (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 })
      else { return nil }
      isDoubtful = mark == separator && groups.count == 2 && rest.isEmpty && groups[0].first != "0"
    }
    var digits = String(String.UnicodeScalarView(whole.filter(isDigit)))
    if digits.isEmpty { digits = "0" }
    guard !rest.isEmpty else { return (digits, isDoubtful) }
    let decimals = rest.map { $0 == sign ? "." : $0 }
    guard decimals.allSatisfy({ isDigit($0) || [".", "e", "E", "+", "-"].contains($0) }),
      between.isEmpty || !decimals.contains(where: { $0 == "e" || $0 == "E" })
    else { return nil }
    digits += String(String.UnicodeScalarView(decimals))
    return (digits.hasSuffix(".") ? digits + "0" : digits, isDoubtful)
  }

  private static func isDigit(_ scalar: UnicodeScalar) -> Bool { ("0"..."9").contains(scalar) }
}
