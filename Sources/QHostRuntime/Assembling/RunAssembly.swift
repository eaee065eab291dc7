internal import QHostBridging
public import QHostInterfaces

/// The parts of a run, made and put together.
public final class RunAssembly {
  /// What was asked for.
  public let specification: RunSpecification
  /// The components, with their configuration.
  public let plans: RunPlans
  /// The data.
  public let data: DataAssembly
  /// What is trained.
  public let model: any Model
  /// What the optimizer sees.
  public let objective: Objective
  /// Model, dataset and loss, for evaluation.
  public let parts: Objective.Parts
  /// The search space.
  public let problem: Problem
  /// Proposes parameters.
  public let optimizer: any Optimizer
  /// What the components have in common.
  public let common: RunServices.Common
  /// What the run's figures are, by name: loss, accuracy and the like, and the metrics of dataset and model.
  public let figures: [String: MetricFacts]

  /// Makes every component.
  ///
  /// - Parameters:
  ///   - asked: what is asked for.
  ///   - catalogue: the plugins.
  ///   - common: what the components have in common.
  ///   - known: the run's data, where they are in memory already; `nil`: they are read.
  /// - Throws: kind `usage` for a combination that cannot work, `data`, or `plugin`.
  public init(
    _ asked: RunSpecification, catalogue: PluginCatalogue, common: RunServices.Common,
    data known: DataAssembly? = nil
  ) throws(RunError) {
    let plans = try RunPlans(asked, catalogue: catalogue)
    let specification = try asked.withPrior(of: plans.optimizer, common.logger)
    let start = try specification.start.map { (path) throws(RunError) in
      try StartingPoint(reading: path)
    }
    let data: DataAssembly
    if let known {
      data = known
    } else {
      data = try DataAssembly(
        plans.dataset, scaling: specification.scaling, targetScaling: specification.targetScaling,
        preprocessing: nil, matching: start?.columns.map { ($0, .evaluation) }, common: common)
    }
    let making = ModelMaking(
      data, catalogue: catalogue, common: common, known: asked.startHashes ?? [:])
    let model = try making.model(plans.model)
    let task = data.mapping.task
    let loss =
      try specification.loss.map { (name) throws(RunError) in try Loss(named: name, for: task) }
      ?? Loss.standard(for: task)
    guard let table = data.table(.train) else {
      throw RunError(.data, "dataset '\(data.name)' has no training rows; leave some to train on")
    }
    let preferred = ForeignOptimizer.preferredBatchRows(of: plans.optimizer.component)
    var parts = Objective.Parts(
      model: model, dataset: data.dataset, loss: loss, table: table,
      batchRows: specification.batchRows ?? preferred, seed: specification.seed,
      pool: common.pool, modelName: plans.model.component.descriptor.name, datasetName: data.name)
    parts.prior = specification.prior
    parts.scalarLoss = try Self.scalarLoss(specification, data, loss)
    parts.optimizer = plans.optimizer.component.culprit
    parts.preprocessing = data.preprocessing
    try Self.checkVariants(data, parts, rows: table.rowCount)
    self.parts = parts
    objective = Objective(parts)
    try Self.check(plans, objective, loss, catalogue)
    try Self.checkPrior(specification, objective, plans)
    try Self.checkBudget(specification.budget, objective, plans)
    guard specification.budget.untilAccuracy == nil || task == .classification else {
      throw RunError(
        .usage,
        "--until-accuracy needs a dataset of classes, and dataset '\(data.name)' is of \(task); "
          + "use --until-loss")
    }
    figures = try Self.checkMetrics(specification.budget, parts)
    let initial = try start.map { (start) throws(RunError) in
      try start.parameters(
        for: model, plans.model, data: data, catalogue: catalogue, common: common)
    }
    let problem = try Self.makeProblem(model, objective, start: initial, rows: table.rowCount)
    optimizer = try translating { () throws(ComponentError) in
      try plans.optimizer.optimizer(common, problem)
    }
    self.specification = plans.anchored(specification, making.startHashes)
    self.plans = plans
    self.data = data
    self.model = model
    self.problem = problem
    self.common = common
  }

  /// Whether the process of an isolated component has failed.
  var hasLostAProcess: Bool { plans.all.contains { $0.isolation?.hasFailed ?? false } }

  /// How one loss is made of the objectives of a scenario; `nil`: it has none.
  private static func scalarLoss(
    _ specification: RunSpecification, _ data: DataAssembly, _ loss: Loss
  ) throws(RunError) -> ScalarLoss? {
    let objectives = loss == .score ? data.dataset.datasetDescription.objectives : []
    guard !objectives.isEmpty else {
      guard specification.scalarisation == nil else {
        throw RunError(
          .usage,
          "--weights and --fairness are for scenarios with several objectives, and dataset "
            + "'\(data.name)' has a loss; leave them out")
      }
      return nil
    }
    return try ScalarLoss(
      objectives, specification.scalarisation, culprit: "dataset '\(data.name)'")
  }

  /// Variants that would never be seen are a mistake.
  private static func checkVariants(
    _ data: DataAssembly, _ parts: Objective.Parts, rows: Int
  ) throws(RunError) {
    let count = data.dataset.datasetDescription.variantCount
    guard count > 1, parts.batchRows == 0 || parts.batchRows >= rows else { return }
    throw RunError(
      .usage,
      "dataset '\(data.name)' is set to \(count) variants of each training row, which only minibatches "
        + "draw; give --batch-size below \(rows), or leave the variants out")
  }

  private static func check(
    _ plans: RunPlans, _ objective: Objective, _ loss: Loss, _ catalogue: PluginCatalogue
  ) throws(RunError) {
    let reason: String
    if loss == .score {
      reason = "\(plans.dataset.component.culprit) scores outputs itself and gives none"
    } else if !loss.hasGradient {
      reason = "loss '\(loss.rawValue)' has none"
    } else {
      reason = "\(plans.model.component.culprit) as configured has none"
    }
    try checkQueries(of: plans.optimizer, objective, catalogue, reason: reason)
  }

  /// Refuses an optimizer that needs a gradient where there is none.
  ///
  /// - Parameters:
  ///   - optimizer: the optimizer.
  ///   - objective: what answers it.
  ///   - catalogue: names those that would do.
  ///   - reason: why there is no gradient.
  /// - Throws: kind `usage`.
  static func checkQueries(
    of optimizer: ComponentPlan, _ objective: Objective, _ catalogue: PluginCatalogue,
    reason: String
  ) throws(RunError) {
    let required = ForeignOptimizer.requiredQueries(of: optimizer.component)
    guard !required.isSubset(of: objective.queries) else { return }
    var others: [String] = []
    for listing in catalogue.listings where listing.kind == .optimizer {
      let needed = ForeignOptimizer.requiredQueries(of: try catalogue.component(listing))
      if needed.isSubset(of: objective.queries) { others.append(listing.name) }
    }
    throw RunError(
      .usage,
      "\(optimizer.component.culprit) needs a gradient, and \(reason); "
        + "use an optimizer that needs none: \(others.joined(separator: ", "))")
  }

  /// A prior that holds nothing is a mistake.
  private static func checkPrior(
    _ specification: RunSpecification, _ objective: Objective, _ plans: RunPlans
  ) throws(RunError) {
    guard let width = specification.prior else { return }
    guard width > 0, width.isFinite else {
      throw RunError(.usage, "--prior cannot be \(width): it must be a width above 0")
    }
    guard !objective.hasPrior else { return }
    throw RunError(
      .usage,
      "--prior holds unbounded real parameters, and \(plans.model.component.culprit) has none on "
        + "\(plans.dataset.component.culprit); leave it out")
  }

  /// A budget that does not allow a single query is a mistake.
  private static func checkBudget(
    _ budget: Budget, _ objective: Objective, _ plans: RunPlans
  ) throws(RunError) {
    guard let most = budget.maxForwardEquivalents else { return }
    let required = ForeignOptimizer.requiredQueries(of: plans.optimizer.component)
    let least = objective.leastPasses(for: required)
    guard most < least else { return }
    throw RunError(
      .usage,
      "--max-forward-equivalents \(most) is less than the first question of "
        + "\(plans.optimizer.component.culprit) costs, \(least) passes of the training split; give at "
        + "least that much")
  }

  private static func makeProblem(
    _ model: any Model, _ objective: Objective, start: [Double]?, rows: Int
  ) throws(RunError) -> Problem {
    let description = model.modelDescription
    let initial = try translating { () throws(ComponentError) in
      if let start { return start }
      return try model.initialParameters(start: 0)
    }
    var problem = Problem(
      queries: objective.queries, initial: initial,
      kinds: description.kinds.isEmpty ? nil : description.kinds,
      lower: description.lower.isEmpty ? nil : description.lower,
      upper: description.upper.isEmpty ? nil : description.upper,
      scales: description.scales.isEmpty ? nil : description.scales, rowCount: rows,
      batchRows: objective.batchRows, hasFastCuts: objective.hasFastCuts)
    problem.hasViolations = objective.shape.hasViolations
    problem.blocks = description.blocks
    problem.objectiveCount = objective.shape.objectiveCount
    return problem
  }
}
