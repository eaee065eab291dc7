/// How the text of a field is understood.
public enum CSVField {
  private static let missing: Set<String> = ["", "na", "n/a", "nan", "null", "?"]

  /// Whether it says that there is no value: empty, NA, N/A, NaN, null or ?.
  public static func isMissing(_ text: String) -> Bool {
    text.isEmpty || (text.utf8.count <= 4 && missing.contains(text.lowercased()))
  }

  /// Its number, which may be infinite; `nil` when it is none.
  ///
  /// Hexadecimal digits make none.
  public static func number(_ text: String) -> Double? {
    guard !text.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "x") }),
      let number = Double(text), !number.isNaN
    else { return nil }
    return number
  }
}
