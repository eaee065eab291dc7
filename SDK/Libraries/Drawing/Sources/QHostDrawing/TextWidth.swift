/// How wide text is, without knowing the type that it will be set in.
public enum TextWidth {
  /// An estimate that is rather too wide: by the proportions of Helvetica, and a tenth for wider types.
  ///
  /// - Parameters:
  ///   - text: the text, on one line.
  ///   - size: the size of its type.
  /// - Returns: a width, in the unit of the size.
  public static func of(_ text: some StringProtocol, size: Double) -> Double {
    text.reduce(0) { $0 + ems($1) } * size * 1.1
  }

  /// Text as lines that fit; words are broken only where one alone is too wide.
  ///
  /// - Parameters:
  ///   - text: the text.
  ///   - size: the size of its type.
  ///   - width: what a line may have.
  /// - Returns: its lines, at least one.
  public static func lines(_ text: String, size: Double, width: Double) -> [String] {
    var lines: [String] = []
    var line = ""
    for piece in pieces(text, after: " ,[(") {
      if of(line + piece, size: size) <= width {
        line += piece
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = ""
      // What is too wide by itself is broken at worse places, and at last anywhere.
      let parts = pieces(piece, after: "=-").flatMap { part in
        of(part, size: size) <= width ? [part] : part.map { String($0) }
      }
      for part in parts {
        if of(line + part, size: size) > width, !line.isEmpty {
          lines.append(line)
          line = ""
        }
        line += part
      }
    }
    return lines + (line.isEmpty && !lines.isEmpty ? [] : [line])
  }

  /// Text cut after each of some characters.
  private static func pieces(_ text: String, after ends: String) -> [String] {
    var pieces: [String] = []
    var piece = ""
    for character in text {
      // A bracket that follows a space belongs to what is in it.
      let isInner = "[(".contains(character) && (piece.isEmpty || piece.last == " ")
      piece.append(character)
      if ends.contains(character), !isInner {
        pieces.append(piece)
        piece = ""
      }
    }
    return piece.isEmpty ? pieces : pieces + [piece]
  }

  private static func ems(_ character: Character) -> Double {
    switch character {
    case "i", "j", "l", "'", "|": 0.23
    case "f", "t", "r", "I", ".", ",", ":", ";", "!", "(", ")", "[", "]", "/", " ", "-": 0.32
    case "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁻": 0.4
    case "m", "w", "M", "W", "@", "%": 0.87
    case "A"..."Z": 0.7
    // Letters of other scripts may fill a square.
    default: character.isASCII ? 0.556 : character.isLetter ? 1 : 0.6
    }
  }
}
