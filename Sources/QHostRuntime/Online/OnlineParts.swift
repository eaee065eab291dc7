internal import QHostBridging
internal import QHostInterfaces

/// What the learners of an online run have in common.
struct OnlineParts {
  let optimizer: ComponentPlan
  let model: any Model
  let modelName: String
  let dataset: any Dataset
  let streamName: String
  let preprocessing: Preprocessing
  let loss: Loss
  let prior: Double?
  /// B, rows of one look at the memory.
  let batchRows: Int
  /// The point that learning begins at, [n].
  let start: [Double]
  let common: RunServices.Common
  let settings: OnlineSettings
  let drifts: [Drift]
  /// The deviation of the labels in the first rows; 1 of classes.
  let errorScale: Double

  var isClassification: Bool { dataset.datasetDescription.task == .classification }

  /// The objective on the rows of a table.
  func objective(on table: SampleTable) -> Objective {
    var parts = Objective.Parts(
      model: model, dataset: dataset, loss: loss, table: table, batchRows: 0, seed: common.seed,
      pool: common.pool, modelName: modelName, datasetName: streamName)
    parts.prior = prior
    parts.optimizer = optimizer.component.culprit
    parts.preprocessing = preprocessing
    return Objective(parts)
  }

  /// The search space of an instance that begins at a point.
  ///
  /// It is one with minibatches: losses of rows that have changed since cannot be compared.
  func problem(_ objective: Objective, at point: [Double]) -> Problem {
    let description = model.modelDescription
    let rowCount = max(settings.scheduleRows, 2 * batchRows)
    var problem = Problem(
      queries: objective.queries, initial: point,
      kinds: description.kinds.isEmpty ? nil : description.kinds,
      lower: description.lower.isEmpty ? nil : description.lower,
      upper: description.upper.isEmpty ? nil : description.upper,
      scales: description.scales.isEmpty ? nil : description.scales, rowCount: rowCount,
      batchRows: batchRows, hasFastCuts: objective.hasFastCuts)
    problem.blocks = description.blocks
    return problem
  }
}
