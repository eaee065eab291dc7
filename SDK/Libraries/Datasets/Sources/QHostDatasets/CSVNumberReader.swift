/// Reads plain decimal numbers out of a text, each to the nearest double.
///
/// Mantissas of up to 19 digits and powers of ten that are exact need one rounding. Where the mantissa needs more than 53
/// bits, the quotient or product has 64 first: unless it lies as near to the middle of two doubles as its own rounding
/// may have moved it, rounding it again gives the nearest double. All others are left to the standard library.
///
/// Source: Clinger, *How to read floating point numbers accurately*, PLDI 1990.
struct CSVNumberReader {
  private static let mostDigits = 19
  /// The powers of ten that a double holds exactly.
  private static let exactPowers = (0..<22).reduce(into: [1.0]) { powers, _ in
    powers.append((powers.last ?? 1) * 10)
  }

  private let powers: [Double]
  private let decimal: UInt8

  /// Reads numbers with a decimal sign.
  init(decimal: CSVDecimal) {
    powers = Self.exactPowers
    self.decimal = decimal.byte
  }

  /// Reads the number at a place, and steps over it; `nil` when there is none, the place being anywhere then.
  ///
  /// The text must end with what is not part of a number.
  @inline(__always)
  func read(_ text: UnsafeBufferPointer<UInt8>, at place: inout Int) -> Double? {
    let start = place
    let isNegative = text[place] == UInt8(ascii: "-")
    if isNegative || text[place] == UInt8(ascii: "+") { place += 1 }
    var mantissa: UInt64 = 0
    let whole = place
    while text[place] &- 0x30 < 10 {
      mantissa = mantissa &* 10 &+ UInt64(text[place] &- 0x30)
      place += 1
    }
    var digitCount = place - whole
    var exponent = 0
    if text[place] == decimal {
      place += 1
      let first = place
      while text[place] &- 0x30 < 10 {
        mantissa = mantissa &* 10 &+ UInt64(text[place] &- 0x30)
        place += 1
      }
      exponent = first - place
      digitCount -= exponent
    }
    guard digitCount > 0 else { return nil }
    if text[place] | 0x20 == UInt8(ascii: "e") {
      guard let written = readExponent(text, at: &place) else { return nil }
      exponent += written
    }
    if digitCount <= Self.mostDigits, let number = exact(mantissa, exponent) {
      return isNegative ? -number : number
    }
    return slow(text[start..<place])
  }

  private func readExponent(_ text: UnsafeBufferPointer<UInt8>, at place: inout Int) -> Int? {
    place += 1
    let isNegative = text[place] == UInt8(ascii: "-")
    if isNegative || text[place] == UInt8(ascii: "+") { place += 1 }
    let first = place
    var exponent = 0
    while text[place] &- 0x30 < 10 {
      exponent = min(exponent * 10 + Int(text[place] &- 0x30), 100_000)
      place += 1
    }
    guard place > first else { return nil }
    return isNegative ? -exponent : exponent
  }

  @inline(__always)
  private func exact(_ mantissa: UInt64, _ exponent: Int) -> Double? {
    let size = Int(exponent.magnitude)
    guard size <= 22 else { return mantissa == 0 ? 0 : nil }
    if mantissa <= 1 << 53 {
      return exponent < 0
        ? Double(mantissa) / powers[size] : Double(mantissa) * powers[size]
    }
    #if arch(x86_64)
    let power = Float80(powers[size])
    let extended = exponent < 0 ? Float80(mantissa) / power : Float80(mantissa) * power
    // The last 11 of 64 bits are rounded off; their middle is 0x400.
    let last = extended.significandBitPattern & 0x7FF
    return last >= 0x3FF && last <= 0x401 ? nil : Double(extended)
    #else
    return nil
    #endif
  }

  private func slow(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Double? {
    let text = bytes.map { $0 == decimal ? UInt8(ascii: ".") : $0 }
    // The standard library wants digits on both sides of a point.
    var words = String(decoding: text, as: UTF8.self)
    if words.hasSuffix(".") { words += "0" }
    return Double(words)
  }
}
