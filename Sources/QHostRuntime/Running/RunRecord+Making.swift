internal import QHostBridging
internal import QHostInterfaces

extension RunRecord {
  /// Puts together the record of a run that has ended; reads the test split.
  ///
  /// - Throws: what a component throws while it is evaluated.
  public init(
    _ outcome: TrainingRun.Outcome, of assembly: RunAssembly, artifacts: [Artifact]
  ) throws(RunError) {
    let specification = assembly.specification
    stopReason = outcome.reason
    seed = specification.seed
    loss = assembly.parts.loss.rawValue
    prior = specification.prior
    monitoredRows = outcome.monitoredRows
    optimizer = Component(assembly.plans.optimizer)
    model = Component(assembly.plans.model, specification)
    model.parameterCount = assembly.problem.dimension
    start = specification.start
    target = assembly.plans.target.map { Component($0) }
    dataset = Component(assembly.plans.dataset, assembly.data)
    var metrics: [String: [String: Double]] = [:]
    var errors: [String: [String: Double]] = [:]
    for split in Split.allCases where assembly.data.table(split) != nil {
      let evaluation = try translating { () throws(ComponentError) in
        try assembly.evaluation(of: outcome.parameters, on: split)
      }
      metrics[split.description] = evaluation.metrics
      if !evaluation.errors.isEmpty { errors[split.description] = evaluation.errors }
    }
    let violations = metrics.values.compactMap { $0["violation"] }
    if !violations.isEmpty { isFeasible = violations.allSatisfy { $0 == 0 } }
    scalarisation = specification.scalarisation
    let objectives =
      assembly.parts.loss == .score
      ? assembly.data.dataset.datasetDescription.objectives : []
    if !objectives.isEmpty {
      let front = Front(outcome.front, objectives)
      metrics["train", default: [:]][RunMetrics.hypervolume] = front.hypervolume
      self.front = front
    }
    self.metrics = metrics
    point = Self.point(outcome.parameters, of: assembly)
    if !errors.isEmpty { self.errors = errors }
    let described = assembly.figures.filter { $0.value.component != nil }
    if !described.isEmpty { metricDescriptions = described }
    cost = Cost(
      lossEvaluations: outcome.cost.lossEvaluations,
      gradientEvaluations: outcome.cost.gradientEvaluations,
      forwardEquivalents: outcome.cost.forwardEquivalents,
      batchRows: assembly.objective.batchRows, infeasiblePoints: outcome.cost.discarded,
      seconds: outcome.seconds, cpuSeconds: outcome.processorSeconds,
      optimizerSeconds: outcome.optimizerSeconds, watchingSeconds: outcome.watchingSeconds,
      peakBytes: Clock.peakBytes())
    self.artifacts = artifacts
  }

  /// The point of a scenario that is searched directly, by the scenario's names or else x1, x2 ...; `nil` of others.
  static func point(_ parameters: [Double], of assembly: RunAssembly) -> [Coordinate]? {
    guard Objective.isDirect(assembly.parts) else { return nil }
    let names = assembly.data.dataset.datasetDescription.outputNames
    return parameters.enumerated().map { place, value in
      Coordinate(name: place < names.count ? names[place] : "x\(place + 1)", value: value)
    }
  }

  /// Whether no point that was tried has a finite loss: its parameters are then none that anybody has found.
  public var hasNoFiniteLoss: Bool {
    let count = cost.lossEvaluations + cost.gradientEvaluations
    guard count > 0, cost.infeasiblePoints >= count else { return false }
    return metrics[Split.train.description]?["loss"].map { !$0.isFinite } ?? false
  }

  /// The record as one JSON object.
  public func json() throws(RunError) -> String { try JSONText.of(self) }
}

extension RunRecord.Component {
  init(_ plan: ComponentPlan) {
    self.init(
      plan.component.descriptor.name, plugin: plan.plugin.name, version: plan.plugin.version,
      parameters: plan.configuration.values.mapValues { RecordedValue($0) },
      dependencies: plan.dependencies.mapValues { Self($0) })
  }

  /// A model, with the files that those within it started from.
  fileprivate init(_ plan: ComponentPlan, _ specification: RunSpecification) {
    self.init(plan)
    let key = "\(plan.place).\(ComponentPlan.startName)"
    if let path = specification.settings[key], let sha256 = specification.startHashes?[key] {
      from = RunRecord.Start(path: path, sha256: sha256)
    }
    dependencies = plan.dependencies.mapValues { Self($0, specification) }
  }

  fileprivate init(_ plan: ComponentPlan, _ data: DataAssembly) {
    self.init(plan)
    sha256 = data.sha256
    rows = Dictionary(
      uniqueKeysWithValues: Split.allCases.compactMap { split in
        data.table(split).map { (split.description, $0.rowCount) }
      })
  }
}
