internal import Yams
internal import QHostRuntime

/// A place in a YAML file that knows where it is, for messages.
struct PlanNode {
  private let node: Node
  private let file: String
  private let line: Int
  /// Its key, for messages.
  let name: String

  /// The root of a file.
  ///
  /// - Throws: kind `data` when the file cannot be read, kind `usage` when it is not valid YAML.
  init(reading file: String) throws(RunError) {
    let bytes = try FileAccess.read(file)
    // Editors under Windows put a byte order mark first.
    let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    guard let text = String(validating: bytes.dropFirst(isMarked ? 3 : 0), as: UTF8.self) else {
      throw RunError(.usage, "'\(file)' is not UTF-8 text; save it as UTF-8")
    }
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw Self.error(error, in: file)
    } catch {
      throw RunError(.usage, "'\(file)' is not valid YAML: \(error)")
    }
    guard let root else { throw RunError(.usage, "'\(file)' is empty; write a plan into it") }
    self.init(root, in: file, line: 1, name: "the plan")
  }

  private init(_ node: Node, in file: String, line: Int, name: String) {
    self.node = node
    self.file = file
    self.line = node.mark?.line ?? line
    self.name = name
  }

  /// File and line.
  var place: String { "'\(file)', line \(line)" }

  /// An error at this place.
  func error(_ message: String) -> RunError { RunError(.usage, "\(place): \(message)") }

  /// Puts file and line before what another part says of this place's text.
  func locating<R>(_ body: () throws(RunError) -> R) throws(RunError) -> R {
    do throws(RunError) {
      return try body()
    } catch let error {
      throw self.error(error.message)
    }
  }

  /// Its values by key, in the order of the file.
  ///
  /// - Throws: kind `usage` when it has no keys, or one that is not among `known`.
  func values(
    of known: [String]? = nil, or isKnown: (String) -> Bool = { _ in false }
  ) throws(RunError) -> [(key: String, value: PlanNode)] {
    guard case .mapping(let mapping) = node else {
      throw error("\(name) must have keys and values, such as 'key: value'")
    }
    var values: [(String, PlanNode)] = []
    for (key, value) in mapping {
      let line = key.mark?.line ?? line
      guard case .scalar(let scalar) = key else { throw error("a key of \(name) is not text") }
      if let known, !known.contains(scalar.string), !isKnown(scalar.string) {
        throw RunError(
          .usage,
          "'\(file)', line \(line): \(name) has no key '\(scalar.string)'"
            + Suggestion.sentence(for: scalar.string, among: known))
      }
      values.append((scalar.string, PlanNode(value, in: file, line: line, name: scalar.string)))
    }
    return values
  }

  /// Its elements; a single value is a list of one.
  var elements: [PlanNode] {
    guard case .sequence(let sequence) = node else { return [self] }
    return sequence.map { PlanNode($0, in: file, line: line, name: name) }
  }

  /// Whether it is a list.
  var isList: Bool {
    if case .sequence = node { true } else { false }
  }

  /// Whether it has keys.
  var hasKeys: Bool {
    if case .mapping = node { true } else { false }
  }

  /// Its text, as it is written.
  func text() throws(RunError) -> String {
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
      throw error("\(name) must be a single value")
    }
    return scalar.string
  }

  /// `true` or `false`.
  func truth() throws(RunError) -> Bool {
    switch try text() {
    case "true": return true
    case "false": return false
    case let text: throw error("\(name) cannot be '\(text)': it must be true or false")
    }
  }

  /// A number above `low`, and finite.
  func number(above low: Double = -.infinity) throws(RunError) -> Double {
    let text = try text()
    guard let value = Double(text), value.isFinite, value > low else {
      throw error(
        "\(name) cannot be '\(text)': it must be a number"
          + (low == -.infinity ? "" : " above \(Int(low))"))
    }
    return value
  }

  /// An integer of at least `low`.
  func integer(atLeast low: Int) throws(RunError) -> Int {
    let text = try text()
    guard let value = Int(text), value >= low else {
      throw error("\(name) cannot be '\(text)': it must be an integer of at least \(low)")
    }
    return value
  }

  private static func error(_ error: YamlError, in file: String) -> RunError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      RunError(.usage, "'\(file)', line \(mark.line): this is not valid YAML: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      RunError(
        .usage,
        "'\(file)', line \(context.mark.line): '\(keys.joined(separator: "', '"))' stands there "
          + "twice; leave one out")
    default: RunError(.usage, "'\(file)' is not valid YAML in UTF-8; correct it")
    }
  }
}
