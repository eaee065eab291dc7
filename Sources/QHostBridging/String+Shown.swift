extension String {
  /// The text as one line that does nothing but be read: line ends and tabulators become spaces, other characters with an
  /// effect are written out, so that no text of a plugin or a file steers a terminal.
  public var shownOnOneLine: String {
    guard unicodeScalars.contains(where: { $0.isLayout || $0.hasEffect }) else { return self }
    var text = ""
    for scalar in unicodeScalars { text += scalar.isLayout ? " " : scalar.shown }
    return text
  }
}

extension Unicode.Scalar {
  /// Whether it does something other than to show: controls but for tabulators and ends of lines, and those of the reading
  /// direction.
  public var hasEffect: Bool {
    switch value {
    case 0x09, 0x0A: false
    case 0..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// Itself, or, where it has an effect, what JSON writes for it, such as `\u001B`.
  public var shown: String {
    guard hasEffect else { return String(self) }
    let digits = String(value, radix: 16, uppercase: true)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }

  /// Whether it parts words or lines only.
  fileprivate var isLayout: Bool { self == "\n" || self == "\r" || self == "\t" }
}
