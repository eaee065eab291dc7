public import QHostRuntime

/// A plan as it stands in a YAML file.
public struct PlanFile: Sendable {
  /// The keys of a plan.
  static let keys = [
    "optimizers", "solvers", "models", "datasets", "dependencies", "problems", "targets", "seeds",
    "set", "loss", "scaling", "target_scaling", "prior", "weights", "fairness", "batch_size",
    "budget", "metric", "isolate", "isolate_memory",
  ]

  /// The plan.
  public private(set) var plan = ComparisonPlan()
  /// Where its parts are written.
  public internal(set) var origins = PlanOrigins()

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
    plan.batchRows = BatchSize.standard
    plan.budget.maxForwardEquivalents = Budget.standardForwardEquivalents
    for (key, value) in values where key != "problems" { try read(key, value) }
    if let problems = values.first(where: { $0.key == "problems" })?.value {
      try read(problems: problems, beside: values)
    }
    let isListed = !plan.listedProblems.isEmpty
    for (key, axis) in [
      ("optimizers", plan.optimizers), ("models", plan.models), ("datasets", plan.datasets),
    ] where axis.isEmpty && !(isListed && key != "optimizers") {
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
    case "dependencies": try readDependencies(value)
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
    case "target_scaling": plan.targetScaling = try value.text()
    case "prior": plan.prior = try value.prior()
    case "weights": plan.scalarisation.weights = try value.weights()
    case "fairness": plan.scalarisation.fairness = try value.fairness()
    case "metric": plan.metric = try value.text()
    case "isolate":
      plan.isolation.names = try value.elements.map { (name) throws(RunError) in try name.text() }
    case "isolate_memory":
      plan.isolation.memoryMegabytes = try value.integer(atLeast: PlannedIsolation.leastMegabytes)
    case "batch_size": plan.batchRows = try value.batchRows()
    default: plan.budget = try value.budget()
    }
  }

  /// Takes the alternatives for dependencies by place.
  private mutating func readDependencies(_ node: PlanNode) throws(RunError) {
    for (place, value) in try node.values() {
      guard ComparisonPlan.isPlaceOfDependency(place) else {
        throw value.error(
          "'\(place)' is not a place of a dependency: it must begin with optimizer., model. or dataset., such "
            + "as model.inner")
      }
      plan.dependencies[place] = try choices(value, place)
    }
  }

  /// Takes the problems; what the plan has for all goes to those that do not name it.
  private mutating func read(
    problems node: PlanNode, beside values: [(key: String, value: PlanNode)]
  ) throws(RunError) {
    if let (key, value) = values.first(where: { ["models", "datasets"].contains($0.key) }) {
      throw value.error(
        "the plan has \(key) and problems; write '\(key.dropLast())' into each of the problems, and leave "
          + "'\(key)' out")
    }
    var problems: [PlannedProblem] = []
    for element in node.elements {
      for problem in try self.problems(element, in: plan) {
        guard !problems.contains(where: { $0.labels == problem.labels }) else {
          throw element.error(
            "problems: '\(problem.labels.text)' is there twice; leave one out, or compare it in a plan "
              + "of its own: 'qhost report' takes several")
        }
        origins.note(problem.labels.text, of: "problem", at: element.place)
        problems.append(problem)
      }
    }
    guard !problems.isEmpty else {
      throw node.error(
        "there are no problems; name at least one, such as '- {dataset: X, model: Y}'")
    }
    plan.listedProblems = problems
    (plan.loss, plan.scaling, plan.prior) = (nil, nil, nil)
    (plan.targetScaling, plan.scalarisation, plan.batchRows, plan.budget) = (
      nil, nil, nil, Budget()
    )
  }
}
