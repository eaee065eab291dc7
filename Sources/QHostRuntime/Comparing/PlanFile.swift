/// A plan as it stands in a YAML file.
public struct PlanFile: Sendable {
  /// The keys of a plan.
  static let keys = [
    "optimizers", "solvers", "models", "datasets", "targets", "seeds", "set", "loss", "scaling",
    "batch_size",
    "budget",
  ]
  private static let budgetKeys = [
    "max_evals", "max_forward_equivalents", "max_time", "until_loss", "until_accuracy",
  ]

  /// The plan.
  public private(set) var plan = ComparisonPlan()
  /// Where its parts are written.
  public private(set) var origins = PlanOrigins()

  /// Reads a plan.
  ///
  /// - Throws: kind `usage`, with file, line and key; kind `data` when the file cannot be read.
  public init(reading file: String) throws(RunError) {
    let root = try PlanNode(reading: file)
    try self.init(try root.values(of: Self.keys), in: root)
  }

  /// Makes a plan of keys and values.
  init(
    _ values: [(key: String, value: PlanNode)], in root: PlanNode
  ) throws(RunError) {
    plan.budget.maxForwardEquivalents = Budget.standardForwardEquivalents
    for (key, value) in values { try read(key, value) }
    for (key, axis) in [
      ("optimizers", plan.optimizers), ("models", plan.models), ("datasets", plan.datasets),
    ] where axis.isEmpty {
      throw root.error("the plan has no \(key); name at least one, such as '\(key): [NAME]'")
    }
  }

  private mutating func read(_ key: String, _ value: PlanNode) throws(RunError) {
    switch key {
    case "optimizers": plan.optimizers = try choices(value, "optimizer")
    case "solvers": plan.solvers = try choices(value, "solver")
    case "models": plan.models = try choices(value, "model")
    case "datasets": plan.datasets = try choices(value, "dataset")
    case "targets": plan.targets = try choices(value, "target")
    case "seeds": plan.seeds = try Self.seeds(value)
    case "set":
      for (key, value) in try value.values() {
        let word = "\(key)=\(try Self.value(value))"
        let settings = try value.locating { () throws(RunError) in try Settings([word]) }
        for key in settings.values.keys { origins.note(key, of: "set", at: value.place) }
        plan.settings.merge(settings.values) { $1 }
      }
    case "loss": plan.loss = try value.text()
    case "scaling": plan.scaling = try value.text()
    case "batch_size": plan.batchRows = try value.integer(atLeast: 0)
    default: plan.budget = try Self.budget(value)
    }
  }

  private static func budget(_ node: PlanNode) throws(RunError) -> Budget {
    var budget = Budget()
    for (key, value) in try node.values(of: budgetKeys) {
      switch key {
      case "max_evals": budget.maxEvaluations = try value.integer(atLeast: 1)
      case "max_forward_equivalents": budget.maxForwardEquivalents = try value.number(above: 0)
      case "max_time": budget.maxSeconds = try value.number(above: 0)
      case "until_loss": budget.untilLoss = try value.number()
      default:
        let accuracy = try value.number()
        guard (0...1).contains(accuracy) else {
          throw value.error("until_accuracy cannot be \(accuracy): it must be 0 to 1")
        }
        budget.untilAccuracy = accuracy
      }
    }
    if budget.isUnlimited { budget.maxForwardEquivalents = Budget.standardForwardEquivalents }
    return budget
  }

  private static func seeds(_ node: PlanNode) throws(RunError) -> [UInt64] {
    var words: [String] = []
    for element in node.elements { words.append(try element.text()) }
    guard !words.isEmpty else { throw node.error("seeds are none; name at least one") }
    // A list of one number is that seed, a number alone is how many.
    let text =
      words.joined(separator: ",") + (node.isList && words.count == 1 ? "-\(words[0])" : "")
    return try node.locating { () throws(RunError) in try SeedList.seeds(text) }
  }

  /// An axis: names, expressions as on the command line, or names with parameters.
  private mutating func choices(
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
      choices += grid.choices
    }
    return choices
  }

  /// A parameter's value; a list becomes text with commas.
  private static func value(_ node: PlanNode) throws(RunError) -> String {
    var words: [String] = []
    for element in node.elements { words.append(try element.text()) }
    return words.joined(separator: ",")
  }
}
