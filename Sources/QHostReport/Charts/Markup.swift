/// Text made safe and numbers made short, for SVG and HTML.
package enum Markup {
  /// Text with the five characters that mean something to a browser replaced.
  ///
  /// Control characters, which no document may have, become question marks.
  package static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: isSpecial) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\t", "\n", "\r": result += " "
      case "\0"..."\u{1F}": result += "?"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Escaped text in which a line of a page may end within names of settings, which have no spaces.
  static func breakable(_ text: String) -> String {
    var result = ""
    for character in escaped(text) {
      // After a space it is no name's.
      let isInName = "[(=".contains(character) && result.last != " "
      result.append(character)
      if isInName || character == "," { result += "<wbr/>" }
    }
    return result
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x26 || byte == 0x3C || byte == 0x3E || byte == 0x22 || byte == 0x27
  }

  /// A coordinate with at most one digit after the point, without a needless zero.
  package static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let (whole, rest) = abs(tenths).quotientAndRemainder(dividingBy: 10)
    let sign = tenths < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole)" }
    return whole == 0 ? "\(sign).\(rest)" : "\(sign)\(whole).\(rest)"
  }
}
