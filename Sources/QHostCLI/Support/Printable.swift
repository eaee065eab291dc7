import QHostBridging

/// Text as a terminal may have it: what others wrote is shown, not obeyed.
///
/// Data, names of files and messages of plugins may hold characters that move the cursor, name the window or turn the
/// reading direction. They are written as `\\u001B`, as in JSON, of which they are a part then.
enum Printable {
  /// What stands for the styles of this program until a text is shown; nobody else can know it.
  private static let mark: UnicodeScalar =
    UnicodeScalar(UInt32.random(in: 0xF0000...0xFFFFD)) ?? "\u{F0000}"

  /// What switches to a style of the terminal, by its codes.
  static func style(_ codes: String) -> String { "\(mark)\(codes)\(mark)" }

  /// A text with the program's own styles, and no other effect.
  static func text(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0 == mark || $0.hasEffect }) else { return text }
    var shown = String.UnicodeScalarView()
    var isWithinStyle = false
    for scalar in text.unicodeScalars {
      if scalar == mark {
        shown.append(contentsOf: (isWithinStyle ? "m" : "\u{1B}[").unicodeScalars)
        isWithinStyle.toggle()
      } else {
        shown.append(contentsOf: scalar.shown.unicodeScalars)
      }
    }
    return String(shown)
  }

  /// A text on one line.
  static func line(_ text: String) -> String { text.replacing("\n", with: "\\u000A") }
}
