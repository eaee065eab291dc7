extension String {
  /// The text as one line that does nothing but be read: line ends become spaces, other control characters
  /// are written out, so that no text of a plugin or a file steers a terminal.
  public var shownOnOneLine: String {
    guard unicodeScalars.contains(where: { Self.isControl($0) }) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\n", "\r", "\t": text += " "
      case _ where Self.isControl(scalar):
        let digits = String(scalar.value, radix: 16, uppercase: true)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
  }
}
