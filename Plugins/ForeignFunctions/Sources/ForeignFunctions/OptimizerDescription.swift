internal import QHostCalling
internal import QHostInterfaces
internal import QHostYAML

/// A library's optimizer as a YAML file describes it: which functions are called with what, in order.
struct OptimizerDescription {
  /// What an argument of a call is given.
  enum Argument: Equatable {
    /// n, as an integer.
    case dimension
    /// A number that the file has.
    case number(Double)
    /// NULL.
    case null
    /// The point, [n], in and out.
    case point
    /// Room for a loss.
    case loss
    /// Bounds, [n]; infinite where there are none.
    case lower
    case upper
    /// How far each parameter typically lies from its start, [n].
    case scales
    /// An integer of the run's random numbers.
    case seed
    /// What an earlier call returned.
    case result(String)
    /// A function that the library calls.
    case callback(String)
    /// A text that ends with NUL.
    case text(String)
    /// Room for so many numbers, all 0.
    case doubles(Polynomial)
    case integers(Polynomial)
  }

  /// One function, and what it is called with.
  struct Call {
    let node: YAMLNode
    let symbol: String
    let prototype: Prototype
    let arguments: [Argument]
    /// What later calls know its result as.
    let name: String?
    /// Results that are good, by what they say of the search; empty: any.
    let outcomes: [Int: Query.DoneReason]
  }

  /// A function that the library calls back.
  struct Callback {
    let node: YAMLNode
    let name: String
    let plan: CallbackPlan
    /// What it returns; `nil`: the loss.
    let returned: Double?
    /// What it returns once the run is over.
    let stopped: Double

    /// Whether it gives the loss; else it is told of something.
    var isObjective: Bool { returned == nil || plan.loss != nil }
  }

  private(set) var libraries: [String] = []
  private(set) var package: String?
  private(set) var needsBounds = false
  private(set) var callbacks: [Callback] = []
  private(set) var calls: [Call] = []
  private(set) var whenStopped: [Call] = []
  private(set) var atEnd: [Call] = []

  /// Whether it follows a gradient.
  private(set) var needsGradient = false

  private static let keys = [
    "library", "package", "gradient", "bounds", "callbacks", "calls", "when_stopped", "at_end",
  ]

  /// Reads a file.
  ///
  /// - Throws: kind `data` with file, line and key.
  init(_ bytes: [UInt8], of file: String) throws(ComponentError) {
    let root = try YAMLNode(bytes, of: file, example: "'library:', 'callbacks:' and 'calls:'")
    let values = try root.values(of: Self.keys, required: ["library", "callbacks", "calls"])
    if let node = values["library"] {
      libraries = node.isList ? try Self.texts(node) : [try node.text()]
    }
    package = try values["package"]?.text()
    if let node = values["bounds"] {
      let text = try node.text()
      guard ["required", "optional"].contains(text) else {
        throw node.error("bounds cannot be '\(text)': it must be required or optional")
      }
      needsBounds = text == "required"
    }
    for (name, node) in try values["callbacks"]?.pairs() ?? [] {
      try Self.checkName(name, at: node)
      callbacks.append(try Self.callback(name, node))
    }
    needsGradient = callbacks.contains { $0.isObjective && $0.plan.gradient != nil }
    if let node = values["gradient"] { needsGradient = try node.boolean() }
    guard callbacks.contains(where: { $0.isObjective && $0.plan.point != nil }) else {
      throw root.error(
        "no callback gives the loss at a point; one must take a 'double *x', and return the loss or take a 'double *f'"
      )
    }
    var names: Set<String> = []
    calls = try Self.calls(values["calls"], callbacks, &names)
    whenStopped = try Self.calls(values["when_stopped"], callbacks, &names)
    atEnd = try Self.calls(values["at_end"], callbacks, &names)
    guard calls.contains(where: { $0.arguments.contains(.point) }) else {
      throw root.error("no call is given x, the point; the one that searches must be")
    }
  }

  private static func texts(_ node: YAMLNode) throws(ComponentError) -> [String] {
    var texts: [String] = []
    for element in try node.elements() { texts.append(try element.text()) }
    return texts
  }

  private static func prototype(_ node: YAMLNode) throws(ComponentError) -> Prototype {
    do {
      return try Prototype(parsing: try node.text())
    } catch let problem as Prototype.Problem {
      throw node.error(problem.description)
    } catch {
      throw node.error("\(error)")
    }
  }

  private static func callback(
    _ name: String, _ node: YAMLNode
  ) throws(ComponentError) -> Callback {
    let values = try node.values(of: ["function", "returns", "stopped"], required: ["function"])
    guard let declaration = values["function"] else { throw node.error("it has no 'function'") }
    let prototype = try Self.prototype(declaration)
    let plan = try CallbackPlan(prototype, at: declaration)
    var returned: Double?
    if let node = values["returns"], try node.text() != "loss" { returned = try node.number() }
    if returned == nil, prototype.result != .value(.double), prototype.result != .value(.float) {
      guard plan.loss != nil || prototype.result == .value(.void) else {
        throw declaration.error(
          "'\(prototype)' cannot return a loss; say what it returns, as in 'returns: 0'")
      }
      returned = 0
    }
    let stopped = try values["stopped"]?.realNumber() ?? returned ?? .infinity
    return Callback(node: node, name: name, plan: plan, returned: returned, stopped: stopped)
  }

  private static func calls(
    _ node: YAMLNode?, _ callbacks: [Callback], _ names: inout Set<String>
  ) throws(ComponentError) -> [Call] {
    var calls: [Call] = []
    for element in try node?.elements() ?? [] {
      let values = try element.values(
        of: ["function", "arguments", "as", "converged", "stalled", "schedule"],
        required: ["function"])
      guard let declaration = values["function"] else { continue }
      let prototype = try Self.prototype(declaration)
      guard let symbol = prototype.name else {
        throw declaration.error(
          "'\(try declaration.text())' has no name, by which it is looked for")
      }
      var arguments: [Argument] = []
      if let list = values["arguments"] {
        for argument in try list.elements() {
          arguments.append(
            try Self.argument(argument, results: names, callbacks: callbacks.map(\.name)))
        }
      }
      guard arguments.count == prototype.arguments.count else {
        throw element.error(
          "'\(symbol)' takes \(prototype.arguments.count) arguments and is given \(arguments.count)"
        )
      }
      for (place, argument) in arguments.enumerated()
      where !argument.fits(prototype.arguments[place].kind) {
        throw element.error(
          "argument \(place + 1) of '\(symbol)' is \(prototype.arguments[place].kind), which "
            + "'\(argument)' does not fit")
      }
      var outcomes: [Int: Query.DoneReason] = [:]
      let reasons: [(String, Query.DoneReason)] = [
        ("converged", .converged), ("stalled", .stalled), ("schedule", .schedule),
      ]
      for (key, reason) in reasons {
        guard let list = values[key] else { continue }
        for number in try list.elements() {
          outcomes[try number.integer(in: Int(Int32.min)...Int(Int32.max))] = reason
        }
      }
      let name = try values["as"]?.text()
      if let name {
        try checkName(name, at: element)
        names.insert(name)
      }
      calls.append(
        Call(
          node: element, symbol: symbol, prototype: prototype, arguments: arguments, name: name,
          outcomes: outcomes))
    }
    return calls
  }
}
