public import QHostInterfaces
internal import Yams

/// A place in a YAML file that knows where it is, for messages.
public struct YAMLNode {
  private let node: Node
  private let file: String
  private let line: Int
  /// Its key, for messages.
  private let name: String

  /// The root of a file.
  ///
  /// - Parameters:
  ///   - bytes: of the file.
  ///   - file: its name, for messages.
  ///   - example: what an empty file needs, for messages.
  /// - Throws: an error of kind `data` that names file and line.
  public init(_ bytes: [UInt8], of file: String, example: String) throws(ComponentError) {
    // Editors under Windows put a byte order mark first.
    let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    guard let text = String(validating: bytes.dropFirst(isMarked ? 3 : 0), as: UTF8.self) else {
      throw .data("'\(file)' is not UTF-8 text; save it as UTF-8")
    }
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      throw .data("'\(file)' is not valid YAML: \(error)")
    }
    guard let root else {
      throw .data("'\(file)' is empty; write \(example) into it")
    }
    self.init(root, in: file, line: 1, name: "the file")
  }

  private init(_ node: Node, in file: String, line: Int, name: String) {
    self.node = node
    self.file = file
    self.line = node.mark?.line ?? line
    self.name = name
  }

  /// An error at this place.
  public func error(_ message: String) -> ComponentError {
    .data("'\(file)', line \(line): \(message)")
  }

  /// Its values by key.
  ///
  /// - Parameters:
  ///   - known: the keys that it may have.
  ///   - required: those that it must have.
  /// - Returns: the values.
  /// - Throws: an error that names file, line and key.
  public func values(
    of known: [String], required: [String]
  ) throws(ComponentError) -> [String: YAMLNode] {
    guard case .mapping(let mapping) = node else {
      throw error("\(name) must have keys and values, such as 'key: value'")
    }
    var values: [String: YAMLNode] = [:]
    for (key, value) in mapping {
      let text = key.scalar?.string ?? ""
      let place = YAMLNode(value, in: file, line: key.mark?.line ?? line, name: text)
      guard known.contains(text) else {
        let hint =
          SimilarName.of(text, among: known).map { "did you mean '\($0)'?" }
          ?? "it may have \(known.joined(separator: ", "))"
        throw place.error("\(name) has no key '\(text)'; \(hint)")
      }
      values[text] = place
    }
    for key in required where values[key] == nil {
      throw error("\(name) has no '\(key)'; add it")
    }
    return values
  }

  /// Whether it is a list.
  public var isList: Bool { if case .sequence = node { true } else { false } }

  /// Whether it has keys and values.
  public var isMapping: Bool { if case .mapping = node { true } else { false } }

  /// Its keys and values, whatever the keys, in order.
  ///
  /// - Returns: the pairs.
  /// - Throws: an error that names file, line and key, when there are none.
  public func pairs() throws(ComponentError) -> [(key: String, value: YAMLNode)] {
    guard case .mapping(let mapping) = node, !mapping.isEmpty else {
      throw error("\(name) must have keys and values, such as 'key: value'")
    }
    return mapping.map { key, value in
      let text = key.scalar?.string ?? ""
      return (text, YAMLNode(value, in: file, line: key.mark?.line ?? line, name: text))
    }
  }

  /// Its elements.
  ///
  /// - Throws: an error that names file, line and key, when there are none.
  public func elements() throws(ComponentError) -> [YAMLNode] {
    guard case .sequence(let sequence) = node, !sequence.isEmpty else {
      throw error("\(name) must be a list, such as [a, b]")
    }
    return sequence.map { YAMLNode($0, in: file, line: line, name: name) }
  }

  /// Its text.
  ///
  /// - Returns: a text that is not empty.
  /// - Throws: an error that names file, line and key, for anything else.
  public func text() throws(ComponentError) -> String {
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
      throw error("\(name) must be a text")
    }
    return scalar.string
  }

  /// Its finite number.
  ///
  /// - Returns: the number.
  /// - Throws: an error that names file, line and key, for anything else.
  public func number() throws(ComponentError) -> Double {
    let text = try text()
    guard let value = Double(text), value.isFinite else {
      throw error("\(name) cannot be '\(text)': it must be a number")
    }
    return value
  }

  /// Its number, which may be infinite: `.inf`, `-.inf`.
  ///
  /// - Returns: the number.
  /// - Throws: an error that names file, line and key, for anything else.
  public func realNumber() throws(ComponentError) -> Double {
    switch try text().lowercased() {
    case ".inf", "+.inf": .infinity
    case "-.inf": -.infinity
    default: try number()
    }
  }

  /// Its integer from a range.
  ///
  /// - Parameter range: both ends allowed.
  /// - Returns: the integer.
  /// - Throws: an error that names file, line, key and range, for anything else.
  public func integer(in range: ClosedRange<Int>) throws(ComponentError) -> Int {
    let text = try text()
    guard let value = Int(text), range.contains(value) else {
      throw error(
        "\(name) cannot be '\(text)': it must be an integer from \(range.lowerBound) to "
          + "\(range.upperBound)")
    }
    return value
  }

  /// Its truth value, `true` or `false`.
  ///
  /// - Returns: the value.
  /// - Throws: an error that names file, line and key, for anything else.
  public func boolean() throws(ComponentError) -> Bool {
    let text = try text()
    guard let value = Bool(text) else {
      throw error("\(name) cannot be '\(text)': it must be true or false")
    }
    return value
  }
}
