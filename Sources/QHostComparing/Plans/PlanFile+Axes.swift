internal import QHostRuntime

extension PlanFile {
  /// The seeds: a number of them, or which.
  static func seeds(_ node: PlanNode) throws(RunError) -> [UInt64] {
    var words: [String] = []
    for element in node.elements { words.append(try element.text()) }
    guard !words.isEmpty else { throw node.error("seeds are none; name at least one") }
    // A list of one number is that seed, a number alone is how many.
    let text =
      words.joined(separator: ",") + (node.isList && words.count == 1 ? "-\(words[0])" : "")
    return try node.locating { () throws(RunError) in try SeedList.seeds(text) }
  }

  /// An axis: names, expressions as on the command line, or names with parameters.
  mutating func choices(
    _ node: PlanNode, _ axis: String
  ) throws(RunError) -> [ComponentChoice] {
    var choices: [ComponentChoice] = []
    for element in node.elements {
      for choice in try Self.choices(element) {
        choices.append(choice)
        origins.note(choice.label, of: axis, at: element.place)
      }
    }
    guard !choices.isEmpty else {
      throw node.error("there are no \(node.name); name at least one")
    }
    return choices
  }

  private static func choices(_ element: PlanNode) throws(RunError) -> [ComponentChoice] {
    guard element.hasKeys else {
      let text = try element.text()
      return try element.locating { () throws(RunError) in try GridExpression.choices(text) }
    }
    var choices: [ComponentChoice] = []
    for (name, parameters) in try element.values() {
      var grid = ParameterGrid(name: name)
      for (key, alternatives) in try parameters.values() {
        var values: [String] = []
        for alternative in alternatives.elements { values.append(try value(alternative)) }
        guard !values.isEmpty else {
          throw alternatives.error("'\(key)' has no values; give it at least one")
        }
        grid.parameters.append((key, values))
      }
      choices += try element.locating { () throws(RunError) in try grid.choices() }
    }
    return choices
  }

  /// A parameter's value; a list becomes text with commas.
  static func value(_ node: PlanNode) throws(RunError) -> String {
    var words: [String] = []
    for element in node.elements { words.append(try element.text()) }
    return words.joined(separator: ",")
  }
}
