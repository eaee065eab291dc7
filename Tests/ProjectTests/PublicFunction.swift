import Foundation

/// A public function, initialiser or subscript of a file, and what is said of it.
struct PublicFunction: CustomStringConvertible {
  /// The file and the line of its first word.
  let description: String
  /// Its base name and the labels of its parameters, as callers write them.
  let name: String
  /// The names of its parameters, as its body writes them.
  let parameters: [String]
  let canThrow: Bool
  /// The text of its comment, without the slashes, in one line.
  let comment: String

  /// Whether the comment has a list of its parameters, or of the one.
  var listsParameters: Bool { comment.contains("- Parameter") }

  /// Whether the comment says when it throws, or that a default implementation does or does not.
  var saysWhenItThrows: Bool {
    comment.contains("- Throws:") || comment.contains("Throws ") || comment.contains("throws ")
  }

  /// Whether the comment names a parameter.
  func names(_ parameter: String) -> Bool {
    let name = NSRegularExpression.escapedPattern(for: parameter)
    return comment.range(of: "\\b\(name)\\b", options: .regularExpression) != nil
  }

  /// The public functions of a file; members of public protocols and extensions are public too.
  static func all(in file: SourceFile) -> [PublicFunction] {
    let declaration =
      /^ *(?:@[\w(,: )]+ )?(?<access>public |package |private |fileprivate )?(?:(?:mutating|static|class|override|final|required|convenience|consuming) )*(?<name>func [^(<]+|init|subscript)[?(<]/
    let lines = file.text.components(separatedBy: "\n")
    return lines.indices.compactMap { index in
      let line = lines[index]
      // Expressions are slow, and most lines have none of the words.
      guard line.contains("func ") || line.contains("init") || line.contains("subscript"),
        let match = line.firstMatch(of: declaration),
        match.output.access == "public " || isInPublicScope(lines, index)
      else { return nil }
      let signature = Signature(lines, from: index, at: String(match.output.name))
      return PublicFunction(
        description: "\(file):\(index + 1)", name: signature.name,
        parameters: signature.parameters, canThrow: signature.canThrow,
        comment: comment(above: index, lines))
    }
  }

  /// Whether a line without a word on access is a member of a public protocol or extension.
  private static func isInPublicScope(_ lines: [String], _ index: Int) -> Bool {
    func depth(_ line: String) -> Int { line.prefix { $0 == " " }.count }
    let own = depth(lines[index])
    guard own > 0, lines[index].firstMatch(of: /\b(?:private|package)\b/) == nil else {
      return false
    }
    let scope = lines[..<index].last { line in
      depth(line) < own && line.contains { $0 != " " }
        && line.wholeMatch(of: /^ *(?:[})@#]|\/\/).*/) == nil
    }
    return scope?.firstMatch(of: /^ *public (?:protocol|extension)\b/) != nil
  }

  private static func comment(above index: Int, _ lines: [String]) -> String {
    let above = lines[..<index].reversed().drop { $0.firstMatch(of: /^ *@/) != nil }
    return above.prefix { $0.firstMatch(of: /^ *\/\/\//) != nil }.reversed()
      .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " /")) }
      .joined(separator: " ")
  }
}

/// What the lines of a declaration say of its parameters.
private struct Signature {
  var name: String
  var parameters: [String] = []
  var canThrow = false

  /// Reads from the line of the declaration to the end of its signature.
  init(_ lines: [String], from first: Int, at name: String) {
    var depth = 0
    var pieces = [""]
    var rest = ""
    var isList = false
    var isDone = false
    let text = lines[first...].prefix(30).joined(separator: " ")
    let start = text.range(of: name)?.upperBound ?? text.startIndex
    for character in text[start...] {
      if isDone {
        if character == "{" || character == "}" || character == "/" { break }
        rest.append(character)
        continue
      }
      if "([{".contains(character) { depth += 1 }
      if ")]}".contains(character) { depth -= 1 }
      if !isList, character == "(" {
        isList = true
      } else if isList, depth == 0 {
        isDone = true
      } else if isList, depth == 1, character == "," {
        pieces.append("")
      } else if isList {
        pieces[pieces.count - 1].append(character)
      }
    }
    let heads = pieces.map { $0.split(separator: ":")[...].first ?? "" }
      .map { $0.split(separator: " ").map { $0.filter { $0 != "`" } } }.filter { !$0.isEmpty }
    parameters = heads.compactMap(\.last)
    let base = name.hasPrefix("func ") ? String(name.dropFirst(5)) : name
    self.name = base + "(" + heads.map { $0[0] + ":" }.joined() + ")"
    // The words between the parameters and the result, or the next declaration of a protocol.
    let effects = rest.components(separatedBy: "->")[0].components(separatedBy: " func ")[0]
    canThrow = effects.firstMatch(of: /^ *(?:async )?throws\b/) != nil
  }
}
