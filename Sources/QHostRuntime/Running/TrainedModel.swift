internal import QHostBridging
public import QHostInterfaces

/// A model read from its file, with a dataset to run it on.
public final class TrainedModel {
  /// What `qhost eval --json` prints: schema `qhost.eval/1`.
  public struct Record: Encodable, Sendable {
    /// The version of this record's form.
    public var schema = "qhost.eval/1"
    /// The model's name.
    public var model: String
    /// The names of the models that it is made around, by place, for example `model.inner`; `nil`: it is made around
    /// none.
    public var dependencies: [String: String]?
    /// The dataset's name.
    public var dataset: String
    /// Whether the rows are those that the model was trained and tested on.
    public var isDatasetOfTraining: Bool
    /// Rows by split.
    public var rows: [String: Int]
    /// Figures by split.
    public var metrics: [String: [String: Double]]
    /// The standard errors of figures that have one, alike; `nil`: none has.
    public var errors: [String: [String: Double]]?
    /// What the metrics of the dataset and the model are, by name; `nil` without any.
    public var metricDescriptions: [String: MetricFacts]?

    /// The record as one JSON object.
    public func json() throws(RunError) -> String { try JSONText.of(self) }
  }

  let file: ModelFile
  /// What the model was made from.
  let plan: ComponentPlan
  /// The names of the models that it is made around, by place; `nil`: none.
  public let dependencies: [String: String]?
  let data: DataAssembly
  let parts: Objective.Parts
  let parameters: [Double]
  let common: RunServices.Common

  /// Makes the model again, and the dataset.
  ///
  /// - Parameters:
  ///   - file: the trained model.
  ///   - dataset: another dataset; `nil`: the one of its training.
  ///   - settings: of the dataset; they replace those of its training.
  ///   - catalogue: the plugins.
  ///   - common: what components have in common.
  /// - Throws: kind `data` when model and dataset do not fit.
  public init(
    _ file: ModelFile, dataset: String?, settings: Settings, catalogue: PluginCatalogue,
    common: RunServices.Common
  ) throws(RunError) {
    let specification = file.description.specification
    let trained = specification.settings
    var merged =
      dataset == nil || dataset == specification.dataset
      ? trained.under("dataset") : Settings()
    for (key, value) in settings.values { merged.set(key, to: value) }
    let plan = try ComponentPlan(
      .dataset, named: dataset ?? specification.dataset, at: "dataset", settings: merged,
      catalogue: catalogue)
    try ComponentPlan.check(settings, against: [plan])
    let data = try DataAssembly(
      plan, scaling: nil, preprocessing: file.description.preprocessing, common: common)
    let mapping = data.mapping
    guard mapping.input.extents == file.description.input,
      mapping.output.extents == file.description.output
    else {
      throw RunError(
        .data,
        "the model maps \(Shape(file.description.input)) to \(Shape(file.description.output)), "
          + "dataset '\(data.name)' has \(mapping.input) and \(mapping.output); "
          + "name a dataset of the model's shape")
    }
    let modelPlan = try ComponentPlan(
      .model, named: specification.model, at: "model", settings: trained, catalogue: catalogue)
    let model = try ModelMaking(
      data, catalogue: catalogue, common: common, known: specification.startHashes ?? [:]
    ).model(modelPlan)
    parameters = try file.parameters(for: model.modelDescription)
    guard let table = data.table(.train) else {
      throw RunError(.data, "dataset '\(data.name)' has no training rows")
    }
    parts = Objective.Parts(
      model: model, dataset: data.dataset,
      loss: try Loss(named: file.description.loss, for: mapping.task), table: table, batchRows: 0,
      seed: specification.seed, pool: common.pool, modelName: specification.model,
      datasetName: data.name)
    try RunMetrics(parts).check()
    let inner = modelPlan.allDependencies.map { ($0.place, $0.component.descriptor.name) }
    dependencies = inner.isEmpty ? nil : Dictionary(uniqueKeysWithValues: inner)
    self.file = file
    self.plan = modelPlan
    self.data = data
    self.common = common
  }

  /// Runs the model on one split, or on all.
  public func evaluate(_ only: Split?) throws(RunError) -> Record {
    let facts = RunMetrics(parts).facts
    var record = Record(
      model: file.description.specification.model, dependencies: dependencies, dataset: data.name,
      isDatasetOfTraining: data.sha256 == file.description.datasetSHA256, rows: [:], metrics: [:],
      errors: nil, metricDescriptions: facts.isEmpty ? nil : facts)
    for split in Split.allCases where only == nil || split == only {
      guard let table = data.table(split) else {
        guard only == nil else {
          throw RunError(.usage, "dataset '\(data.name)' has no \(split) rows; leave out --split")
        }
        continue
      }
      let evaluation = try translating { () throws(ComponentError) in
        try Evaluation(of: parameters, on: split, table: table, parts: parts)
      }
      record.rows[split.description] = table.rowCount
      record.metrics[split.description] = evaluation.metrics
      if !evaluation.errors.isEmpty {
        record.errors = (record.errors ?? [:]).merging(
          [split.description: evaluation.errors], uniquingKeysWith: { $1 })
      }
    }
    return record
  }
}
