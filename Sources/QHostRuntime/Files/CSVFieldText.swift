/// Texts as fields of comma-separated values.
///
/// Source: RFC 4180.
public enum CSVFieldText {
  /// A text: in quotes where it has a comma, a quote or a line's end.
  public static func of(_ text: String) -> String {
    guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
    return "\"\(text.replacing("\"", with: "\"\""))\""
  }
}
