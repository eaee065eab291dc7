#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Numbers as readers of a report see them.
public enum NumberText {
  /// A number with a fixed count of digits after the point.
  ///
  /// - Parameters:
  ///   - value: any number.
  ///   - digits: 0 or more.
  /// - Returns: the text, with a true minus sign.
  public static func fixed(_ value: Double, _ digits: Int) -> String {
    signed(format(value, "f", digits))
  }

  /// A number that somebody has set: zeros at the end are left out.
  ///
  /// Magnitudes below 10⁻³ or from 10⁷ on have a power of ten.
  ///
  /// - Parameters:
  ///   - value: any number; NaN is a dash.
  ///   - digits: significant digits at most, at least 1.
  /// - Returns: the text, with a true minus sign.
  public static func short(_ value: Double, _ digits: Int = 4) -> String {
    significant(value, digits, keepsZeros: false)
  }

  /// A number that was measured: `2.00` beside `1.98`, zeros at the end kept.
  ///
  /// A plain `0` is exactly 0.
  ///
  /// - Parameters:
  ///   - value: any number; NaN is a dash.
  ///   - digits: significant digits, at least 1.
  /// - Returns: the text, with a true minus sign.
  public static func measured(_ value: Double, _ digits: Int = 4) -> String {
    significant(value, digits, keepsZeros: true)
  }

  private static func significant(_ value: Double, _ digits: Int, keepsZeros: Bool) -> String {
    guard value.isFinite else { return value.isNaN ? "–" : value > 0 ? "∞" : "−∞" }
    guard value != 0 else { return "0" }
    func number(_ value: Double, _ digits: Int) -> String {
      let text = format(value, keepsZeros ? "#g" : "g", digits)
      return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
    let exponent = Int(log10(abs(value)).rounded(.down))
    guard exponent < -3 || exponent >= 7 else {
      return signed(number(value, max(digits, exponent + 1)))
    }
    let mantissa = number(value / pow(10, Double(exponent)), digits)
    // 9.9996 is written as 10, which belongs to the next power.
    if mantissa.hasPrefix("10") || mantissa.hasPrefix("-10") {
      return signed(number(value < 0 ? -1 : 1, digits) + "·") + power(exponent + 1)
    }
    return signed(mantissa) + "·" + power(exponent)
  }

  /// Counts that stand beside each other: whole where all are, else with three digits; thousands as k, millions as
  /// M.
  public static func counts(_ values: [Double]) -> [String] {
    let areWhole = values.allSatisfy { !$0.isFinite || $0 == $0.rounded() }
    return values.map { value in
      guard value.isFinite, abs(value) < 100 else { return count(value) }
      return areWhole ? fixed(value, 0) : measured(value, 3)
    }
  }

  /// A count, with thousands as k and millions as M.
  public static func count(_ value: Double) -> String {
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
  public static func unit(ofSeconds seconds: Double) -> (name: String, perSecond: Double) {
    switch seconds {
    case ..<0.001: ("µs", 1e6)
    case ..<1: ("ms", 1e3)
    default: ("s", 1)
    }
  }

  /// A part of a hundred, without its sign.
  public static func percent(_ value: Double) -> String { fixed(value * 100, 1) }

  /// The probability of a test.
  public static func probability(_ value: Double) -> String {
    value < 0.001 ? "< 0.001" : fixed(value, value < 0.1 ? 3 : 2)
  }

  /// The probability of a test after its letter: `= 0.012` or `< 0.001`.
  public static func relation(_ value: Double) -> String {
    value < 0.001 ? probability(value) : "= \(probability(value))"
  }

  /// Beside a mark of an axis.
  public static func axis(_ value: Double) -> String {
    let exponent = value == 0 ? 0 : Int(log10(abs(value) * 1.000_001).rounded(.down))
    if (-3...3).contains(exponent) { return signed(format(value, "g", 6)) }
    let mantissa = (value / pow(10, Double(exponent))).rounded()
    return mantissa == 1 ? power(exponent) : "\(Int(mantissa))·\(power(exponent))"
  }

  /// A power of ten, for example `10⁻³`.
  public static func power(_ exponent: Int) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    let text = String(abs(exponent)).compactMap { $0.wholeNumberValue }.map { digits[$0] }
    return "10" + (exponent < 0 ? "⁻" : "") + String(text)
  }

  /// With every digit that matters, for programs to read; empty for what is not a number.
  public static func exact(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "" : value > 0 ? "inf" : "-inf" }
    return value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }

  private static func signed(_ text: String) -> String {
    text.hasPrefix("-") ? "−" + text.dropFirst() : text
  }

  /// As `printf` does it; `#g` keeps zeros at the end.
  private static func format(_ value: Double, _ kind: String, _ digits: Int) -> String {
    var buffer = [CChar](repeating: 0, count: 400)
    let form = kind.hasPrefix("#") ? "%#.\(digits)\(kind.dropFirst())" : "%.\(digits)\(kind)"
    _ = withVaList([value]) { vsnprintf(&buffer, buffer.count, form, $0) }
    return buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  }
}

extension NumberText {
  /// How many decades lie between two values.
  ///
  /// - Parameters:
  ///   - first: above 0.
  ///   - last: above 0.
  /// - Returns: lg(last/first).
  public static func decades(from first: Double, to last: Double) -> Double { log10(last / first) }
}
