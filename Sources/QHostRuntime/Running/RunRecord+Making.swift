internal import FoundationEssentials
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
    solver = assembly.plans.optimizer.dependencies["solver"].map { Component($0) }
    model = Component(assembly.plans.model)
    model.parameterCount = assembly.problem.dimension
    start = specification.start
    target = assembly.plans.target.map { Component($0) }
    dataset = Data(assembly.data, plan: assembly.plans.dataset)
    var metrics: [String: [String: Double]] = [:]
    for split in Split.allCases where assembly.data.table(split) != nil {
      let evaluation = try translating { () throws(ComponentError) in
        try assembly.evaluation(of: outcome.parameters, on: split)
      }
      metrics[split.description] = evaluation.metrics
    }
    self.metrics = metrics
    cost = Spending(
      lossEvaluations: outcome.cost.lossEvaluations,
      gradientEvaluations: outcome.cost.gradientEvaluations,
      forwardEquivalents: outcome.cost.forwardEquivalents,
      batchRows: assembly.objective.batchRows, infeasiblePoints: outcome.cost.discarded,
      seconds: outcome.seconds, cpuSeconds: outcome.processorSeconds,
      optimizerSeconds: outcome.optimizerSeconds, watchingSeconds: outcome.watchingSeconds,
      peakBytes: Clock.peakBytes())
    self.artifacts = artifacts
  }

  /// The record as one JSON object.
  public func json() throws(RunError) -> String { try JSONText.of(self) }
}

extension RunRecord.Component {
  init(_ plan: ComponentPlan) {
    name = plan.component.descriptor.name
    plugin = plan.plugin.name
    version = plan.plugin.version
    parameters = plan.configuration.values
  }
}

extension RunRecord.Data {
  init(_ data: DataAssembly, plan: ComponentPlan) {
    name = data.name
    plugin = plan.plugin.name
    version = plan.plugin.version
    parameters = plan.configuration.values
    sha256 = data.sha256
    rows = [:]
    for split in Split.allCases {
      if let table = data.table(split) { rows[split.description] = table.rowCount }
    }
  }
}

/// Values as JSON text, with keys in snake case and in order.
public enum JSONText {
  /// One object.
  ///
  /// - Parameters:
  ///   - value: what to write.
  ///   - indented: whether on several lines.
  /// - Returns: the text.
  /// - Throws: when a value has no form in JSON.
  public static func of(_ value: some Encodable, indented: Bool = false) throws(RunError) -> String
  {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting =
      indented
      ? [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
      : [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    guard let data = try? encoder.encode(value) else {
      throw RunError(.plugin, "the result cannot be written as JSON")
    }
    return String(decoding: data, as: UTF8.self)
  }
}
