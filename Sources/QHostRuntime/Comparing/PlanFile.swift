/// A plan as a YAML file.
public enum PlanFile {
  /// The keys of a plan.
  static let keys = [
    "optimizers", "solvers", "models", "datasets", "seeds", "set", "loss", "scaling", "batch_size",
    "budget",
  ]
  private static let budgetKeys = [
    "max_evals", "max_forward_equivalents", "max_time", "until_loss", "until_accuracy",
  ]

  /// Reads a plan.
  ///
  /// - Throws: kind `usage`, with file, line and key; kind `data` when the file cannot be read.
  public static func plan(in file: String) throws(RunError) -> ComparisonPlan {
    let root = try PlanNode(reading: file)
    return try plan(try root.values(of: keys), in: root)
  }

  /// Makes a plan of keys and values.
  static func plan(
    _ values: [(key: String, value: PlanNode)], in root: PlanNode
  ) throws(RunError) -> ComparisonPlan {
    var plan = ComparisonPlan()
    plan.budget.maxForwardEquivalents = Budget.standardForwardEquivalents
    for (key, value) in values { try read(key, value, into: &plan) }
    for (key, axis) in [
      ("optimizers", plan.optimizers), ("models", plan.models), ("datasets", plan.datasets),
    ] where axis.isEmpty {
      throw root.error("the plan has no \(key); name at least one, such as '\(key): [NAME]'")
    }
    return plan
  }

  private static func read(
    _ key: String, _ value: PlanNode, into plan: inout ComparisonPlan
  ) throws(RunError) {
    switch key {
    case "optimizers": plan.optimizers = try choices(value)
    case "solvers": plan.solvers = try choices(value)
    case "models": plan.models = try choices(value)
    case "datasets": plan.datasets = try choices(value)
    case "seeds": plan.seeds = try seeds(value)
    case "set":
      for (key, value) in try value.values() {
        let word = "\(key)=\(try self.value(value))"
        let settings = try value.locating { () throws(RunError) in try Settings([word]) }
        plan.settings.merge(settings.values) { $1 }
      }
    case "loss": plan.loss = try value.text()
    case "scaling": plan.scaling = try value.text()
    case "batch_size": plan.batchRows = try value.integer(atLeast: 0)
    default: plan.budget = try budget(value)
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
  private static func choices(_ node: PlanNode) throws(RunError) -> [ComponentChoice] {
    var choices: [ComponentChoice] = []
    for element in node.elements {
      guard element.hasKeys else {
        let text = try element.text()
        choices += try element.locating { () throws(RunError) in
          try GridExpression.choices(text)
        }
        continue
      }
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
    }
    guard !choices.isEmpty else {
      throw node.error("there are no \(node.name); name at least one")
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
