package import QHostDrawing

extension Markup {
  /// Escaped text in which a line of a page may end within names of settings, which have no spaces.
  package static func breakable(_ text: String) -> String {
    var result = ""
    for character in escaped(text) {
      // After a space it is not a name's.
      let isInName = "[(=".contains(character) && result.last != " "
      result.append(character)
      if isInName || character == "," { result += "<wbr/>" }
    }
    return result
  }
}
