internal import QHostRuntime

extension PlanFile {
  private static let problemKeys = [
    "dataset", "datasets", "model", "models", "loss", "scaling", "target_scaling",
    "prior", "weights", "fairness", "batch_size", "budget",
  ]

  /// The problems of an entry: each of its models on each of its datasets.
  ///
  /// - Parameters:
  ///   - node: the entry.
  ///   - plan: has what goes for problems that do not name it.
  /// - Returns: the problems; datasets, in them models.
  /// - Throws: kind `usage`, with file, line and key.
  mutating func problems(
    _ node: PlanNode, in plan: ComparisonPlan
  ) throws(RunError) -> [PlannedProblem] {
    guard node.hasKeys else {
      throw node.error("a problem must have keys and values, such as '{dataset: iris, model: mlp}'")
    }
    var common = PlannedProblem(
      dataset: ComponentChoice(""), model: ComponentChoice(""), loss: plan.loss,
      scaling: plan.scaling, prior: plan.prior, batchRows: plan.batchRows, budget: plan.budget)
    common.targetScaling = plan.targetScaling
    common.scalarisation = plan.scalarisation
    let values = try node.values(of: Self.problemKeys)
    for (key, value) in values {
      switch key {
      case "loss": common.loss = try value.text()
      case "scaling": common.scaling = try value.text()
      case "target_scaling": common.targetScaling = try value.text()
      case "prior": common.prior = try value.prior()
      case "weights": common.scalarisation.weights = try value.weights()
      case "fairness": common.scalarisation.fairness = try value.fairness()
      case "batch_size": common.batchRows = try value.batchRows()
      case "budget": common.budget = try value.budget()
      default: break
      }
    }
    let datasets = try axis("dataset", of: values, in: node)
    let models = try axis("model", of: values, in: node)
    return datasets.flatMap { dataset in
      models.map { model in
        var problem = common
        problem.dataset = dataset
        problem.model = model
        return problem
      }
    }
  }

  /// The datasets or models of an entry, which may be named in the singular or the plural.
  private mutating func axis(
    _ kind: String, of values: [(key: String, value: PlanNode)], in node: PlanNode
  ) throws(RunError) -> [ComponentChoice] {
    let named = values.filter { $0.key == kind || $0.key == kind + "s" }
    guard let (_, value) = named.first else {
      throw node.error("the problem has no \(kind); name one, such as '\(kind): NAME'")
    }
    guard named.count == 1 else {
      throw value.error("the problem has '\(kind)' and '\(kind)s'; leave one out")
    }
    return try choices(value, kind)
  }
}
