/// Text in which no character means something to LaTeX.
enum LaTeXText {
  /// Text as it is to be read.
  ///
  /// - Parameters:
  ///   - text: the text.
  ///   - breaks: whether a line may end within names of settings, which have no spaces.
  /// - Returns: LaTeX.
  static func escaped(_ text: String, breaks: Bool = false) -> String {
    var result = ""
    var exponent = ""
    for character in text {
      if let digit = superscripts[character] {
        exponent.append(digit)
        continue
      }
      if !exponent.isEmpty {
        result += "$^{\(exponent)}$"
        exponent = ""
      }
      result += replacements[character] ?? String(character)
      if breaks, ",[(=".contains(character) { result += "\\allowbreak{}" }
    }
    return exponent.isEmpty ? result : result + "$^{\(exponent)}$"
  }

  private static let superscripts: [Character: Character] = [
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8",
    "⁹": "9", "⁻": "-",
  ]

  private static let replacements: [Character: String] = [
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#",
    "%": "\\%", "_": "\\_", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}",
    "<": "\\textless{}", ">": "\\textgreater{}", "|": "\\textbar{}", "[": "{[}", "]": "{]}",
    "–": "--", "−": "$-$", "·": "$\\cdot$", "∞": "$\\infty$", "µ": "$\\mu$", "₁": "$_1$",
    "₂": "$_2$", "…": "\\dots{}", "½": "$\\frac12$", "ħ": "$\\hbar$", "\u{A0}": "~",
    "\n": " ", "\r": " ", "\t": " ",
  ]
}
