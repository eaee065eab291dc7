internal import QHostCalling
internal import QHostInterfaces
internal import QHostYAML

extension OptimizerDescription {
  /// A name must not mean something else among the arguments.
  static func checkName(_ name: String, at node: YAMLNode) throws(ComponentError) {
    guard words[name] == nil, Double(name) == nil else {
      throw node.error(
        "'\(name)' cannot be a name, since arguments called so mean something; take another")
    }
  }

  private static let words: [String: Argument] = [
    "n": .dimension, "x": .point, "loss": .loss, "lower": .lower, "upper": .upper,
    "scales": .scales, "seed": .seed, "null": .null, "NULL": .null, "~": .null,
  ]

  static func argument(
    _ node: YAMLNode, results: Set<String>, callbacks: [String]
  ) throws(ComponentError) -> Argument {
    if node.isMapping {
      let values = try node.values(of: ["double", "int", "text"], required: [])
      guard values.count == 1, let (key, value) = values.first else {
        throw node.error("it must have one key: double, int or text")
      }
      let text = try value.text()
      if key == "text" { return .text(text) }
      guard let count = Polynomial(text) else {
        throw value.error("'\(text)' is not a number of elements; write it as in 3*n + 5")
      }
      return key == "double" ? .doubles(count) : .integers(count)
    }
    let text = try node.text()
    if let word = words[text] { return word }
    if results.contains(text) { return .result(text) }
    if callbacks.contains(text) { return .callback(text) }
    if let value = Double(text) { return .number(value) }
    let known =
      words.keys.filter { $0.first?.isLowercase == true }.sorted()
      + results.sorted() + callbacks
    throw node.error(
      "there is no argument '\(text)'; it may be a number, {double: COUNT}, {int: COUNT}, {text: TEXT}, "
        + known.joined(separator: ", "))
  }
}

extension OptimizerDescription.Argument {
  /// Whether it can be given where a declaration has this.
  func fits(_ kind: Prototype.Kind) -> Bool {
    switch self {
    case .dimension, .seed: kind.type.isWhole
    case .number(let value):
      kind.type == .double || kind.type == .float
        || (kind.type.isWhole && Int(exactly: value).map { kind.type.value($0) != nil } == true)
    case .null, .callback: kind.type == .pointer
    case .point, .loss, .lower, .upper, .scales, .doubles:
      kind.agrees(with: .pointer(.value(.double)))
    case .integers:
      kind.agrees(with: .pointer(.value(.int32))) || kind.agrees(with: .pointer(.value(.uint32)))
    case .text:
      kind.agrees(with: .pointer(.value(.int8))) || kind.agrees(with: .pointer(.value(.uint8)))
    case .result: kind.type != .void
    }
  }
}
