import Glibc

/// Numbers as people read them.
enum Numbers {
  /// With `digits` decimal places.
  static func fixed(_ value: Double, _ digits: Int) -> String { format("%.\(digits)f", value) }

  /// With `digits` significant digits.
  static func short(_ value: Double, _ digits: Int = 4) -> String { format("%.\(digits)g", value) }

  /// What was measured, with `digits` significant digits, zeros at the end among them.
  static func measured(_ value: Double, _ digits: Int = 4) -> String {
    guard value != 0, value.isFinite else { return short(value, digits) }
    let text = format("%#.\(digits)g", value)
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  /// As a percentage with one decimal place.
  static func percent(_ value: Double) -> String { fixed(value * 100, 1) + " %" }

  /// Thousands as k, millions as M.
  static func count(_ value: Double) -> String {
    switch value {
    case ..<10_000: fixed(value, 0)
    case ..<10_000_000: fixed(value / 1e3, value < 100_000 ? 1 : 0) + "k"
    default: fixed(value / 1e6, 1) + "M"
    }
  }

  /// A number of things, of which one has no plural: "1 row", "150 rows".
  static func counted(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// Seconds, or minutes and seconds.
  static func duration(_ seconds: Double) -> String {
    if seconds < 60 { return fixed(seconds, seconds < 10 ? 2 : 1) + " s" }
    let whole = Int(seconds)
    let minutes = whole / 60
    if minutes < 60 { return "\(minutes) min \(whole % 60) s" }
    return "\(minutes / 60) h \(minutes % 60) min"
  }

  /// Bytes in binary units.
  static func bytes(_ value: Int) -> String {
    if value < 1024 { return "\(value) B" }
    if value < 1 << 20 { return fixed(Double(value) / 1024, 1) + " KiB" }
    return fixed(Double(value) / 1_048_576, 1) + " MiB"
  }

  private static func format(_ format: String, _ value: Double) -> String {
    var buffer = [CChar](repeating: 0, count: 64)
    _ = withVaList([value]) { vsnprintf(&buffer, buffer.count, format, $0) }
    return buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  }
}
