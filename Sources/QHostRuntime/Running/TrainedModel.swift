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
    /// What stands for a split's name where rows were read whole.
    public static let whole = "all"

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
  /// How the rows were read.
  let rows: ModelRows
  let parts: Objective.Parts
  let parameters: [Double]
  let common: RunServices.Common

  /// Makes the model again, and the dataset.
  ///
  /// Columns and classes go by their names. Rows that are not those of the training are read whole, where the dataset
  /// can (``RowConvention``): a split of theirs would mean nothing.
  ///
  /// - Parameters:
  ///   - file: the trained model.
  ///   - dataset: another dataset; `nil`: the one of its training.
  ///   - settings: of the dataset; they replace those of its training.
  ///   - catalogue: the plugins.
  ///   - common: what components have in common.
  /// - Throws: kind `data` when model and dataset do not fit.
  public convenience init(
    _ file: ModelFile, dataset: String?, settings: Settings, catalogue: PluginCatalogue,
    common: RunServices.Common
  ) throws(RunError) {
    try self.init(
      file, dataset: dataset, settings: settings, for: .evaluation, catalogue: catalogue,
      common: common)
  }

  /// Makes the model again, and the dataset for some use.
  init(
    _ file: ModelFile, dataset: String?, settings: Settings, for use: RowUse,
    catalogue: PluginCatalogue, common: RunServices.Common
  ) throws(RunError) {
    let specification = file.description.specification
    let trained = specification.settings
    let rows = try ModelRows(
      file, dataset: dataset, settings: settings, for: use, catalogue: catalogue, common: common)
    let data = rows.data
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
    var parts = Objective.Parts(
      model: model, dataset: data.dataset,
      loss: try Loss(named: file.description.loss, for: mapping.task), table: table, batchRows: 0,
      seed: specification.seed, pool: common.pool, modelName: specification.model,
      datasetName: data.name)
    parts.preprocessing = data.preprocessing
    self.parts = parts
    try RunMetrics(parts).check()
    let inner = modelPlan.allDependencies.map { ($0.place, $0.component.descriptor.name) }
    dependencies = inner.isEmpty ? nil : Dictionary(uniqueKeysWithValues: inner)
    self.file = file
    self.plan = modelPlan
    self.data = data
    self.rows = rows
    self.common = common
  }

  /// Runs the model on one split, or on all; on rows that were read whole, on these.
  public func evaluate(_ only: Split?) throws(RunError) -> Record {
    let facts = RunMetrics(parts).facts
    var record = Record(
      model: file.description.specification.model, dependencies: dependencies, dataset: data.name,
      isDatasetOfTraining: rows.areOfTraining, rows: [:], metrics: [:],
      errors: nil, metricDescriptions: facts.isEmpty ? nil : facts)
    if rows.areWhole, let only {
      throw RunError(
        .usage,
        "the rows of dataset '\(data.name)' are not those of the training and are evaluated whole, not as "
          + "\(only) rows; leave out --split")
    }
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
      let name = rows.areWhole ? Record.whole : split.description
      record.rows[name] = table.rowCount
      record.metrics[name] = evaluation.metrics
      if !evaluation.errors.isEmpty {
        record.errors = (record.errors ?? [:]).merging(
          [name: evaluation.errors], uniquingKeysWith: { $1 })
      }
    }
    return record
  }
}
