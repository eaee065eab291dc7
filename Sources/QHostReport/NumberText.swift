internal import Glibc

/// Numbers as readers of a report see them.
package enum NumberText {
  /// With so many digits after the point.
  package static func fixed(_ value: Double, _ digits: Int) -> String {
    signed(format(value, "f", digits))
  }

  /// With so many significant digits; very large and small ones with a power of ten.
  package static func short(_ value: Double, _ digits: Int = 4) -> String {
    guard value.isFinite else { return value.isNaN ? "–" : value > 0 ? "∞" : "−∞" }
    guard value != 0 else { return "0" }
    let exponent = Int(log10(abs(value)).rounded(.down))
    guard exponent < -3 || exponent >= 7 else {
      return signed(format(value, "g", max(digits, exponent + 1)))
    }
    let mantissa = format(value / pow(10, Double(exponent)), "g", digits)
    // 9.9996 is written as 10, which belongs to the next power.
    if mantissa == "10" || mantissa == "-10" {
      return signed((value < 0 ? "-" : "") + "1·") + power(exponent + 1)
    }
    return signed(mantissa) + "·" + power(exponent)
  }

  /// A count, with thousands as k and millions as M.
  package static func count(_ value: Double) -> String {
    guard value.isFinite else { return short(value) }
    switch abs(value) {
    case ..<100: return short(value, 3)
    case ..<10_000: return fixed(value, 0)
    case ..<99_950: return fixed(value / 1e3, 1) + "k"
    case ..<9_999_500: return fixed(value / 1e3, 0) + "k"
    case ..<1e10: return fixed(value / 1e6, 1) + "M"
    default: return short(value, 3)
    }
  }

  /// The unit that suits a duration, and how many of it a second has.
  static func unit(ofSeconds seconds: Double) -> (name: String, perSecond: Double) {
    switch seconds {
    case ..<0.001: ("µs", 1e6)
    case ..<1: ("ms", 1e3)
    default: ("s", 1)
    }
  }

  /// A part of a hundred, without its sign.
  package static func percent(_ value: Double) -> String { fixed(value * 100, 1) }

  /// The probability of a test.
  package static func probability(_ value: Double) -> String {
    value < 0.001 ? "< 0.001" : fixed(value, value < 0.1 ? 3 : 2)
  }

  /// The probability of a test after its letter: `= 0.012` or `< 0.001`.
  static func relation(_ value: Double) -> String {
    value < 0.001 ? probability(value) : "= \(probability(value))"
  }

  /// Beside a mark of an axis.
  static func axis(_ value: Double) -> String {
    let exponent = value == 0 ? 0 : Int(log10(abs(value) * 1.000_001).rounded(.down))
    if (-3...3).contains(exponent) { return signed(format(value, "g", 6)) }
    let mantissa = (value / pow(10, Double(exponent))).rounded()
    return mantissa == 1 ? power(exponent) : "\(Int(mantissa))·\(power(exponent))"
  }

  /// A power of ten, for example `10⁻³`.
  package static func power(_ exponent: Int) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    let text = String(abs(exponent)).compactMap { $0.wholeNumberValue }.map { digits[$0] }
    return "10" + (exponent < 0 ? "⁻" : "") + String(text)
  }

  /// With every digit that matters, for programs to read; empty for what is no number.
  package static func exact(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "" : value > 0 ? "inf" : "-inf" }
    return value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }

  private static func signed(_ text: String) -> String {
    text.hasPrefix("-") ? "−" + text.dropFirst() : text
  }

  private static func format(_ value: Double, _ kind: Character, _ digits: Int) -> String {
    var buffer = [CChar](repeating: 0, count: 400)
    _ = withVaList([value]) { vsnprintf(&buffer, buffer.count, "%.\(digits)\(kind)", $0) }
    return buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  }
}

extension NumberText {
  /// How many tenfolds lie between two values.
  static func decades(from first: Double, to last: Double) -> Double { log10(last / first) }
}
