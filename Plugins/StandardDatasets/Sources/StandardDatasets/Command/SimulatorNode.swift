internal import QHostInterfaces
internal import Yams

/// A place in the YAML file of a simulator that knows where it is, for messages.
struct SimulatorNode {
  private let node: Node
  private let file: String
  private let line: Int
  /// Its key, for messages.
  private let name: String

  /// The root of a file.
  ///
  /// - Throws: an error of kind `data` that names file and line.
  init(_ bytes: [UInt8], of file: String) throws(ComponentError) {
    let root: Node?
    do {
      root = try Yams.compose(yaml: String(decoding: bytes, as: UTF8.self))
    } catch {
      throw .data("'\(file)' is no YAML: \(error)")
    }
    guard let root else {
      throw .data("'\(file)' is empty; write 'command:' and 'outputs:' into it")
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
  func error(_ message: String) -> ComponentError { .data("'\(file)', line \(line): \(message)") }

  /// Its values by key.
  ///
  /// - Parameters:
  ///   - known: the keys that it may have.
  ///   - required: those that it must have.
  /// - Returns: the values.
  /// - Throws: an error that names file, line and key.
  func values(
    of known: [String], required: [String]
  ) throws(ComponentError) -> [String: SimulatorNode] {
    guard case .mapping(let mapping) = node else {
      throw error("\(name) must have keys and values, such as 'key: value'")
    }
    var values: [String: SimulatorNode] = [:]
    for (key, value) in mapping {
      let text = key.scalar?.string ?? ""
      let place = SimulatorNode(value, in: file, line: key.mark?.line ?? line, name: text)
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

  /// Its elements.
  ///
  /// - Throws: an error that names file, line and key, when there are none.
  func elements() throws(ComponentError) -> [SimulatorNode] {
    guard case .sequence(let sequence) = node, !sequence.isEmpty else {
      throw error("\(name) must be a list, such as [a, b]")
    }
    return sequence.map { SimulatorNode($0, in: file, line: line, name: name) }
  }

  /// Its text.
  func text() throws(ComponentError) -> String {
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
      throw error("\(name) must be a text")
    }
    return scalar.string
  }

  /// Its finite number.
  func number() throws(ComponentError) -> Double {
    let text = try text()
    guard let value = Double(text), value.isFinite else {
      throw error("\(name) cannot be '\(text)': it must be a number")
    }
    return value
  }

  /// Its whole number from a range.
  func integer(in range: ClosedRange<Int>) throws(ComponentError) -> Int {
    let text = try text()
    guard let value = Int(text), range.contains(value) else {
      throw error(
        "\(name) cannot be '\(text)': it must be a whole number from \(range.lowerBound) to "
          + "\(range.upperBound)")
    }
    return value
  }

  /// `true` or `false`.
  func boolean() throws(ComponentError) -> Bool {
    let text = try text()
    guard let value = Bool(text) else {
      throw error("\(name) cannot be '\(text)': it must be true or false")
    }
    return value
  }
}
