internal import QHostRuntime

/// An axis as it is written on a command line: `tunneling[hbar_start=0.3,0.6],adam`.
///
/// Brackets hold parameters with alternatives, separated by commas. A value that has commas of its
/// own, such as a list, stands in parentheses: `mlp[hidden=(12,8),16]` is two networks.
enum GridExpression {
  /// The components that an expression means.
  ///
  /// - Throws: kind `usage`, with the expression and what is wrong with it.
  static func choices(_ text: String) throws(RunError) -> [ComponentChoice] {
    var choices: [ComponentChoice] = []
    for item in try split(text, in: text) { choices += try grid(item, in: text).choices() }
    return choices
  }

  private static func grid(_ item: String, in text: String) throws(RunError) -> ParameterGrid {
    let name = item.prefix { $0 != "[" }
    guard !name.isEmpty else { throw wrong(text, "a name is missing") }
    var grid = ParameterGrid(name: String(name))
    var rest = item.dropFirst(name.count)
    while !rest.isEmpty {
      guard rest.first == "[", let end = rest.firstIndex(of: "]") else {
        throw wrong(text, "after '\(name)' there must be parameters in brackets")
      }
      try read(String(rest[rest.index(after: rest.startIndex)..<end]), into: &grid, in: text)
      rest = rest[rest.index(after: end)...]
    }
    return grid
  }

  private static func read(
    _ body: String, into grid: inout ParameterGrid, in text: String
  ) throws(RunError) {
    for word in try split(body, in: text) {
      let key = word.prefix { $0 != "=" && $0 != "(" }
      guard key.endIndex < word.endIndex, word[key.endIndex] == "=" else {
        guard !grid.parameters.isEmpty else {
          throw wrong(text, "'\(word)' is not of the form key=value")
        }
        grid.parameters[grid.parameters.count - 1].values.append(try value(word, in: text))
        continue
      }
      guard !grid.parameters.contains(where: { $0.key == key }) else {
        throw wrong(text, "'\(key)' is set twice; separate its values by commas")
      }
      let first = try value(String(word[word.index(after: key.endIndex)...]), in: text)
      grid.parameters.append((String(key), [first]))
    }
  }

  private static func value(_ word: String, in text: String) throws(RunError) -> String {
    guard word.hasPrefix("(") else { return word }
    guard word.hasSuffix(")"), word.count > 2 else {
      throw wrong(text, "'\(word)' must end with its parenthesis")
    }
    return String(word.dropFirst().dropLast())
  }

  /// Splits at commas that stand in no brackets.
  private static func split(_ words: String, in text: String) throws(RunError) -> [String] {
    var parts = [""]
    var open: [Character] = []
    for character in words {
      switch character {
      case "[", "(": open.append(character)
      case "]", ")":
        guard open.popLast() == (character == "]" ? "[" : "(") else {
          throw wrong(text, "there is a '\(character)' that closes nothing")
        }
      case "," where open.isEmpty:
        parts.append("")
        continue
      default: break
      }
      parts[parts.count - 1].append(character)
    }
    if let bracket = open.last { throw wrong(text, "a '\(bracket)' is not closed") }
    guard !parts.contains("") else { throw wrong(text, "there is nothing at a comma") }
    return parts
  }

  private static func wrong(_ text: String, _ what: String) -> RunError {
    RunError(.usage, "'\(text)': \(what); write for example 'adam[learning_rate=1e-2,1e-3],ga'")
  }
}
