internal import QHostInterfaces
internal import QHostYAML

/// A program of the user's own as a YAML file describes it: how it is started, what it takes, what it gives.
struct SimulatorFile {
  /// One number that the program takes.
  struct Output {
    var name: String
    var kind: ParameterKind
    var lower: Double
    var upper: Double
    /// What values of a category are called; empty: by their numbers.
    var values: [String]
  }

  private static let keys = [
    "command", "outputs", "objectives", "violation", "timeout", "processes", "batch",
  ]

  /// The program and its arguments.
  private(set) var command: [String] = []
  /// What it takes, in the order of a line.
  private(set) var outputs: [Output] = []
  /// What it gives in place of a loss; empty: a loss.
  private(set) var objectives: [ObjectiveDescription] = []
  /// Whether the last number that it gives says how far from feasible a point is.
  private(set) var hasViolations = false
  /// Seconds that it may take for one line.
  private(set) var timeout = 60.0
  /// How many of them run at once.
  private(set) var processCount = 1
  /// Lines that one is sent before it has answered the first.
  private(set) var lead = 16

  /// Numbers in one line of its answer.
  var scoreCount: Int { max(objectives.count, 1) + (hasViolations ? 1 : 0) }

  /// Reads a file.
  ///
  /// - Throws: an error of kind `data` that names file, line and key.
  init(_ bytes: [UInt8], of file: String) throws(ComponentError) {
    let root = try YAMLNode(bytes, of: file, example: "'command:' and 'outputs:'")
    let values = try root.values(of: Self.keys, required: ["command", "outputs"])
    for (key, value) in values {
      switch key {
      case "command":
        for word in try value.elements() { command.append(try word.text()) }
      case "outputs":
        for element in try value.elements() { outputs += try Self.outputs(element) }
      case "objectives":
        for element in try value.elements() { objectives.append(try Self.objective(element)) }
      case "violation": hasViolations = try value.boolean()
      case "timeout":
        timeout = try value.number()
        guard timeout > 0 else {
          throw value.error("timeout cannot be \(timeout): it must be above 0 seconds")
        }
      case "processes": processCount = try value.integer(in: 1...256)
      default: lead = try value.integer(in: 1...65_536)
      }
    }
    var names: Set<String> = []
    for output in outputs where !names.insert(output.name).inserted {
      throw root.error("outputs has '\(output.name)' twice; give one another name")
    }
  }

  /// One output, or `count` of them in a row.
  private static func outputs(_ node: YAMLNode) throws(ComponentError) -> [Output] {
    let values = try node.values(
      of: ["name", "kind", "lower", "upper", "values", "count"], required: ["name"])
    var output = Output(name: "", kind: .real, lower: 0, upper: 0, values: [])
    output.name = try values["name"]?.text() ?? ""
    if let kind = values["kind"] {
      let text = try kind.text()
      switch text {
      case "real": output.kind = .real
      case "integer": output.kind = .integer
      case "categorical": output.kind = .categorical
      default: throw kind.error("kind cannot be '\(text)': it must be real, integer or categorical")
      }
    }
    for value in try values["values"]?.elements() ?? [] {
      let text = try value.text()
      guard !text.contains(where: \.isWhitespace) else {
        throw value.error(
          "the value '\(text)' has a space in it, and spaces part the numbers of a line; write it without"
        )
      }
      output.values.append(text)
    }
    if !output.values.isEmpty {
      guard output.kind == .categorical, values["lower"] == nil, values["upper"] == nil else {
        throw node.error(
          "'\(output.name)' has values: its kind must be categorical, and it has no bounds")
      }
      output.upper = Double(output.values.count - 1)
    } else {
      guard let lower = values["lower"], let upper = values["upper"] else {
        throw node.error("'\(output.name)' has no bounds; add lower and upper")
      }
      output.lower = try lower.number()
      output.upper = try upper.number()
      guard output.lower <= output.upper else {
        throw lower.error(
          "lower = \(output.lower) of '\(output.name)' is above upper = \(output.upper); exchange them"
        )
      }
      let isWhole = output.lower == output.lower.rounded() && output.upper == output.upper.rounded()
      guard output.kind == .real || isWhole else {
        throw lower.error("the bounds of '\(output.name)' must be integers, as its kind is")
      }
    }
    guard let count = values["count"] else { return [output] }
    return (1...(try count.integer(in: 1...1_000_000))).map { number in
      var one = output
      one.name += "\(number)"
      return one
    }
  }

  private static func objective(
    _ node: YAMLNode
  ) throws(ComponentError) -> ObjectiveDescription {
    let values = try node.values(
      of: ["name", "unit", "ideal", "reference"], required: ["name", "ideal", "reference"])
    return ObjectiveDescription(
      name: try values["name"]?.text() ?? "", unit: try values["unit"]?.text(),
      ideal: try values["ideal"]?.number() ?? 0, reference: try values["reference"]?.number() ?? 1)
  }
}
